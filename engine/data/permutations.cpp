#include "engine/data/permutations.h"

#include <numeric>
#include <string>

#include "engine/data/random.h"
#include "engine/spec/check.h"
#include "engine/spec/memory.h"

namespace dentate::data {
namespace {

constexpr std::size_t kMostPixels = 500'000'000;  // of all tasks together, at 4 bytes each
constexpr double kBytesEach = 4.0;

void permute(const std::vector<std::int32_t>& order, std::span<const std::uint8_t> from,
             std::span<std::uint8_t> to) {
  DENTATE_CHECK(from.size() == to.size() && from.size() % order.size() == 0);
  for (std::size_t plane = 0; plane < from.size(); plane += order.size())
    for (std::size_t p = 0; p < order.size(); ++p)
      to[plane + p] = from[plane + static_cast<std::size_t>(order[p])];
}

}  // namespace

std::vector<std::int32_t> permutationOf(std::size_t pixels, std::size_t task) {
  std::vector<std::int32_t> order(pixels);
  std::iota(order.begin(), order.end(), 0);
  if (task > 0) Random(/*seed=*/0, "permutation", task).shuffle(std::span(order));
  return order;
}

spec::Result<std::vector<TaskPlan>> planPermutations(const Dataset& dataset,
                                                     const spec::StreamSpec& spec) {
  const auto pixels = dataset.train.planeSize();
  if (static_cast<std::size_t>(spec.tasks) > kMostPixels / pixels)
    return spec::Error{spec::Error::Kind::Resource, "stream.tasks",
                       "permutations of images this large would take " +
                           spec::gigabytes(kBytesEach * static_cast<double>(spec.tasks) *
                                           static_cast<double>(pixels)) +
                           " to prepare, and may take 2 GB; expected fewer tasks than " +
                           std::to_string(spec.tasks)};
  std::vector<TaskPlan> tasks{
      {.transform_name = "not permuted", .transform = asItIs, .classes = {}}};
  for (std::int64_t t = 1; t < spec.tasks; ++t)
    tasks.push_back({.transform_name = "by permutation " + std::to_string(t),
                     .transform = [order = permutationOf(pixels, static_cast<std::size_t>(t))](
                                      std::span<const std::uint8_t> from,
                                      std::span<std::uint8_t> to) { permute(order, from, to); },
                     .classes = {}});
  return tasks;
}

}  // namespace dentate::data
