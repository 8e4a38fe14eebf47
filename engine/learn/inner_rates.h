// How far each path's fast weights move in an inner step, and what of that is learned: what the
// rules on autograd_step.h differ in. A rule brings its own.
#pragma once
#include "engine/learn/gradients.h"
#include "engine/net/network.h"

namespace dentate::learn {

class InnerRates {
 public:
  virtual ~InnerRates() = default;

  struct Taken {
    Tensors learned;  // leaves that the meta-gradient is taken by; none: nothing is learned
    Tensors of_path;  // what a path's inner gradient is multiplied by: [] or [units, sources]
  };
  [[nodiscard]] virtual Taken take(const net::Parameters& theta) const = 0;

  // Moves what is learned by its gradients, which are those of Taken::learned, clipped as one group.
  virtual void descend(net::Parameters& theta, const Tensors& gradients, double alpha_lr) const = 0;
  // The same by path, [paths]; not defined where no alpha is learned.
  [[nodiscard]] virtual at::Tensor alphaGradient(const Tensors& gradients) const = 0;
  // What a path's meta-gradient is multiplied by in an asynchronous update, after descend().
  [[nodiscard]] virtual at::Tensor ofUpdate(const net::Parameters& theta,
                                            std::size_t path) const = 0;

  // Whether a path has fast weights.
  [[nodiscard]] virtual bool fast(std::size_t /*path*/) const { return true; }
  // Whether fast weights stay when the meta-step is over; the others move by the meta-gradient.
  [[nodiscard]] virtual bool fastStay() const { return false; }
};

}  // namespace dentate::learn
