// OML: a representation that is learned for the sake of an online learner behind it.
//
//   The paths fall into two networks: W, the prediction network, are the last rule.prediction_depth
//   paths on any way to an output; theta, the representation, are the others.
//   for each sample b of batch B:  W_j <- W_{j-1} - alpha_p d/dW CE(theta, W_{j-1}; b)
//   theta <- theta - eta_theta clip(d/dtheta mean over j of CE(theta, W_j; R u B))
//   W     <- W_|B|
//
// alpha_p stays at alpha0; eta_theta is rule.weight_lr, the update synchronous. Order 2 differentiates
// through the inner steps, by which theta learns to make them useful, as in the paper; order 1 takes
// their gradients as constants.
// A path belongs to W when the shortest way that begins with it and ends in an output is at most
// prediction_depth paths long. At 1, W is the paths into the outputs.
// Source Javed & White 2019, Meta-learning representations for continual learning, NeurIPS 32,
//        arXiv:1905.12588, algorithm 1 (online-aware meta-learning).
// Differs  - The paper learns the representation beforehand, on tasks drawn again and again with W
//            begun anew, and then the online learner alone runs. Here both run on one stream, so W
//            goes on from where its inner steps have led: it is the online learner.
//          - The outer data are R u B, with replay, for there is no set of tasks to draw from; the
//            meta-loss is the mean over the inner steps, as in the other rules of this family, where
//            the paper takes it after the last.
//          - Clipped plain descent for Adam.
//          - No bias, activities normalised, replay as in memory.h: as all rules here.
#pragma once
#include "engine/learn/rule.h"

namespace dentate::learn {

// Refuses a prediction network that is the whole network.
spec::Result<std::unique_ptr<Rule>> makeOml(const net::Plan& plan, const spec::RuleSpec& rule,
                                            Body body);

inline constexpr RuleEntry kOml{.traits = {.name = "oml",
                                           .alpha = spec::Learned::Never,
                                           .m = spec::Learned::Never,
                                           .update = spec::Update::Synchronous,
                                           .own_key = "rule.prediction_depth"},
                                .make = &makeOml};

}  // namespace dentate::learn
