#include "engine/data/noise.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/data/random.h"

namespace dentate::data {
namespace {

// FNV-1a, 64 bit.
std::uint64_t digest(std::span<const std::uint8_t> image) {
  std::uint64_t sum = 0xcbf29ce484222325U;
  for (const auto value : image) sum = (sum ^ value) * 0x100000001b3U;
  return sum;
}

void addNoise(double deviation, std::uint64_t task, std::span<const std::uint8_t> from,
              std::span<std::uint8_t> to) {
  Random random(digest(from), "noise", task);
  for (std::size_t i = 0; i < from.size(); ++i) {
    const double noisy = std::round(from[i] + 255 * deviation * random.normal());
    to[i] = static_cast<std::uint8_t>(std::clamp(noisy, 0.0, 255.0));
  }
}

}  // namespace

spec::Result<std::vector<TaskPlan>> planNoise(const Dataset& /*dataset*/,
                                              const spec::StreamSpec& spec) {
  std::vector<TaskPlan> tasks{
      {.transform_name = "without noise", .transform = asItIs, .classes = {}}};
  for (std::int64_t t = 1; t < spec.tasks; ++t) {
    const double deviation =
        spec.noise * static_cast<double>(t) / static_cast<double>(spec.tasks - 1);
    tasks.push_back(
        {.transform_name =
             "with noise of " + std::to_string(std::lround(100 * deviation)) + " % of white",
         .transform =
             [deviation, t](std::span<const std::uint8_t> from, std::span<std::uint8_t> to) {
               addNoise(deviation, static_cast<std::uint64_t>(t), from, to);
             },
         .classes = {}});
  }
  return tasks;
}

}  // namespace dentate::data
