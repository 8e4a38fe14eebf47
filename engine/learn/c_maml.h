// C-MAML: the look-ahead of La-MAML with rates that are not learned.
//
//   fast <- theta;  for each sample b of batch B:  fast_p <- fast_p - relu(alpha_p) d CE(fast; b)
//   theta <- theta - eta_theta clip(d/dtheta mean over inner steps of CE(fast; R u B))
//
// alpha_p stays at alpha0; eta_theta is rule.weight_lr, the update synchronous. Both orders; first
// order takes the kernels of meta-cls, whose meta-step this is under condition baseline. Under
// condition s it learns m as meta-cls does, which the paper has not.
// Source Gupta, Yadav & Paull 2020, La-MAML, arXiv:2007.13904, section 4.1 (C-MAML).
// Differs  - The meta-loss is the mean over the inner steps, as in the published code; the paper's
//            equation takes it after the last one.
//          - No bias, activities normalised, replay as in memory.h: as all rules here.
#pragma once
#include "engine/learn/meta_cls.h"

namespace dentate::learn {

inline constexpr RuleEntry kCMaml{.traits = {.name = "c-maml",
                                             .alpha = spec::Learned::Never,
                                             .update = spec::Update::Synchronous,
                                             .alpha_a_path = true},
                                  .make = &makeMetaCls};

}  // namespace dentate::learn
