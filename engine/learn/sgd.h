// SGD: stochastic gradient descent on the batch alone, what the others are to be better than.
//
//   theta_p <- theta_p - alpha_p clip(d CE(theta; B) / d theta_p)
//
// alpha_p stays at alpha0. Replayed samples are not looked at, whatever rule.replay is. The reported
// loss is that of the batch before the step.
// Source Robbins & Monro 1951, doi:10.1214/aoms/1177729586, with batches.
// Differs  - The gradient is clipped to rule.clip_norm, as in all rules here but mer.
#pragma once
#include "engine/learn/rule.h"

namespace dentate::learn {

spec::Result<std::unique_ptr<Rule>> makeSgd(const net::Plan& plan, const spec::RuleSpec& rule,
                                            Body body);

inline constexpr RuleEntry kSgd{.traits = {.name = "sgd",
                                           .alpha = spec::Learned::Never,
                                           .m = spec::Learned::Never,
                                           .update = spec::Update::Asynchronous,
                                           .highest_order = 1},
                                .make = &makeSgd};

}  // namespace dentate::learn
