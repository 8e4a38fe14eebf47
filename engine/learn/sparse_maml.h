// sparse-MAML: a look-ahead that learns which weights move in it.
//
//   fast <- theta;  for each sample b of batch B:  fast <- fast - alpha_p M * d CE(fast; b)
//   L = mean over inner steps of CE(fast; R u B);  M = 1[S >= 0], by element
//   S     <- S - eta clip(dL/dM)       straight through: dM/dS is taken to be 1
//   theta <- theta - eta_theta clip(dL/dtheta)
//
// S     a score a weight, first kScore0: all weights move. eta is rule.alpha_lr, eta_theta
//       rule.weight_lr; the update is synchronous, and not masked.
// alpha [paths] of a network is shown: alpha_p times the share of its weights that move. alpha_p
//       itself, which is not learned, is kept beside the scores.
// Both orders; the first is the paper's.
// Source von Oswald et al. 2021, Learning where to learn, NeurIPS 34, arXiv:2110.14402, section 2
//        (the mask and the straight-through gradient), there for few-shot learning; its continual
//        learners are La-MAML and C-MAML with this mask.
// Differs  - The paper draws first scores, so that a chosen share of weights moves; here all do, so
//            that the share needs no setting and a network starts as one of C-MAML.
//          - The stream of La-MAML in place of tasks that are drawn, so R u B is the outer data; L is
//            the mean over the inner steps, as in the other rules of this family.
//          - Scores and weights take clipped gradients, as in La-MAML, and plain descent for Adam.
//          - No bias, activities normalised, replay as in memory.h: as all rules here.
#pragma once
#include <vector>

#include "engine/learn/rule.h"

namespace dentate::learn {

// How far a score must be brought down before its weight stands still. With rule.alpha_lr at 1 about a
// seventh of the largest path does so after 20 rotations.
inline constexpr double kScore0 = 1e-4;

spec::Result<std::unique_ptr<Rule>> makeSparseMaml(const net::Plan& plan,
                                                   const spec::RuleSpec& rule, Body body);
// Scores path by path, then alpha0 by path.
std::vector<net::Extra> sparseMamlExtra(const net::Plan& plan, const spec::RuleSpec& rule);

inline constexpr RuleEntry kSparseMaml{.traits = {.name = "sparse-maml",
                                                  .alpha = spec::Learned::Never,
                                                  .m = spec::Learned::Never,
                                                  .update = spec::Update::Synchronous,
                                                  .own_key = "rule.alpha_lr"},
                                       .make = &makeSparseMaml,
                                       .extra = &sparseMamlExtra};

}  // namespace dentate::learn
