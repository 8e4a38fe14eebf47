// Learned numbers of every weight, path by path, from which its inner rate is made: the common part
// of rates a weight (la_maml.h) and of masks (sparse_maml.h). A derived class says how.
#pragma once
#include <optional>
#include <vector>

#include "engine/learn/inner_rates.h"

namespace dentate::learn {

// The extras of a plan for these: one a weight, path by path, that begin with `start`.
[[nodiscard]] std::vector<net::Extra> extraOfWeights(const net::Plan& plan,
                                                     std::optional<double> start);

class WeightRates : public InnerRates {
 public:
  explicit WeightRates(double clip_norm) : clip_norm_(clip_norm) {}
  // Subtracts the clipped gradients from the numbers.
  void descend(net::Parameters& theta, const Tensors& gradients, double alpha_lr) const override;

 protected:
  // Sets alpha_p, which is shown, to the mean rate of the path.
  virtual void show(net::Parameters& theta) const = 0;

 private:
  double clip_norm_;
};

}  // namespace dentate::learn
