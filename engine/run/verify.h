// Replays a recording meta-step by meta-step and compares every quantity with what was recorded.
#pragma once
#include <c10/core/Device.h>

#include <string>
#include <vector>

#include "engine/learn/rule.h"
#include "engine/run/recording.h"

namespace dentate::run {

// |ours - recorded| / max(|recorded|, near_zero / tolerance), its largest over all values of a
// quantity: relative, and near zero in units of what is allowed there.
struct Comparison {
  std::string quantity;      // "alpha_grad", "probe.category_lesion_large"
  std::size_t values = 0;    // compared
  double largest_error = 0;  // relative; NaN where ours is not a number
  double tolerance = 0;      // relative
  double near_zero = 0;      // absolute
  [[nodiscard]] bool pass() const { return largest_error <= tolerance; }  // false for NaN
};

struct Verdict {
  std::string name;
  std::vector<Comparison> comparisons;
  [[nodiscard]] bool pass() const;
};

// Refuses a recording whose rule or network cannot be made, or that `body` cannot do. Meta-steps on
// `device`, which the body aten alone can do beside the CPU; the answers to the probes on the CPU.
spec::Result<Verdict> verify(const Recording& recording, learn::Body body = learn::Body::Auto,
                             c10::Device device = c10::kCPU);

}  // namespace dentate::run
