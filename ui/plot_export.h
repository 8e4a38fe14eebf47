// A plot as files: CSV with every meta-step, PNG and SVG as figures for print.
#pragma once
#include <filesystem>
#include <functional>
#include <string>

#include "engine/figure/figure.h"
#include "engine/spec/result.h"
#include "ui/log_book.h"
#include "ui/plot.h"

namespace dentate::ui {

// Every known position of every curve that the view shows, as it shows it: smoothed, on a log axis.
[[nodiscard]] figure::Figure toFigure(const PlotContent& content, const PlotView& view);
// Columns meta_step, task (or what x is), then <label> mean, <label> sem, <label> n for every curve,
// n being the replicas; a value that is not known is empty, as is the SEM of a single replica. In
// full precision and as measured; where the view smooths, <label> smoothed stands beside it.
[[nodiscard]] std::string toCsv(const PlotContent& content, const PlotView& view);

enum class ExportKind { Csv, Png, Svg };
struct ExportAs {
  ExportKind kind = ExportKind::Png;
  FigureSize size = {};  // of a PNG; an SVG has its proportions
};
// What is written of a plot, made when it is asked for.
struct PlotFiles {
  std::string name, title;  // of the files; for people
  std::function<figure::Figure()> figure;
  std::function<std::string()> csv;
  const char* csv_item = "CSV";  // of a menu
};
// A CSV holds the content's whole, groups that are not shown as well. Both must outlive the result.
[[nodiscard]] PlotFiles filesOf(const PlotContent& content, const PlotView& view);
// Writes into <output>/figures under a name that is not taken, and returns it.
spec::Result<std::filesystem::path> exportPlot(const PlotFiles& files, const ExportAs& as,
                                               const std::filesystem::path& output);
spec::Result<std::filesystem::path> exportPlot(const PlotContent& content, const PlotView& view,
                                               const ExportAs& as,
                                               const std::filesystem::path& output);

// Whether its curves are smoothed: asked for, and over training.
[[nodiscard]] bool isSmooth(const PlotContent& content, const PlotView& view);
// Positions to each side that smoothing takes in: a quarter of a task, at least two.
[[nodiscard]] std::size_t smoothingWidth(const PlotContent& content, const Trace& trace);

// A path in `folder` that does not exist: name.ext, name-2.ext, ...
[[nodiscard]] std::filesystem::path freePath(const std::filesystem::path& folder,
                                             const std::string& name, const std::string& extension);
// The whole text, or an error that names the file.
[[nodiscard]] spec::Status writeText(const std::filesystem::path& file, const std::string& text);

}  // namespace dentate::ui
