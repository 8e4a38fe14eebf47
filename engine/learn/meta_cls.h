// The rule of meta-CLS: fast weights a sample at a time, one meta-update of weights, alpha and m.
//
//   fast <- theta
//   for each sample b of batch B:
//       g_p    <- d CE(fast; b) / d fast_p           (a constant unless second order)
//       fast_p <- fast_p - relu(alpha_p) g_p
//       L      += CE(fast; R u B) / |B|
//   G_theta, G_alpha, G_m <- dL, each group's norm clipped to clip_norm on its own
//   alpha <- alpha - eta_alpha G_alpha       (where learned)
//   m     <- m - eta_m G_m                   (where learned)
//   theta <- theta - relu(alpha_new) G_theta (asynchronous)  or  theta - eta_theta G_theta
//
// Source Zhou & Schapiro 2025, doi:10.1101/2025.07.10.664201, after La-MAML (Gupta, Yadav & Paull
//        2020, arXiv:2007.13904). The published program also clamps the inner gradient in a way
//        that has no effect; here it is left out.
// relu(alpha) is absorbing: once alpha_p <= 0 its gradient is 0, so alpha_p stays there; path p has
// no fast weights any more and, under the asynchronous update, never learns again. With rule.alpha
// "softplus" softplus(alpha) stands in its place everywhere (engine/net/rate.h).
// m may go negative and is never clipped.
// Computed by one of the bodies of rule.h, which agree but for rounding.
#pragma once
#include <memory>

#include "engine/learn/rule.h"
#include "engine/spec/result.h"

namespace dentate::learn {

// Refuses a body that cannot do the order. `plan` outlives the rule.
spec::Result<std::unique_ptr<Rule>> makeMetaCls(const net::Plan& plan, const spec::RuleSpec& rule,
                                                Body body);

inline constexpr RuleEntry kMetaCls{.traits = {.name = "meta-cls", .alpha_a_path = true},
                                    .make = &makeMetaCls};

}  // namespace dentate::learn
