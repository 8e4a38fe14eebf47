#include "engine/net/inhibition.h"

#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/topk.h>

namespace dentate::net {
namespace {

at::Tensor byThreshold(const at::Tensor& z, const spec::InhibitionKind& kind, std::int64_t rank) {
  const auto rows = z.to(at::kFloat).contiguous();
  const auto units = rows.size(-1);
  auto sizes = rows.sizes().vec();
  sizes.back() = 1;
  auto found = at::empty(sizes, rows.options());
  const float* from = rows.const_data_ptr<float>();
  auto* const to = found.mutable_data_ptr<float>();
  for (std::int64_t r = 0; r < found.numel(); ++r, from += units)
    to[r] = kind.threshold({from, static_cast<std::size_t>(units)}, rank);
  return found.to(z.options());
}

}  // namespace

at::Tensor inhibiting(const at::Tensor& z, const spec::InhibitionKind& kind, std::int64_t rank) {
  const auto from = z.detach();
  if (kind.threshold != nullptr) return byThreshold(from, kind, rank);
  return std::get<0>(at::topk(from, rank, /*dim=*/-1)).narrow(/*dim=*/-1, rank - 1, 1);
}

}  // namespace dentate::net
