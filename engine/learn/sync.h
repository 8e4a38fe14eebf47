// Sync: La-MAML whose weights take the synchronous update: learned rates look ahead, a fixed one steps.
//
//   as la_maml.h, but  theta <- theta - eta_theta clip(dL/dtheta)
//
// eta_theta is rule.weight_lr. Both orders; a rate a path or a weight (rule.alpha_per). With a rate a
// path this is meta-cls under the synchronous update.
// Source Gupta, Yadav & Paull 2020, La-MAML, arXiv:2007.13904, the ablation Sync.
// Differs  as la_maml.h does.
#pragma once
#include "engine/learn/la_maml.h"

namespace dentate::learn {

inline constexpr RuleEntry kSync{.traits = {.name = "sync",
                                            .alpha = spec::Learned::Always,
                                            .update = spec::Update::Synchronous,
                                            .alpha_a_path = true,
                                            .own_key = "rule.alpha_per"},
                                 .make = &makeLaMaml,
                                 .extra = &laMamlExtra};

}  // namespace dentate::learn
