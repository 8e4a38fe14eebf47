#include "ui/similarity_store.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace dentate::ui {
namespace {

using Kind = SimilarityStore::Kind;

bool same(const Kind& a, const Kind& b) {
  return a.run == b.run && a.replica == b.replica && a.request.level == b.request.level &&
         a.request.task == b.request.task && a.request.measure == b.request.measure;
}

template <class Series>
auto find(Series& series, const Kind& kind) {
  return std::find_if(series.begin(), series.end(),
                      [&](const auto& one) { return same(one.kind, kind); });
}

float lowestOf(const std::vector<link::LayerSimilarity>& layers) {
  float low = 1;
  for (const auto& layer : layers)
    for (const float value : layer.matrix) low = value < low ? value : low;  // NaN is not
  return low;
}

std::int64_t stepOf(const SimilarityStore::Moment& moment) { return moment->step; }
std::int64_t stepOf(const OverlapPoint& point) { return point.step; }

// Puts the newest at the end, and thins the others where they are too many.
template <class Value>
void add(std::vector<Value>& all, Value newest, std::int64_t& gap) {
  std::erase_if(all, [&](const Value& value) { return stepOf(value) >= stepOf(newest); });
  // The last one made room for nothing yet: it stands only until the distance is reached.
  if (all.size() > 1 && stepOf(all.back()) - stepOf(all[all.size() - 2]) < gap) all.pop_back();
  all.push_back(std::move(newest));
  while (all.size() > SimilarityStore::kMostMoments) {
    gap *= 2;
    std::vector<Value> kept;
    for (const Value& value : all)
      if (kept.empty() || stepOf(value) - stepOf(kept.back()) >= gap) kept.push_back(value);
    if (stepOf(kept.back()) != stepOf(all.back())) kept.push_back(all.back());
    all = std::move(kept);
  }
}

// A series of what the run of that kind has in common with the one that it left.
template <class Series>
Series inherited(const std::vector<Series>& series, const Kind& kind, const link::Snapshot& now) {
  Series out;
  for (const auto& run : now.runs) {
    if (run.run != kind.run || run.from == 0) continue;
    const auto origin = find(series, {kind.request, run.from, kind.replica});
    if (origin == series.end()) continue;
    out = *origin;
    std::erase_if(out.all, [&](const auto& value) { return stepOf(value) > run.from_step; });
  }
  out.kind = kind;
  return out;
}

OverlapPoint pointOf(const link::SimilarityView& view) {
  OverlapPoint out{view.step, {}};
  for (const auto& layer : view.lesioned.empty() ? view.intact : view.lesioned)
    out.overlap.push_back(layer.overlap);
  return out;
}

}  // namespace

void SimilarityStore::forget(const link::Snapshot& now) {
  const auto gone = [&](const auto& series) {
    const auto same = [&](const auto& entry) { return entry.run == series.kind.run; };
    return std::none_of(now.runs.begin(), now.runs.end(), same) &&
           std::none_of(now.dropped.begin(), now.dropped.end(), same);
  };
  std::erase_if(moments_, gone);
  std::erase_if(courses_, gone);
}

SimilarityStore::MomentSeries& SimilarityStore::momentsOf(const Kind& kind,
                                                          const link::Snapshot& now) {
  const auto known = find(moments_, kind);
  if (known != moments_.end()) {
    std::rotate(known, known + 1, moments_.end());
    return moments_.back();
  }
  auto made = inherited(moments_, kind, now);
  if (moments_.size() == kMostKinds) moments_.erase(moments_.begin());
  moments_.push_back(std::move(made));
  return moments_.back();
}

void SimilarityStore::addTo(const Kind& kind, OverlapPoint point, const link::Snapshot& now) {
  auto known = find(courses_, kind);
  if (known == courses_.end()) {
    auto made = inherited(courses_, kind, now);
    courses_.push_back(std::move(made));
    known = courses_.end() - 1;
  }
  add(known->all, std::move(point), known->gap);
}

void SimilarityStore::take(const Moment& answer, const link::Snapshot& now) {
  if (!answer || answer == last_) return;
  last_ = answer;
  forget(now);
  const Kind kind{answer->request, answer->run, answer->replica};
  auto& moments = momentsOf(kind, now);
  add(moments.all, answer, moments.gap);
  moments.lowest = std::min({moments.lowest, lowestOf(answer->intact), lowestOf(answer->lesioned)});
  addTo(kind, pointOf(*answer), now);
  for (const auto& other : answer->runs)
    addTo({answer->request, other.run, answer->replica}, {other.step, other.overlap}, now);
}

const std::vector<SimilarityStore::Moment>& SimilarityStore::moments(const Kind& kind) const {
  static const std::vector<Moment> kNone;
  const auto known = find(moments_, kind);
  return known == moments_.end() ? kNone : known->all;
}

const std::vector<OverlapPoint>& SimilarityStore::course(const Kind& kind) const {
  static const std::vector<OverlapPoint> kNone;
  const auto known = find(courses_, kind);
  return known == courses_.end() ? kNone : known->all;
}

float SimilarityStore::low(const Kind& kind) const {
  const auto known = find(moments_, kind);
  const float lowest = known == moments_.end() ? 0 : known->lowest;
  return std::clamp(std::floor(lowest * 10) / 10, -1.0F, 0.9F);
}

}  // namespace dentate::ui
