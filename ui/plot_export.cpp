#include "ui/plot_export.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <optional>
#include <system_error>

#include "engine/figure/export.h"
#include "ui/csv_cells.h"
#include "ui/format.h"

namespace dentate::ui {
namespace {

namespace fs = std::filesystem;

std::string nameOf(const PlotContent& content) {
  return content.file.empty() ? content.id : content.file;
}

figure::Curve figureCurve(const PlotContent& content, const PlotCurve& curve, const Trace& trace) {
  figure::Curve out{curve.label, curve.paper, {}, {}, {}, curve.level};
  for (std::size_t i = 0; i < trace.size; ++i) {
    const Moments value = trace.at(i);
    if (value.n == 0) continue;
    out.x.push_back(trace.step(i) / content.steps_per_task);
    out.y.push_back(value.mean);
    out.sem.push_back(value.sem());
  }
  return out;
}

constexpr double kPageWidth = 720;    // points; what a picture is wider has larger type
constexpr double kWidthBeside = 480;  // of each of several plots

figure::Size pageOf(const FigureSize& size, const figure::Figure& figure) {
  const double width = figure.columns > 1 ? kWidthBeside : kPageWidth;
  const double scale = size.width / (width * static_cast<double>(figure.columns));
  const auto rows = (figure.plots.size() + figure.columns - 1) / figure.columns;
  const double height = size.height / scale - figure::headingHeight(figure);
  return {width, height / static_cast<double>(std::max<std::size_t>(1, rows)), scale};
}

}  // namespace

bool isSmooth(const PlotContent& content, const PlotView& view) {
  return view.smooth && content.isTraining();
}

std::size_t smoothingWidth(const PlotContent& content, const Trace& trace) {
  if (trace.places != nullptr) return 2;
  return static_cast<std::size_t>(std::max(2.0, content.steps_per_task / 4 / trace.pace()));
}

figure::Figure toFigure(const PlotContent& content, const PlotView& view) {
  const bool training = content.isTraining(), smooth = isSmooth(content, view);
  figure::LinePlot plot;
  plot.title = content.title;
  plot.note = content.note;
  if (smooth) plot.note += plot.note.empty() ? "smoothed" : ", smoothed";
  plot.x = {training ? "task" : content.x_label, view.log_x, view.log_x ? content.firstX() : 0,
            content.tasks};
  plot.y.label = content.y_label;
  plot.y.log = view.log;
  if (content.from_zero && !view.log) plot.y.low = content.low.value_or(0);
  if (!view.log) plot.y.high = content.high;
  for (const PlotCurve& curve : content.curves) {
    if (!view.shows(curve)) continue;
    if (!smooth || curve.level) {
      plot.curves.push_back(figureCurve(content, curve, curve.trace));
      continue;
    }
    plot.curves.push_back(figureCurve(content, curve, curve.trace));
    plot.curves.back().raw = true;
    const auto smoother = smoothed(curve.trace, smoothingWidth(content, curve.trace));
    plot.curves.push_back(figureCurve(content, curve, curve.trace.with(smoother)));
  }
  for (double task = 1; training && task < content.tasks && content.tasks <= 40; ++task)
    plot.boundaries.push_back(task);
  return {nameOf(content), "", {std::move(plot)}, 1};
}

namespace {

struct Cell {
  Moments value;
  std::optional<float> smooth;
};

// A column of one curve, or several.
std::string headOf(const PlotCurve& curve, bool smooth) {
  std::string head;
  for (const char* what : {" mean", " sem", " n"}) head += "," + quoted(curve.label + what);
  return smooth && !curve.level ? head + "," + quoted(curve.label + " smoothed") : head;
}

}  // namespace

std::string toCsv(const PlotContent& content, const PlotView& view) {
  const bool training = content.isTraining(), smooth = isSmooth(content, view);
  std::string out = training ? "meta_step,task" : quoted(content.x_label);
  // By place: what each curve knows there; runs may be thinned differently.
  std::map<double, std::vector<Cell>> rows;
  for (std::size_t c = 0; c < content.curves.size(); ++c) {
    const PlotCurve& curve = content.curves[c];
    const Trace& trace = curve.trace;
    out += headOf(curve, smooth);
    const auto smoother =
        smooth ? smoothed(trace, smoothingWidth(content, trace)) : std::vector<Moments>();
    for (std::size_t i = 0; i < trace.size; ++i) {
      auto& row = rows[training ? std::round(trace.step(i)) : trace.step(i)];
      row.resize(content.curves.size());
      row[c].value = trace.at(i);
      if (smooth && smoother[i].n > 0) row[c].smooth = smoother[i].mean;
    }
  }
  out += "\n";
  for (const auto& [step, cells] : rows) {
    if (training) out += std::to_string(std::llround(step)) + ",";
    out += editable(step / content.steps_per_task);
    for (std::size_t c = 0; c < cells.size(); ++c) {
      out += "," + cellsOf(cells[c].value);
      if (!smooth || content.curves[c].level) continue;
      out += "," + (cells[c].smooth ? editable(*cells[c].smooth) : std::string());
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

PlotFiles filesOf(const PlotContent& content, const PlotView& view) {
  return {nameOf(content), content.title, [&] { return toFigure(content, view); },
          [&] {
            if (content.csv) return content.csv();
            return toCsv(content.whole ? content.whole() : content, view);
          },
          content.csv_item};
}

spec::Result<fs::path> exportPlot(const PlotFiles& files, const ExportAs& as,
                                  const fs::path& output) {
  const fs::path folder = output / "figures";
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (problem)
    return spec::Error{spec::Error::Kind::Io, folder.string(),
                       "the folder cannot be made: " + problem.message()};
  const auto write = [&](const char* extension, const auto& writer) -> spec::Result<fs::path> {
    const fs::path file = freePath(folder, files.name, extension);
    if (const auto failed = writer(file)) return *failed;
    return file;
  };
  if (as.kind == ExportKind::Csv)
    return write(".csv", [&](const fs::path& file) { return writeText(file, files.csv()); });
  const figure::Figure figure = files.figure();
  const figure::Size page = pageOf(as.size, figure);
  if (as.kind == ExportKind::Svg)
    return write(".svg",
                 [&](const fs::path& file) { return figure::writeSvg(figure, file, page); });
  return write(".png", [&](const fs::path& file) { return figure::writePng(figure, file, page); });
}

spec::Result<fs::path> exportPlot(const PlotContent& content, const PlotView& view,
                                  const ExportAs& as, const fs::path& output) {
  return exportPlot(filesOf(content, view), as, output);
}

}  // namespace dentate::ui
