#include "engine/net/aten_samples.h"

#include <ATen/ops/empty.h>

#include <algorithm>
#include <type_traits>

#include "engine/spec/check.h"

namespace dentate::net {
namespace {

// Replay, then batch, of one replica. `to` is not defined without that output.
template <class Number>
void join(std::span<const Number> replay, std::span<const Number> batch, const at::Tensor& to,
          std::int64_t replica) {
  if (!to.defined()) return;
  using Held = std::conditional_t<std::is_same_v<Number, float>, float, std::int64_t>;
  const auto place = to.select(0, replica);
  DENTATE_CHECK(place.numel() == static_cast<std::int64_t>(replay.size() + batch.size()));
  std::copy(batch.begin(), batch.end(),
            std::copy(replay.begin(), replay.end(), place.mutable_data_ptr<Held>()));
}

}  // namespace

AtenSamples::Staged AtenSamples::staged(at::IntArrayRef shape, at::ScalarType host_type,
                                        at::TensorOptions device) {
  const auto where = device.device();
  auto host = at::empty(shape, at::TensorOptions(host_type).pinned_memory(where.is_cuda()));
  const bool in_place = where.is_cpu() && c10::typeMetaToScalarType(device.dtype()) == host_type;
  return {host, in_place ? host : at::empty(shape, device)};
}

void AtenSamples::allocate(const Plan& plan, Counts counts, at::TensorOptions like) {
  counts_ = counts;
  const auto& layers = plan.network.layers;
  x_ =
      staged({counts.replicas, counts.samples(), layers[plan.graph.input].units}, at::kFloat, like);
  for (const auto& layer : layers) {
    if (!spec::isOutput(layer.role)) continue;
    auto& labels = layer.role == spec::LayerRole::Category ? category_ : item_;
    labels = staged({counts.replicas, counts.samples()}, at::kLong, like.dtype(at::kLong));
  }
}

void AtenSamples::take(std::span<const MetaBatch> samples) {
  DENTATE_CHECK(static_cast<std::int64_t>(samples.size()) == counts_.replicas);
  for (std::size_t r = 0; r < samples.size(); ++r) {
    const auto& of = samples[r];
    const auto replica = static_cast<std::int64_t>(r);
    DENTATE_CHECK(of.replay == counts_.replay && of.batch == counts_.steps);
    join(of.replay_x, of.batch_x, x_.host, replica);
    join(of.replay_category, of.batch_category, category_.host, replica);
    join(of.replay_item, of.batch_item, item_.host, replica);
  }
  for (auto* const each : {&x_, &category_, &item_})
    if (each->device.defined() && !each->device.is_same(each->host))
      each->device.copy_(each->host, /*non_blocking=*/true);
}

}  // namespace dentate::net
