// How the units of a layer lie: in maps, or as a mere list.
//
//   unit = (channel × height + row) × width + column
// as the planes of an image lie. The input has the maps of its images. A convolutional layer of C
// channels, kernel k, stride s and padding p over a source of height × width has C maps of
//   height' = floor((height + 2 p - k) / s) + 1, and width' likewise.
// All other layers are lists; a dense layer takes maps as one list.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/spec/experiment.h"

namespace dentate::spec {

struct Shape {
  std::int64_t channels = 1, height = 1, width = 1;  // of a list: its units, 1, 1
  [[nodiscard]] std::int64_t area() const { return height * width; }
  [[nodiscard]] std::int64_t units() const { return channels * area(); }
  bool operator==(const Shape&) const = default;
};

// By layer. None: a dense layer, an input whose units make no images of its channels and height, or
// a convolutional layer that nothing tells the size of. Any network, a half-drawn one included.
[[nodiscard]] std::vector<std::optional<Shape>> mapsOf(const NetworkSpec& network);

// Gives convolutional layers the units that follow, where they do.
void fitUnits(NetworkSpec& network);

// What does not fit: a value of a layer (`key` names it) or a path.
struct ShapeProblem {
  std::optional<std::size_t> layer = std::nullopt;  // index into NetworkSpec::layers
  std::optional<std::size_t> path = std::nullopt;   // index into NetworkSpec::paths
  std::string_view key = {};                        // of the layer
  std::string what;                                 // "expected ..., got ..."
};
// Of layers whose values are in their ranges, and paths whose ends there are.
[[nodiscard]] std::vector<ShapeProblem> shapeProblems(const NetworkSpec& network);

// Weights of a path: a full matrix, or a kernel from every channel to every channel. 0 where an end
// is missing.
[[nodiscard]] double weightsOf(const NetworkSpec& network, const PathSpec& path);
// Multiply-adds that it takes to send one sample over it: a kernel is used at every place.
[[nodiscard]] double multiplyAddsOf(const NetworkSpec& network, const PathSpec& path);

// Whether any layer is convolutional.
[[nodiscard]] bool convolves(const NetworkSpec& network);

// "160 channels of 8 × 8".
[[nodiscard]] std::string inWords(const Shape& shape);

}  // namespace dentate::spec
