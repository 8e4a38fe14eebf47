// The accuracy matrix as files.
#pragma once
#include <string>

#include "ui/history.h"
#include "ui/plot_export.h"

namespace dentate::ui {

// Networks whose matrix is shown: those of one group of a run.
struct MatrixOf {
  const History* history = nullptr;
  const spec::ExperimentSpec* spec = nullptr;
  std::size_t group = 0;
  std::string name;  // what tells them from others; empty where they are alone
};

// A figure of the matrix shown, its colours from 0 to `top`; as CSV those of all groups of the run:
// columns networks, after_task, task, mean, sem, n. `shown` and what it refers to must outlive it.
[[nodiscard]] PlotFiles matrixFiles(const MatrixOf& shown, Head head, double top);

}  // namespace dentate::ui
