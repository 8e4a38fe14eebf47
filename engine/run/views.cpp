#include "engine/run/views.h"

#include <algorithm>

namespace dentate::run {
namespace {

constexpr std::chrono::milliseconds kSlice(15);  // of work before the next look at the commands
// Beside learning, views take one part in so many of the time, and not more often than a display.
constexpr int kShare = 25;
constexpr std::chrono::milliseconds kFrame(33);

constexpr auto kMakers = {makeUnitsViewer, makeLesionViewer, makeSimilarityViewer,
                          makeStreamViewer};

}  // namespace

Views::Views() {
  for (const auto make : kMakers) viewers_.push_back(make());
}

void Views::watch(const link::Watch& watch) {
  for (auto& viewer : viewers_) viewer->watch(watch);
  due_ = Clock::now();
}

bool Views::work(const Viewed& viewed, bool learning) {
  const auto began = Clock::now();
  if (learning && began < due_) return false;
  bool worked = false;
  // They take turns to be the first: one with much to do leaves nothing of the slice.
  std::rotate(viewers_.begin(), viewers_.begin() + 1, viewers_.end());
  for (auto& viewer : viewers_) {
    if (!viewer->behind(viewed) || Clock::now() >= began + kSlice) continue;
    viewer->work(viewed, began + kSlice);
    worked = true;
  }
  const auto took = Clock::now() - began;
  if (worked) due_ = Clock::now() + std::max<Clock::duration>(kFrame, took * (kShare - 1));
  return worked;
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
