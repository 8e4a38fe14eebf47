// A network tested on samples that it does not learn from.
#pragma once
#include <vector>

#include "engine/learn/loss.h"
#include "engine/net/network.h"

namespace dentate::measure {

struct Evaluation {
  double category = -1;  // share correct, [0, 1]; -1 without that output
  double item = -1;
  std::vector<double> active_fraction;  // by layer, [0, 1]; 0 for input and outputs
};

[[nodiscard]] Evaluation evaluate(const net::Plan& plan, const net::Parameters& parameters,
                                  const learn::TensorSamples& samples, const net::Lesions& lesions = {});

}  // namespace dentate::measure
