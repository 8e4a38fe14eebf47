// Mean activity patterns of one network over groups of test images, a chunk of images at a time.
// Internal to engine/run.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/link/similarity_view.h"
#include "engine/measure/matrix.h"
#include "engine/net/row_forward.h"
#include "engine/run/replica.h"

namespace dentate::run {

// Which images make the rows of a request, with the images: under 1 MB.
struct PatternPlan {
  struct Chunk {
    std::vector<std::uint8_t> pixels;  // [images, inputs]
    std::vector<std::int32_t> row;     // [images], at most RowForward::kRows
  };
  std::vector<Chunk> chunks;
  std::shared_ptr<const std::vector<link::SimilarityRow>> rows;
};

// Items stand in the order of their categories. The images are those that `replica` is tested on.
[[nodiscard]] PatternPlan planPatterns(const Setting& setting, const Replica& replica,
                                       const link::SimilarityRequest& request);

class PatternSums {
 public:
  // A plan that was given is gone; another may lie in its place.
  void forget() { net_plan_ = nullptr; }
  // Both stay as they are until the next begin().
  void begin(const net::Plan& net_plan, const PatternPlan& plan);
  // Of this network, whose numbers stay as they are until done(); what was summed is dropped.
  void take(const net::Parameters& parameters, const net::Lesions& lesions);
  [[nodiscard]] bool done() const { return next_ == plan_->chunks.size(); }
  void addChunk();
  // [rows, units] of a hidden layer; NaN for a row without images.
  [[nodiscard]] measure::Matrix means(std::size_t layer) const;

 private:
  const PatternPlan* plan_ = nullptr;
  const net::Plan* net_plan_ = nullptr;
  std::optional<net::RowForward> forward_;
  net::Parameters parameters_;
  std::size_t next_ = 0;                 // chunk
  std::vector<std::vector<float>> sum_;  // by layer, [rows, units]; empty of all but hidden ones
};

}  // namespace dentate::run
