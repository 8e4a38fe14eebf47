#include "ui/similarity_store.h"

#include <algorithm>
#include <cmath>

namespace dentate::ui {
namespace {

bool sameKind(const link::SimilarityRequest& a, const link::SimilarityRequest& b) {
  return a.level == b.level && a.task == b.task && a.measure == b.measure;
}

float lowestOf(const std::vector<link::LayerSimilarity>& layers) {
  float low = 1;
  for (const auto& layer : layers)
    for (const float value : layer.matrix) low = value < low ? value : low;  // NaN is not
  return low;
}

}  // namespace

const SimilarityStore::Kind* SimilarityStore::find(const link::SimilarityRequest& request,
                                                   std::size_t replica) const {
  for (const Kind& kind : kinds_)
    if (kind.replica == replica && sameKind(kind.request, request)) return &kind;
  return nullptr;
}

SimilarityStore::Kind& SimilarityStore::kindOf(const link::SimilarityView& view) {
  const auto same = std::find_if(kinds_.begin(), kinds_.end(), [&](const Kind& kind) {
    return kind.replica == view.replica && sameKind(kind.request, view.request);
  });
  if (same != kinds_.end()) {
    std::rotate(same, same + 1, kinds_.end());
    return kinds_.back();
  }
  if (kinds_.size() == kMostKinds) kinds_.erase(kinds_.begin());
  kinds_.push_back({view.request, view.replica, {}, 1, 1});
  return kinds_.back();
}

void SimilarityStore::take(const Moment& answer) {
  if (!answer || answer == last_) return;
  if (answer->run != run_) kinds_.clear();
  run_ = answer->run;
  last_ = answer;
  Kind& kind = kindOf(*answer);
  auto& all = kind.moments;
  std::erase_if(all, [&](const Moment& moment) { return moment->step >= answer->step; });
  // The last one made room for nothing yet: it stands only until the distance is reached.
  if (all.size() > 1 && all.back()->step - all[all.size() - 2]->step < kind.gap) all.pop_back();
  all.push_back(answer);
  kind.lowest = std::min({kind.lowest, lowestOf(answer->intact), lowestOf(answer->lesioned)});
  while (all.size() > kMostMoments) thin(kind);
}

void SimilarityStore::thin(Kind& kind) {
  kind.gap *= 2;
  std::vector<Moment> kept;
  for (const Moment& moment : kind.moments)
    if (kept.empty() || moment->step - kept.back()->step >= kind.gap) kept.push_back(moment);
  if (kept.back() != kind.moments.back()) kept.push_back(kind.moments.back());
  kind.moments = std::move(kept);
}

const std::vector<SimilarityStore::Moment>& SimilarityStore::moments(
    const link::SimilarityRequest& request, std::size_t replica) const {
  static const std::vector<Moment> kNone;
  const Kind* const kind = find(request, replica);
  return kind == nullptr ? kNone : kind->moments;
}

float SimilarityStore::low(const link::SimilarityRequest& request, std::size_t replica) const {
  const Kind* const kind = find(request, replica);
  const float lowest = kind == nullptr ? 0 : kind->lowest;
  return std::clamp(std::floor(lowest * 10) / 10, -1.0F, 0.9F);
}

}  // namespace dentate::ui
