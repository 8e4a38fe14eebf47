// The state of a network's course as bytes, and back: what a checkpoint holds of one replica.
//
// CBOR (RFC 8949). The numbers of tensors and the samples of the replay memory are strings of bytes
// in the order of the processor, which is little-endian on all that Dentate runs on. Reading what
// was written gives the same state, bit for bit.
// Source of the bytes may be anyone: every count, size and index is checked against the setting.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "engine/run/course.h"
#include "engine/run/workers.h"

namespace dentate::run {

// `regimes` are those of the experiment that the course belongs to: the lesions that it follows are
// among them.
[[nodiscard]] std::vector<std::uint8_t> bytesOf(const Course::State& state,
                                                const RegimeByStep& regimes);

// Of this replica of the setting. Refuses bytes that are no state of it.
[[nodiscard]] spec::Result<Course::State> courseOf(std::span<const std::uint8_t> bytes,
                                                   const Setting& setting, std::size_t replica,
                                                   const RegimeByStep& regimes);

}  // namespace dentate::run
