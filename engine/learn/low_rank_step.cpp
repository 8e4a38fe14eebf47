#include "engine/learn/low_rank_step.h"

namespace dentate::learn {
namespace {

void forwardAndBack(const net::Plan& plan, net::Rows rows, net::Primitives& body) {
  const auto role = [&](std::size_t layer) { return plan.network.layers[layer].role; };
  for (const auto layer : plan.graph.order) {
    if (role(layer) == spec::LayerRole::Input) continue;
    body.netInput(layer, rows);
    if (!spec::isOutput(role(layer))) {  // of a bias the net input is 1
      body.rectify(layer, rows);
    } else {
      body.loss(layer, rows);
    }
  }
  const auto& order = plan.graph.order;
  for (auto layer = order.rbegin(); layer != order.rend(); ++layer) {
    if (role(*layer) != spec::LayerRole::Hidden) continue;
    body.backward(*layer, rows);
    body.unrectify(*layer, rows);
  }
}

}  // namespace

void lowRankStep(const net::Plan& plan, std::int64_t steps, const net::Descent& descent,
                 net::Primitives& body) {
  for (std::int64_t j = 0; j < steps; ++j) forwardAndBack(plan, {j}, body);
  forwardAndBack(plan, {}, body);
  body.update(descent);
}

}  // namespace dentate::learn
