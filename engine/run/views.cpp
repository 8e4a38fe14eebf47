#include "engine/run/views.h"

#include <algorithm>

namespace dentate::run {
namespace {

constexpr std::chrono::milliseconds kSlice(15);  // of work before the next look at the commands
// Beside learning, views take one part in so many of the time, in which no worker learns, and not
// more often than a display.
constexpr int kShare = 50;
constexpr std::chrono::milliseconds kFrame(33);

// Of work that the person waits for, at once although it learns: until it is done, at most this.
constexpr std::chrono::milliseconds kBurst(400);

constexpr auto kMakers = {makeUnitsViewer, makeLesionViewer, makeLesionCurvesViewer,
                          makeSimilarityViewer, makeStreamViewer};

}  // namespace

Viewed::Viewed(const Runs& among, const LiveRun& live, std::size_t place)
    : runs(among),
      setting(live.setting()),
      experiment(live.experiment()),
      shown(place),
      run(live.run()),
      step(live.experiment().replica(place).stepsDone()),
      lesions(live.lesionChanges()) {}

std::optional<Viewed> Viewed::in(std::uint64_t other) const {
  const auto* const live = runs.live(other);
  if (live == nullptr || shown >= live->experiment().size()) return std::nullopt;
  return Viewed(runs, *live, shown);
}

Views::Views() {
  for (const auto make : kMakers) viewers_.push_back({make()});
}

void Views::watch(const link::Watch& watch) {
  for (auto& [viewer, hurries] : viewers_)
    if (viewer->watch(watch)) {
      hurries = true;
      burst_ = kBurst;
    }
}

void Views::hurry() {
  for (auto& entry : viewers_) entry.hurries = true;
  burst_ = kBurst;
  next_ = 0;
}

// Each in turn until `end`; gives whether there was anything to do.
bool Views::workInTurn(const Viewed& viewed, Clock::time_point end, bool hurried_only) {
  bool worked = false;
  for (std::size_t i = 0; i < viewers_.size(); ++i) {
    auto& [viewer, hurries] = viewers_[(next_ + i) % viewers_.size()];
    if (hurried_only && !hurries) continue;
    if (!viewer->behind(viewed)) {
      hurries = false;
      continue;
    }
    if (Clock::now() >= end) continue;
    viewer->work(viewed, end);
    worked = true;
    hurries = hurries && viewer->behind(viewed);
  }
  next_ = (next_ + 1) % viewers_.size();
  return worked;
}

bool Views::work(const Viewed& viewed, bool learning) {
  const auto began = Clock::now();
  const bool all = !learning || began >= due_;
  if (!all && !hurries()) return false;
  const bool worked = workInTurn(viewed, began + kSlice, !all);
  const auto took = Clock::now() - began;
  const bool waited_for = std::any_of(viewers_.begin(), viewers_.end(),
                                      [](const Entry& entry) { return entry.hurries; });
  burst_ = waited_for ? burst_ - took : Clock::duration::zero();
  if (!hurries())
    for (auto& entry : viewers_) entry.hurries = false;
  if (all && worked) due_ = Clock::now() + std::max<Clock::duration>(kFrame, took * (kShare - 1));
  return worked;
}

bool Views::behind(const Viewed& viewed) const {
  return std::any_of(viewers_.begin(), viewers_.end(),
                     [&](const auto& entry) { return entry.viewer->behind(viewed); });
}

link::Views Views::shown() const {
  link::Views out;
  for (const auto& entry : viewers_) entry.viewer->show(out);
  return out;
}

}  // namespace dentate::run
