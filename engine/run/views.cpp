#include "engine/run/views.h"

#include <algorithm>

namespace dentate::run {
namespace {

constexpr std::chrono::milliseconds kSlice(15);  // of work before the next look at the commands
// Beside learning, views take one part in so many of the time, and not more often than a display.
constexpr int kShare = 25;
constexpr std::chrono::milliseconds kFrame(33);

// Of work that the person waits for, at once although it learns: until it is done, at most this.
constexpr std::chrono::milliseconds kBurst(400);

constexpr auto kMakers = {makeUnitsViewer, makeLesionViewer, makeLesionCurvesViewer,
                          makeSimilarityViewer, makeStreamViewer};

}  // namespace

Views::Views() {
  for (const auto make : kMakers) viewers_.push_back(make());
}

void Views::watch(const link::Watch& watch) {
  for (auto& viewer : viewers_) viewer->watch(watch);
  hurry();
}

void Views::hurry() {
  due_ = Clock::now();
  burst_ = kBurst;
  next_ = 0;
}

bool Views::work(const Viewed& viewed, bool learning) {
  const auto began = Clock::now();
  if (learning && began < due_) return false;
  bool worked = false;
  for (std::size_t i = 0; i < viewers_.size(); ++i) {
    auto& viewer = *viewers_[(next_ + i) % viewers_.size()];
    if (!viewer.behind(viewed) || Clock::now() >= began + kSlice) continue;
    viewer.work(viewed, began + kSlice);
    worked = true;
  }
  next_ = (next_ + 1) % viewers_.size();
  if (!worked) {
    burst_ = Clock::duration::zero();
    return false;
  }
  const auto took = Clock::now() - began;
  burst_ = behind(viewed) ? burst_ - took : Clock::duration::zero();
  if (burst_ <= Clock::duration::zero())
    due_ = Clock::now() + std::max<Clock::duration>(kFrame, took * (kShare - 1));
  return true;
}

bool Views::behind(const Viewed& viewed) const {
  return std::any_of(viewers_.begin(), viewers_.end(),
                     [&](const auto& viewer) { return viewer->behind(viewed); });
}

double Views::secondsUntilDue() const {
  return std::chrono::duration<double>(due_ - Clock::now()).count();
}

link::Views Views::shown() const {
  link::Views out;
  for (const auto& viewer : viewers_) viewer->show(out);
  return out;
}

}  // namespace dentate::run
