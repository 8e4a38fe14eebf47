// The learning rate of a path, of its alpha: relu(alpha) as published, or softplus(alpha).
//
//   relu      a = max(alpha, 0)          da/dalpha = 1[alpha > 0]
//   softplus  a = log(1 + exp(alpha))    da/dalpha = sigmoid(alpha)
//
// A network begins with a = alpha0, so alpha itself begins with alpha0 under relu and with
// log(exp(alpha0) - 1) under softplus. Near there the slope of softplus is about alpha0: at the same
// step size the rate moves alpha0^2 times as far as under relu, as long as nothing is clipped.
// What is shown and saved as alpha of a network under softplus is the rate a.
// Source engine/spec/corrections.h.
// Thread any; no state.
#pragma once
#include <algorithm>
#include <cmath>

#include "engine/spec/experiment.h"

namespace dentate::net {

[[nodiscard]] inline double rateOf(spec::AlphaForm form, double alpha) {
  if (form == spec::AlphaForm::Relu) return std::max(alpha, 0.0);
  return std::max(alpha, 0.0) + std::log1p(std::exp(-std::abs(alpha)));
}

[[nodiscard]] inline double slopeOf(spec::AlphaForm form, double alpha) {
  if (form == spec::AlphaForm::Relu) return alpha > 0 ? 1 : 0;
  return 1 / (1 + std::exp(-alpha));
}

// The alpha of a rate; above 0 under softplus.
[[nodiscard]] inline double alphaOf(spec::AlphaForm form, double rate) {
  if (form == spec::AlphaForm::Relu) return rate;
  return rate + std::log(-std::expm1(-rate));
}

// Whether a path with this alpha never learns again by its own rate.
[[nodiscard]] inline bool absorbed(spec::AlphaForm form, double alpha) {
  return form == spec::AlphaForm::Relu && alpha <= 0;
}

}  // namespace dentate::net
