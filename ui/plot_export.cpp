#include "ui/plot_export.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <system_error>

#include "engine/figure/export.h"
#include "ui/format.h"

namespace dentate::ui {
namespace {

namespace fs = std::filesystem;

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

}  // namespace

figure::Figure toFigure(const PlotContent& content, bool log) {
  figure::LinePlot plot;
  plot.title = content.title;
  plot.note = content.note;
  plot.x.label = "task";
  plot.x.low = 0;
  plot.x.high = content.tasks;
  plot.y.label = content.y_label;
  plot.y.log = log;
  if (content.from_zero && !log) plot.y.low = 0;
  if (!log) plot.y.high = content.high;
  for (const PlotCurve& curve : content.curves) {
    figure::Curve out{curve.label, curve.paper, {}, {}, {}};
    for (std::size_t i = 0; i < curve.trace.size; ++i) {
      const Moments& value = curve.trace.at(i);
      if (value.n == 0) continue;
      out.x.push_back(curve.trace.step(i) / content.steps_per_task);
      out.y.push_back(value.mean);
      out.sem.push_back(value.sem());
    }
    plot.curves.push_back(std::move(out));
  }
  for (double task = 1; task < content.tasks && content.tasks <= 40; ++task)
    plot.boundaries.push_back(task);
  return {content.id, "", {std::move(plot)}, 1};
}

std::string toCsv(const PlotContent& content) {
  std::string out = "meta_step,task";
  std::size_t rows = 0;
  double stride = 1;
  for (const PlotCurve& curve : content.curves) {
    out += "," + quoted(curve.label + " mean") + "," + quoted(curve.label + " sem");
    rows = std::max(rows, curve.trace.size);
    stride = static_cast<double>(curve.trace.stride);
  }
  out += "\n";
  for (std::size_t i = 0; i < rows; ++i) {
    const double step = static_cast<double>(i) * stride;
    out += editable(step) + "," + editable(step / content.steps_per_task);
    for (const PlotCurve& curve : content.curves) {
      const Moments value = i < curve.trace.size ? curve.trace.at(i) : Moments();
      out += "," + (value.n > 0 ? editable(value.mean) : std::string());
      out += "," + (value.n > 1 ? editable(value.sem()) : std::string());
    }
    out += "\n";
  }
  return out;
}

fs::path freePath(const fs::path& folder, const std::string& name, const std::string& extension) {
  fs::path path = folder / (name + extension);
  std::error_code ignored;  // of a name that cannot be; writing to it tells
  for (int i = 2; fs::exists(path, ignored); ++i)
    path = folder / (name + "-" + std::to_string(i) + extension);
  return path;
}

spec::Status writeText(const fs::path& file, const std::string& text) {
  const fs::path half = file.string() + ".part";
  const spec::Error failed{spec::Error::Kind::Io, file.string(),
                           "the file cannot be written; choose a folder that exists and is yours"};
  {
    std::ofstream out(half, std::ios::binary);
    out << text;
    if (!out.flush()) return failed;
  }
  std::error_code problem;
  fs::rename(half, file, problem);
  if (problem) return failed;
  return std::nullopt;
}

spec::Result<fs::path> exportPlot(const PlotContent& content, bool log, ExportKind kind,
                                  const fs::path& output) {
  const fs::path folder = output / "figures";
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (problem)
    return spec::Error{spec::Error::Kind::Io, folder.string(),
                       "the folder cannot be made: " + problem.message()};
  const char* extension = kind == ExportKind::Csv   ? ".csv"
                          : kind == ExportKind::Png ? ".png"
                                                    : ".svg";
  const fs::path file = freePath(folder, content.id, extension);
  const auto failed = kind == ExportKind::Csv   ? writeText(file, toCsv(content))
                      : kind == ExportKind::Png ? figure::writePng(toFigure(content, log), file)
                                                : figure::writeSvg(toFigure(content, log), file);
  if (failed) return *failed;
  return file;
}

}  // namespace dentate::ui
