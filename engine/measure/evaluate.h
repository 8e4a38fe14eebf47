// A network tested on samples that it does not learn from.
#pragma once
#include <cstdint>
#include <vector>

#include "engine/learn/rule.h"
#include "engine/net/network.h"

namespace dentate::measure {

// What a test counted: whole numbers, so that parts of a test add up to the same in any order.
struct Counts {
  std::int64_t samples = 0;
  std::int64_t category = 0, item = 0;  // samples right at that output; 0 without it
  std::vector<std::int64_t> active;     // [layers] units with a > 0, over all samples; 0 for input
                                        // and outputs
  void add(const Counts& other);
  bool operator==(const Counts&) const = default;
};

// `samples` at once: a caller that wants to be interrupted, or little memory, cuts them in parts.
[[nodiscard]] Counts evaluate(const net::Plan& plan, const net::Parameters& parameters,
                              const learn::Samples& samples, const net::Lesions& lesions = {});

struct Evaluation {
  double category = -1;  // share correct, [0, 1]; -1 without that output
  double item = -1;
  std::vector<double> active_fraction;  // by layer, [0, 1]; 0 for input and outputs
};

// Of at least one sample.
[[nodiscard]] Evaluation evaluationOf(const net::Plan& plan, const Counts& counts);

}  // namespace dentate::measure
