// Representations: how alike the activity patterns are that a network answers to tasks, categories
// or single items with, layer by layer. Part of what the window watches (view.h).
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/spec/lesion.h"

namespace dentate::link {

struct SimilarityRequest {
  enum class Level {
    Tasks,       // the mean pattern of every task
    Categories,  // of every category, in one task or over all
    Items,       // single images of one task
  };
  enum class Measure { Pearson, Cosine };
  static constexpr std::int64_t kAllTasks = -1;
  static constexpr std::int64_t kMostTasks = 20;   // more are thinned evenly
  static constexpr std::int64_t kMostItems = 100;  // of a task
  static constexpr std::int64_t kMostImages = 1000;

  Level level = Level::Tasks;
  std::int64_t task = kAllTasks;  // Categories: within it, or over all; Items: whose
  Measure measure = Measure::Pearson;
  std::vector<spec::Lesion> lesions;     // shown beside the intact network, added to those in force
  std::vector<std::uint64_t> runs = {};  // other live ones, whose pattern overlap is wanted too
  bool operator==(const SimilarityRequest&) const = default;
};

// What a row, and the column of the same number, stands for; -1 where it does not say.
struct SimilarityRow {
  std::int64_t task = -1;
  std::string transform;  // of the task, "rotated by 54°"
  std::int32_t category = -1;
  std::int32_t item = -1;            // its item label
  std::int64_t images = 0;           // that its pattern is the mean of; 0: it has none
  std::vector<std::uint8_t> pixels;  // of the first of them, as in a Stimulus
};

// Patterns as points in a plane; NaN for one without a place.
struct SimilarityPlane {
  std::vector<float> x, y;           // [rows]
  std::array<double, 2> share = {};  // of the variance, by axis
};

struct LayerSimilarity {
  std::size_t layer = 0;      // in the order of the spec
  std::vector<float> matrix;  // [rows, rows] in [-1, 1], symmetric; NaN where a pattern has none
  double overlap = 0;         // mean off the diagonal; NaN where there is none
  SimilarityPlane components, scaling;  // PCA of the patterns; MDS of the matrix
};

struct OverlapSpread {  // over networks
  double mean = 0, sem = 0;
  std::int64_t n = 0;  // networks that have an overlap
};

// Of the network of another run that has the same place in it, as far as it had learned.
struct RunOverlap {
  std::uint64_t run = 0;
  std::int64_t step = 0;
  // By hidden layer, with the lesions in force and those of the request.
  std::vector<double> overlap;
};

struct SimilarityView {
  SimilarityRequest request;  // that it answers
  std::uint64_t run = 0;
  std::size_t replica = 0;
  std::int64_t step = 0;
  std::int32_t width = 0, height = 0;                      // of pictures
  std::shared_ptr<const std::vector<SimilarityRow>> rows;  // shared by answers to like requests
  // Hidden layers, in the order of the spec. Intact is the network without any lesion; lesioned has
  // those in force and those of the request, and is empty where they silence nothing.
  std::vector<LayerSimilarity> intact, lesioned;
  std::vector<RunOverlap> runs;  // of those of the request that there are; comes later
  // Of all networks of the shown cell at this step, by layer, as `intact` and `lesioned`; empty until
  // they are worked out, which is when the run stands still.
  std::vector<OverlapSpread> networks, networks_lesioned;
};

}  // namespace dentate::link
