// A plot as files: CSV with every meta-step, PNG and SVG as figures for print.
#pragma once
#include <filesystem>
#include <string>

#include "engine/figure/figure.h"
#include "engine/spec/result.h"
#include "ui/log_book.h"
#include "ui/plot.h"

namespace dentate::ui {

// Every known position of every curve.
[[nodiscard]] figure::Figure toFigure(const PlotContent& content, bool log);
// Columns meta_step, task, then <label> mean, <label> sem for every curve; a value that is not
// known is empty, as is the SEM of a single replica. In full precision.
[[nodiscard]] std::string toCsv(const PlotContent& content);

enum class ExportKind { Csv, Png, Svg };
// Writes into <output>/figures under a name that is not taken; says where in the log.
spec::Result<std::filesystem::path> exportPlot(const PlotContent& content, bool log,
                                               ExportKind kind,
                                               const std::filesystem::path& output);

// A path in `folder` that does not exist: name.ext, name-2.ext, ...
[[nodiscard]] std::filesystem::path freePath(const std::filesystem::path& folder,
                                             const std::string& name, const std::string& extension);
// The whole text, or an error that names the file.
[[nodiscard]] spec::Status writeText(const std::filesystem::path& file, const std::string& text);

}  // namespace dentate::ui
