#include "ui/matrix_files.h"

#include <limits>

#include "ui/comparison.h"
#include "ui/csv_cells.h"
#include "ui/heads.h"

namespace dentate::ui {
namespace {

std::string noteOf(const MatrixOf& of) {
  const auto n = of.history->replicasOf(of.group);
  const std::string networks = n > 1 ? "mean, n = " + std::to_string(n) : "one network";
  return of.name.empty() ? networks : of.name + ", " + networks;
}

figure::Figure matrixFigure(const MatrixOf& of, Head head, double top) {
  figure::HeatMap map;
  map.title = "Accuracy matrix";
  map.note = noteOf(of);
  map.x_label = "tested on task";
  map.y_label = "after task";
  map.value_label = std::string(accuracyTerm(head)) + " (share correct)";
  map.rows = map.columns = static_cast<std::size_t>(of.spec->stream.tasks);
  for (std::size_t after = 0; after < map.rows; ++after)
    for (std::size_t task = 0; task < map.columns; ++task) {
      const Moments value = of.history->accuracy(after, task, head, of.group);
      map.values.push_back(value.n > 0 ? static_cast<double>(value.mean)
                                       : std::numeric_limits<double>::quiet_NaN());
    }
  map.high = top;
  return {"accuracy_matrix", "", {std::move(map)}, 1};
}

std::string matrixCsv(const MatrixOf& of, Head head) {
  std::string out = "networks,after_task,task,mean,sem,n\n";
  const auto tasks = static_cast<std::size_t>(of.spec->stream.tasks);
  for (const ShownGroup& group : allGroups(*of.spec))
    for (std::size_t after = 0; after < of.history->measuredTasks(); ++after)
      for (std::size_t task = 0; task < tasks; ++task) {
        const Moments value = of.history->accuracy(after, task, head, group.group);
        if (value.n == 0) continue;
        out += quoted(group.label) + "," + std::to_string(after + 1) + "," +
               std::to_string(task + 1) + "," + cellsOf(value) + "\n";
      }
  return out;
}

}  // namespace

PlotFiles matrixFiles(const MatrixOf& shown, Head head, double top) {
  return {"accuracy_matrix", "Accuracy matrix",
          [&shown, head, top] { return matrixFigure(shown, head, top); },
          [&shown, head] { return matrixCsv(shown, head); }, "CSV, every entry and network group"};
}

}  // namespace dentate::ui
