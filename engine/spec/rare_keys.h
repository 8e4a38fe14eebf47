// Keys of experiment files that are written only where they differ from their defaults; all others
// always. Internal to engine/spec.
#pragma once
#include <array>
#include <string_view>

#include "engine/spec/experiment.h"

namespace dentate::spec {

template <class S>
inline constexpr std::array<std::string_view, 0> kWrittenWhereSet{};
template <>
inline constexpr std::array<std::string_view, 9> kWrittenWhereSet<LayerSpec>{
    "k_max", "k_target", "k_steps", "kind", "channels", "height", "kernel", "stride", "padding"};
template <>
inline constexpr std::array<std::string_view, 1> kWrittenWhereSet<StreamSpec>{"samples_per_item"};
template <>
inline constexpr std::array<std::string_view, 3> kWrittenWhereSet<RuleSpec>{"reservoir_index",
                                                                            "old_memory", "alpha"};
template <>
inline constexpr std::array<std::string_view, 1> kWrittenWhereSet<ReplicaSpec>{"corrections"};

}  // namespace dentate::spec
