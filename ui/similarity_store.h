// Answers about representations that have arrived in this run: moments of training to go back to.
//
// Kept by what was asked (level, task, measure, network; lesions do not count), the kinds asked for
// last. Of each kind at most kMostMoments: beyond it the shortest distance kept, in meta-steps, is
// doubled. The newest is always there. Voided when the run changes.
// Memory a moment of 100 items takes 40 kB a layer, twice that beside a lesion; pictures are shared.
// Thread: the window's; no ImGui.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/link/similarity_view.h"

namespace dentate::ui {

class SimilarityStore {
 public:
  using Moment = std::shared_ptr<const link::SimilarityView>;
  static constexpr std::size_t kMostMoments = 200, kMostKinds = 4;

  // An answer that is null, or there already, changes nothing.
  void take(const Moment& answer);
  // By meta-step, rising; empty where nothing of the kind has arrived.
  [[nodiscard]] const std::vector<Moment>& moments(const link::SimilarityRequest& request,
                                                   std::size_t replica) const;
  // Lower end of a colour scale that fits all of them: a multiple of 0.1, at most 0.9.
  [[nodiscard]] float low(const link::SimilarityRequest& request, std::size_t replica) const;

 private:
  struct Kind {
    link::SimilarityRequest request;
    std::size_t replica = 0;
    std::vector<Moment> moments;
    std::int64_t gap = 1;  // meta-steps between two of them, at least, but for the newest
    float lowest = 1;      // entry of any matrix
  };
  [[nodiscard]] const Kind* find(const link::SimilarityRequest& request, std::size_t replica) const;
  Kind& kindOf(const link::SimilarityView& view);
  static void thin(Kind& kind);

  std::uint64_t run_ = 0;
  Moment last_;              // taken
  std::vector<Kind> kinds_;  // the one asked for last at the end
};

}  // namespace dentate::ui
