// Networks by template, as the reference architectures are built.
#pragma once
#include <cstdint>

#include "engine/spec/experiment.h"

namespace dentate::spec {

// input -> h1 -> ... -> hn -> category.
[[nodiscard]] NetworkSpec layeredNetwork(std::int64_t inputs, std::int64_t hidden_layers,
                                         std::int64_t units, std::int64_t categories);

// input -> h1 ... hn -> (large of 5 x units || small of units) -> category and, with items > 0,
// item. Paths in the order of the recordings: plain layers, into large, into small, large and
// small to category, large and small to item.
[[nodiscard]] NetworkSpec splitNetwork(std::int64_t inputs, std::int64_t plain_layers,
                                       std::int64_t units, std::int64_t categories,
                                       std::int64_t items);

}  // namespace dentate::spec
