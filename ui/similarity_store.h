// Answers about representations that have arrived: moments of training to go back to, and the course
// of pattern overlap in every run that was asked for.
//
// Kept by what was asked (level, task, measure; lesions do not count), run and network. Moments of
// the kinds looked at last, at most kMostMoments each: beyond it the shortest distance kept, in
// meta-steps, is doubled. The newest is always there. A course is kept likewise, for as long as its
// run may come back. What a branch has in common with the run that it left it has from there.
// Memory a moment of 100 items takes 40 kB a layer, twice that beside a lesion; pictures are shared.
// Thread: the window's; no ImGui.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/link/similarity_view.h"
#include "engine/link/snapshot.h"

namespace dentate::ui {

// Pattern overlap at a moment of training.
struct OverlapPoint {
  std::int64_t step = 0;
  std::vector<double>
      overlap;  // by hidden layer, with the lesions of that moment; NaN: it has none
};

class SimilarityStore {
 public:
  using Moment = std::shared_ptr<const link::SimilarityView>;
  static constexpr std::size_t kMostMoments = 200, kMostKinds = 4;

  // Whose and of what.
  struct Kind {
    link::SimilarityRequest request;
    std::uint64_t run = 0;
    std::size_t replica = 0;
  };

  // An answer that is null, or there already, changes nothing. `now` tells which runs there are.
  void take(const Moment& answer, const link::Snapshot& now);
  // By meta-step, rising; empty where nothing of the kind has arrived.
  [[nodiscard]] const std::vector<Moment>& moments(const Kind& kind) const;
  [[nodiscard]] const std::vector<OverlapPoint>& course(const Kind& kind) const;
  // Lower end of a colour scale that fits all of them: a multiple of 0.1, at most 0.9.
  [[nodiscard]] float low(const Kind& kind) const;

 private:
  struct MomentSeries {
    Kind kind;
    std::vector<Moment> all;
    std::int64_t gap = 1;  // meta-steps between two of them, at least, but for the newest
    float lowest = 1;      // entry of any matrix
  };
  struct CourseSeries {
    Kind kind;
    std::vector<OverlapPoint> all;
    std::int64_t gap = 1;
  };
  void forget(const link::Snapshot& now);
  MomentSeries& momentsOf(const Kind& kind, const link::Snapshot& now);
  void addTo(const Kind& kind, OverlapPoint point, const link::Snapshot& now);

  Moment last_;                        // taken
  std::vector<MomentSeries> moments_;  // the kind asked for last at the end
  std::vector<CourseSeries> courses_;
};

}  // namespace dentate::ui
