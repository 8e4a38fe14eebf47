// A task stream that the tests alone have: the first task as it is, every other upside down. What a new
// stream takes is here; in engine/data it is a file like this one and a line in the table of stream.cpp.
#pragma once
#include <algorithm>
#include <vector>

#include "engine/data/stream.h"

namespace dentate::test {

inline spec::Result<std::vector<data::TaskPlan>> planUpsideDown(const data::Dataset& dataset,
                                                                const spec::StreamSpec& spec) {
  const auto plane = dataset.train.planeSize();
  const auto width = static_cast<std::size_t>(dataset.train.width);
  const auto turn = [=](std::span<const std::uint8_t> from, std::span<std::uint8_t> to) {
    for (std::size_t first = 0; first < from.size(); first += plane)
      for (std::size_t row = 0; row < plane; row += width)
        std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(first + row), width,
                    to.begin() + static_cast<std::ptrdiff_t>(first + plane - width - row));
  };
  std::vector<data::TaskPlan> tasks{
      {.transform_name = "upright", .transform = data::asItIs, .classes = {}}};
  for (std::int64_t t = 1; t < spec.tasks; ++t)
    tasks.push_back({.transform_name = "upside down", .transform = turn, .classes = {}});
  return tasks;
}

}  // namespace dentate::test
