// ER: experience replay. One step down the gradient of the batch and the replayed samples together.
//
//   theta_p <- theta_p - alpha_p clip(d CE(theta; R u B) / d theta_p)
//
// alpha_p stays at alpha0. The reported loss is that before the step.
// Source Chaudhry et al. 2019, On tiny episodic memories in continual learning, arXiv:1902.10486,
//        algorithm 1, with its reservoir (memory.h).
// Differs  - The gradient is clipped to rule.clip_norm, as in all rules here but mer; the paper does
//            not clip.
//          - Up to rule.replay samples are replayed, where the paper replays as many as the batch has.
//          - No bias, activities normalised: as all rules here.
#pragma once
#include "engine/learn/rule.h"

namespace dentate::learn {

spec::Result<std::unique_ptr<Rule>> makeEr(const net::Plan& plan, const spec::RuleSpec& rule,
                                           Body body);

inline constexpr RuleEntry kEr{.traits = {.name = "er",
                                          .alpha = spec::Learned::Never,
                                          .m = spec::Learned::Never,
                                          .update = spec::Update::Asynchronous,
                                          .highest_order = 1},
                               .make = &makeEr};

}  // namespace dentate::learn
