// The first-order meta-step in its low-rank form, written once over the primitives of a body.
#pragma once
#include "engine/net/primitives.h"

namespace dentate::learn {

// The trajectory first: `steps` inner steps of one row each. Then one pass over all meta rows, and
// the update. begin() has been called.
void lowRankStep(const net::Plan& plan, std::int64_t steps, const net::Descent& descent,
                 net::Primitives& body);

}  // namespace dentate::learn
