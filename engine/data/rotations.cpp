#include "engine/data/rotations.h"

#include <array>
#include <cstddef>
#include <cstdio>
#include <string>

#include "engine/data/rotate.h"
#include "engine/spec/memory.h"

namespace dentate::data {
namespace {

// Pixels of all tasks together; a Rotation takes 40 bytes a pixel.
constexpr std::size_t kMaxTaps = 50'000'000;
constexpr double kBytesEach = 40.0;

// "54", "25.7"
std::string shortDegrees(double degrees) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f", degrees);
  std::string shown = text.data();
  if (shown.ends_with(".0")) shown.resize(shown.size() - 2);
  return shown;
}

// Every plane of the image alike.
void turn(const Rotation& rotation, std::span<const std::uint8_t> from,
          std::span<std::uint8_t> to) {
  const auto plane = rotation.size();
  for (std::size_t first = 0; first < from.size(); first += plane)
    rotation.apply(from.subspan(first, plane), to.subspan(first, plane));
}

}  // namespace

spec::Result<std::vector<TaskPlan>> planRotations(const Dataset& dataset,
                                                  const spec::StreamSpec& spec) {
  if (static_cast<std::size_t>(spec.tasks) > kMaxTaps / dataset.train.planeSize())
    return spec::Error{spec::Error::Kind::Resource, "stream.tasks",
                       "rotations of images this large would take " +
                           spec::gigabytes(kBytesEach * static_cast<double>(spec.tasks) *
                                           static_cast<double>(dataset.train.planeSize())) +
                           " to prepare, and may take 2 GB; expected fewer tasks than " +
                           std::to_string(spec.tasks)};
  std::vector<TaskPlan> tasks;
  for (std::int64_t t = 0; t < spec.tasks; ++t) {
    const double degrees = 180.0 * static_cast<double>(t) / static_cast<double>(spec.tasks);
    tasks.push_back(
        {.transform_name = "rotated by " + shortDegrees(degrees) + "°",
         .transform = [rotation = Rotation(dataset.train.width, dataset.train.height, degrees)](
                          std::span<const std::uint8_t> from,
                          std::span<std::uint8_t> to) { turn(rotation, from, to); },
         .classes = {}});
  }
  return tasks;
}

}  // namespace dentate::data
