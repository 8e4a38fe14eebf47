// La-MAML: a look-ahead whose learning rates are learned, and then take the step of the weights.
//
//   fast <- theta;  for each sample b of batch B:  fast <- fast - relu(A) * d CE(fast; b)
//   L = mean over inner steps of CE(fast; R u B)
//   A     <- A - eta_alpha clip(dL/dA)
//   theta <- theta - relu(A_new) * clip(dL/dtheta)
//
// A     one rate a weight (rule.alpha_per weight, as in the paper), "*" by element; or one a path
//       (alpha_per path), and then the meta-step is that of meta_cls.h and takes its kernels.
// alpha [paths] of a network with a rate a weight is shown, not learned: the mean of relu(A) over
//       the path. The reported gradient of alpha_p is the sum of dL/dA over the path, what a rate
//       common to all its weights would get.
// Both orders. Condition s+lr learns m too, as meta-cls does, which the paper has not.
// Source Gupta, Yadav & Paull 2020, La-MAML, arXiv:2007.13904, algorithm 1, equations 4 to 6; with
//        the clipping of the published code (github.com/montrealrobotics/La-MAML).
// Differs  - The meta-loss is the mean over the inner steps, as in the published code; algorithm 1
//            takes it after the last one.
//          - The inner gradient is not clipped, as in meta_cls.h.
//          - One pass over the batch; the published code goes over it several times ("glances").
//          - No bias, activities normalised, replay as in memory.h: as all rules here.
#pragma once
#include <vector>

#include "engine/learn/rule.h"

namespace dentate::learn {

// For both updates, see sync.h.
spec::Result<std::unique_ptr<Rule>> makeLaMaml(const net::Plan& plan, const spec::RuleSpec& rule,
                                               Body body);
// With alpha_per weight: A, path by path.
std::vector<net::Extra> laMamlExtra(const net::Plan& plan, const spec::RuleSpec& rule);

inline constexpr RuleEntry kLaMaml{.traits = {.name = "la-maml",
                                              .alpha = spec::Learned::Always,
                                              .update = spec::Update::Asynchronous,
                                              .alpha_a_path = true,
                                              .own_key = "rule.alpha_per"},
                                   .make = &makeLaMaml,
                                   .extra = &laMamlExtra};

}  // namespace dentate::learn
