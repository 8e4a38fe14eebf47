#include "engine/data/class_splits.h"

#include <numeric>
#include <string>

#include "engine/spec/check_data.h"

namespace dentate::data {
namespace {

// "class 4", "classes 4 and 5", "classes 4 to 7".
std::string inWords(std::int64_t first, std::int64_t count) {
  const auto from = std::to_string(first);
  if (count == 1) return "class " + from;
  return "classes " + from + (count == 2 ? " and " : " to ") + std::to_string(first + count - 1);
}

}  // namespace

spec::Result<std::vector<TaskPlan>> planClassSplits(const Dataset& dataset,
                                                    const spec::StreamSpec& spec) {
  if (auto refused = spec::checkSplits(spec, dataset.classes, dataset.name)) return *refused;
  const bool own = spec.incremental == spec::Incremental::Task;
  std::vector<TaskPlan> tasks;
  for (std::int64_t t = 0; t < spec.tasks; ++t) {
    const auto first = t * spec.classes_per_task;
    std::vector<std::int32_t> classes(static_cast<std::size_t>(spec.classes_per_task));
    std::iota(classes.begin(), classes.end(), static_cast<std::int32_t>(first));
    tasks.push_back({.transform_name = "of " + inWords(first, spec.classes_per_task),
                     .transform = asItIs,
                     .classes = std::move(classes),
                     .own_labels = own});
  }
  return tasks;
}

}  // namespace dentate::data
