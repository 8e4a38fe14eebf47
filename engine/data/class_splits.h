// The stream of class splits: each task has classes of its own, in the order of their labels; task t
// of n classes each has t n to t n + n - 1 (split MNIST: Zenke, Poole & Ganguli 2017,
// arXiv:1703.04200). Class-incremental, every class keeps its label; task-incremental, labels begin
// at 0 in every task (van de Ven, Tuytelaars & Tolias 2022, doi:10.1038/s42256-022-00568-3).
#pragma once
#include <vector>

#include "engine/data/stream.h"

namespace dentate::data {

// Refuses more tasks and classes than the dataset has classes for.
[[nodiscard]] spec::Result<std::vector<TaskPlan>> planClassSplits(const Dataset& dataset,
                                                                  const spec::StreamSpec& spec);

}  // namespace dentate::data
