// MER: meta-experience replay, Reptile within and across batches.
//
//   A_0 <- theta
//   for each sample b of batch B:
//       W <- theta
//       for each sample x of (R, b), one after the other:  W_p <- W_p - alpha_p d CE(W; x) / d W_p
//       theta <- theta + beta (W - theta)
//   theta <- A_0 + gamma (theta - A_0)
//
// beta is rule.reptile_within, gamma rule.reptile_across; alpha_p stays at alpha0. Nothing is clipped,
// as in the paper. The reported loss is that of R u B before the step across batches; the reported
// gradient norms are those of a path's steps added up.
// Source Riemer et al. 2019, Learning to learn without forgetting by maximizing transfer and
//        minimizing interference, ICLR, arXiv:1810.11910, algorithm 1.
// Differs  - The paper draws s batches anew for each sample of the stream, each of them replayed
//            samples and that one. A meta-step here has |B| samples and one draw R, so its batches are
//            R with each of the new samples in turn: s = |B|, and the step across batches is taken
//            once a meta-step. The order of R is the same in all.
//          - No bias, activities normalised, replay as in memory.h: as all rules here.
#pragma once
#include "engine/learn/rule.h"

namespace dentate::learn {

spec::Result<std::unique_ptr<Rule>> makeMer(const net::Plan& plan, const spec::RuleSpec& rule,
                                            Body body);

inline constexpr RuleEntry kMer{.traits = {.name = "mer",
                                           .alpha = spec::Learned::Never,
                                           .m = spec::Learned::Never,
                                           .update = spec::Update::Asynchronous,
                                           .highest_order = 1,
                                           .own_key = "rule.reptile_within",
                                           .other_key = "rule.reptile_across"},
                                .make = &makeMer};

}  // namespace dentate::learn
