#include "engine/data/occlusion.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace dentate::data {
namespace {

struct Box {
  std::int32_t left = 0, top = 0, width = 0, height = 0;  // pixels
};

std::int32_t rounded(double value) { return static_cast<std::int32_t>(std::lround(value)); }

Box growing(const ImageSet& images, const spec::StreamSpec& spec, std::int64_t task) {
  const auto last = static_cast<double>(std::max<std::int64_t>(spec.tasks - 1, 1));
  const double share = spec.patch_size * static_cast<double>(task) / last;
  Box box{.width = rounded(share * images.width), .height = rounded(share * images.height)};
  box.left = (images.width - box.width) / 2;
  box.top = (images.height - box.height) / 2;
  return box;
}

Box moving(const ImageSet& images, const spec::StreamSpec& spec, std::int64_t task) {
  std::int64_t aside = 1;  // places in a row of the grid
  while (aside * aside < spec.tasks) ++aside;
  Box box{.width = rounded(spec.patch_size * images.width),
          .height = rounded(spec.patch_size * images.height)};
  const auto place = [&](std::int64_t number, std::int32_t room) {
    const auto steps = static_cast<double>(std::max<std::int64_t>(aside - 1, 1));
    return rounded(static_cast<double>(number) / steps * room);
  };
  box.left = place(task % aside, images.width - box.width);
  box.top = place(task / aside, images.height - box.height);
  return box;
}

// Every plane of the image alike.
void cover(const Box& box, std::int32_t width, std::size_t plane,
           std::span<const std::uint8_t> from, std::span<std::uint8_t> to) {
  asItIs(from, to);
  for (std::size_t first = 0; first < to.size(); first += plane)
    for (std::int32_t y = box.top; y < box.top + box.height; ++y) {
      const auto row = first + static_cast<std::size_t>(y * width + box.left);
      std::fill_n(to.begin() + static_cast<std::ptrdiff_t>(row), box.width, std::uint8_t{0});
    }
}

std::string inWords(const Box& box, spec::Patch patch) {
  if (box.width == 0 || box.height == 0) return "not occluded";
  const auto size = std::to_string(box.width) + " × " + std::to_string(box.height) + " pixels";
  if (patch == spec::Patch::Grows) return "behind " + size;
  return "behind " + size + " at " + std::to_string(box.left) + ", " + std::to_string(box.top);
}

}  // namespace

spec::Result<std::vector<TaskPlan>> planOcclusion(const Dataset& dataset,
                                                  const spec::StreamSpec& spec) {
  const ImageSet& images = dataset.train;
  std::vector<TaskPlan> tasks;
  for (std::int64_t t = 0; t < spec.tasks; ++t) {
    const Box box =
        spec.patch == spec::Patch::Grows ? growing(images, spec, t) : moving(images, spec, t);
    tasks.push_back(
        {.transform_name = inWords(box, spec.patch),
         .transform = [box, width = images.width, plane = images.planeSize()](
                          std::span<const std::uint8_t> from,
                          std::span<std::uint8_t> to) { cover(box, width, plane, from, to); },
         .classes = {}});
  }
  return tasks;
}

}  // namespace dentate::data
