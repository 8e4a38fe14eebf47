// The model written out in loops over double, without torch: the oracle of the gradient tests.
//
// Every quantity is taken from the formulas of the design (sections 3 and 4) one number at a time.
// Derivatives come from central differences.
#pragma once
#include <cstddef>
#include <vector>

#include "engine/net/network.h"

namespace dentate::test {

using Vector = std::vector<double>;

struct PlainSample {
  Vector x;
  std::size_t category = 0, item = 0;
};

struct PlainParameters {
  std::vector<Vector> weights;  // by path, row-major
  Vector alpha, m;              // by path; by layer
  // By path, a weight each: taken as they are, in place of relu(alpha). Empty: that.
  std::vector<Vector> rates = {};
};

// The inhibiting net inputs I by layer, of one sample at one point of the trajectory. The model
// treats them as constants, so a difference quotient must hold them still; and likewise units that
// stand just at the threshold, z = m I, as the first loser of k-WTA does: they are silent, though a
// rounding could lift them.
struct HeldLayer {
  double inhibiting = 0;
  std::vector<std::size_t> silent;  // units at the threshold
};
using Held = std::vector<HeldLayer>;

class PlainNetwork {
 public:
  explicit PlainNetwork(const net::Plan& plan) : plan_(plan) {}

  // Cross-entropy of one sample, summed over the outputs. With `held` null, I is measured.
  double loss(const std::vector<Vector>& weights, const Vector& m, const PlainSample& sample,
              const Held* held = nullptr) const;
  [[nodiscard]] Held inhibiting(const std::vector<Vector>& weights, const Vector& m,
                                const PlainSample& sample) const;
  // d loss / d weights, I held still.
  [[nodiscard]] std::vector<Vector> gradient(const std::vector<Vector>& weights, const Vector& m,
                                             const PlainSample& sample) const;

 private:
  double run(const std::vector<Vector>& weights, const Vector& m, const PlainSample& sample,
             const Held* held, Held* measured) const;
  const net::Plan& plan_;
};

// The meta-loss as a function of the parameters.
class PlainMetaLoss {
 public:
  PlainMetaLoss(const net::Plan& plan, std::vector<PlainSample> batch,
                std::vector<PlainSample> replay);

  // First order: inner gradients and I are held as they are at `at`.
  void hold(const PlainParameters& at);
  double firstOrder(const PlainParameters& p) const;
  // Second order: inner gradients move with the parameters; for networks without inhibition.
  double secondOrder(const PlainParameters& p) const;

 private:
  using Gradients = std::vector<Vector>;
  static void descend(std::vector<Vector>& fast, const PlainParameters& p, const Gradients& g);

  PlainNetwork network_;
  std::vector<PlainSample> batch_, all_;
  std::vector<Gradients> inner_;         // by inner step
  std::vector<std::vector<Held>> held_;  // by inner step and sample
};

}  // namespace dentate::test
