// Networks by template, as the reference architectures are built.
#pragma once
#include <cstdint>

#include "engine/spec/experiment.h"

namespace dentate::spec {

// input -> h1 -> ... -> hn -> category.
[[nodiscard]] NetworkSpec layeredNetwork(std::int64_t inputs, std::int64_t hidden_layers,
                                         std::int64_t units, std::int64_t categories);

struct SplitShape {
  std::int64_t inputs = 784;
  std::int64_t plain_layers = 2;
  std::int64_t units = 200;  // of a plain layer, and of the small one
  std::int64_t ratio = 5;    // units of the large layer over those of the small
  std::int64_t categories = 10;
  std::int64_t items = 0;  // 0: no item output
};
// input -> h1 ... hn -> (large of ratio x units || small of units) -> category and, with items > 0,
// item. Paths in the order of the recordings: plain layers, into large, into small, large and
// small to category, large and small to item.
[[nodiscard]] NetworkSpec splitNetwork(const SplitShape& shape);
// The same with a ratio of 5.
[[nodiscard]] NetworkSpec splitNetwork(std::int64_t inputs, std::int64_t plain_layers,
                                       std::int64_t units, std::int64_t categories,
                                       std::int64_t items);

// input -> h1 -> h2 -> h3_large of ratio x units -> h4 -> category, and h2 -> h4 at once, as in
// configs/skip-two-path.json.
[[nodiscard]] NetworkSpec skipNetwork(std::int64_t inputs, std::int64_t units, std::int64_t ratio,
                                      std::int64_t categories);

// input -> h1 -> ... -> hn -> category and item.
[[nodiscard]] NetworkSpec dualNetwork(std::int64_t inputs, std::int64_t hidden_layers,
                                      std::int64_t units, std::int64_t categories,
                                      std::int64_t items);

struct ConvolutionalShape {
  std::int64_t inputs = 3'072;
  std::int64_t input_channels = 3;  // of square images
  std::int64_t convolutional_layers = 3;
  std::int64_t channels = 160;  // of each of them; kernel 3, stride 2, padding 1
  std::int64_t dense_layers = 2;
  std::int64_t units = 640;  // of each of them
  std::int64_t categories = 100;
  std::int64_t items = 0;  // 0: no item output
};
// input -> c1 -> ... -> h1 -> ... -> category and, with items > 0, item.
[[nodiscard]] NetworkSpec convolutionalNetwork(const ConvolutionalShape& shape);

// The input alone, to draw a network from; it has no output yet, so that nothing can learn it.
[[nodiscard]] NetworkSpec emptyNetwork(std::int64_t inputs);

}  // namespace dentate::spec
