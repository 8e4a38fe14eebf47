#include "ui/histories.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace dentate::ui {

void Histories::take(const link::Snapshot& now, std::vector<link::MetricPoint> points) {
  auto listed = now.runs;
  listed.insert(listed.end(), now.dropped.begin(), now.dropped.end());  // may be brought back
  std::erase_if(by_run_, [&](const auto& one) {
    return std::none_of(listed.begin(), listed.end(),
                        [&](const auto& entry) { return entry.run == one.first; });
  });
  const auto newest = newest_;
  for (const auto& entry : now.runs) newest_ = std::max(newest_, entry.run);
  if (newest_ > newest && !early_.empty()) {
    points.insert(points.begin(), std::make_move_iterator(early_.begin()),
                  std::make_move_iterator(early_.end()));
    early_.clear();
  }
  std::map<std::uint64_t, std::vector<link::MetricPoint>> sorted;
  std::vector<link::MetricPoint>* of = nullptr;  // those of the run at hand; most come in blocks
  std::uint64_t at_hand = 0;
  for (auto& point : points) {
    const auto run = std::visit([](const auto& p) { return p.run; }, point);
    if (!of || run != at_hand) of = run > newest_ ? &early_ : &sorted[run];
    at_hand = run;
    of->push_back(std::move(point));
  }
  for (const auto& entry : listed) {
    const auto seeds = entry.spec ? entry.spec->replicas.seeds : 1;
    by_run_[entry.run].take(entry.run, std::move(sorted[entry.run]),
                            static_cast<std::size_t>(seeds));
    by_run_[entry.run].setFailed(entry.failed);
  }
}

const History& Histories::of(std::uint64_t run) const {
  static const History kNone;
  const auto found = by_run_.find(run);
  return found == by_run_.end() ? kNone : found->second;
}

}  // namespace dentate::ui
