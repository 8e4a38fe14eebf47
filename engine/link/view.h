// What the window looks at beyond the state that every snapshot has, and the answers. The window
// says what it watches; what nobody watches is not worked out.
#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/link/lesion_curves.h"
#include "engine/link/similarity_view.h"
#include "engine/spec/lesion.h"

namespace dentate::link {

// --- Units: what a network answers to one image, and single units of it.

struct StimulusChoice {
  enum class Kind {
    Newest,  // the newest of the stream
    Test,    // a test image, as its task shows it
    Drawn,   // the person's own
    File,    // a picture: PNG or JPEG, brought to the size and colours of the input
  };
  Kind kind = Kind::Newest;
  std::int64_t task = 0, index = 0;       // Test
  std::vector<std::uint8_t> pixels = {};  // Drawn: [height * width], 0 black to 255 white
  std::string file = {};                  // File
  bool operator==(const StimulusChoice&) const = default;
};

struct UnitId {
  std::size_t layer = 0;  // in the order of the spec
  std::int64_t unit = 0;
  bool operator==(const UnitId&) const = default;
};

struct UnitsRequest {
  static constexpr std::size_t kMostUnits = 12;
  StimulusChoice stimulus;
  std::vector<UnitId> units;  // pictured one by one
  bool operator==(const UnitsRequest&) const = default;
};

enum class UnitState : std::uint8_t {
  Silent,     // its net input is not above 0 even before inhibition
  Inhibited,  // it would be active without inhibition
  Active,
  Lesioned,
};

struct LayerActivity {
  std::vector<float> acts;        // [units]; outputs: probabilities
  std::vector<UnitState> states;  // [units] of a hidden layer; else empty
};

struct OutgoingWeight {
  std::size_t path = 0;
  std::int64_t unit = 0;  // of the path's target
  float weight = 0;
};

// The weights that a path has for one channel of a convolutional layer: a small image for each channel
// of its source.
struct KernelPicture {
  std::size_t path = 0;
  std::int64_t channels = 0, side = 0;
  std::vector<float> weights;  // [channels, side, side]
};

struct Tuning {
  float index = 0;              // selectivity, [0, 1]; not a number of a silent unit
  std::int32_t preferred = -1;  // task or category; -1 where there is no index
};

struct UnitPicture {
  UnitId id;
  // [inputs] the weights from the input; where none lead there directly, the product of the weights
  // along all ways from it, as if every layer between were linear.
  std::vector<float> incoming;
  bool direct = false;
  std::vector<KernelPicture> kernels;       // of a convolutional layer, by incoming path; else none
  std::vector<float> by_task, by_category;  // mean activity over test images
  Tuning to_task, to_category;
  std::vector<OutgoingWeight> strongest;  // by size, at most 8
};

struct UnitsView {
  UnitsRequest request;  // that it answers
  std::uint64_t run = 0;
  std::size_t replica = 0;
  std::int64_t step = 0;
  std::vector<std::uint8_t> pixels;  // the image, as in a Stimulus
  std::string transform;             // "rotated by 54°"; empty where the person drew it
  std::int32_t category = -1;        // its class; -1 not known
  std::int32_t answer = -1;          // the network's; -1 without a category output
  std::vector<LayerActivity> layers;
  std::vector<UnitPicture> units;
  std::string problem;  // why the image could not be had: another stands in its place; else empty
};

// --- Lesions: what the networks of the shown cell know with and without a lesion.

// Without any lesion they are intact; lesioned, with those in force and those asked for.
struct LesionRequest {
  std::vector<spec::Lesion> lesions;  // added to those in force
  std::int64_t samples = 1000;        // test images of each network, spread over the tasks so far
  bool operator==(const LesionRequest&) const = default;
};

struct LesionOutcome {                  // of one network
  double category = 0, item = 0;        // share correct; -1 without that output
  std::vector<double> active_fraction;  // by layer
  // Item accuracy of the images that the replay memory holds, and of the others; -1 where there is none.
  double item_in_memory = -1, item_outside = -1;
};

// A mean over networks with its error and its 95 % bootstrap interval.
struct Estimate {
  double mean = std::numeric_limits<double>::quiet_NaN();  // NaN of nothing
  double sem = 0;                                          // 0 for n < 2
  double low = std::numeric_limits<double>::quiet_NaN();   // NaN for n < 2
  double high = std::numeric_limits<double>::quiet_NaN();
  std::int64_t n = 0;
};

struct LesionEffects {
  Estimate category_loss, item_loss;  // (intact - lesioned) / intact
  Estimate index;                     // of dissociation: item loss - category loss
};

struct LesionView {
  LesionRequest request;  // that it answers
  std::uint64_t run = 0;
  std::int64_t step = 0;
  std::int64_t samples = 0;  // of each network, so far: fewer than in all while it works on
  std::int64_t samples_in_all = 0;
  std::vector<std::size_t> replicas;  // whose outcomes follow, in this order
  std::vector<LesionOutcome> intact, lesioned;
  LesionEffects effects;
};

// --- The stream: images of a task as the network is shown them.

struct StreamRequest {
  static constexpr std::int64_t kMostImages = 400;
  bool tests = false;  // the images that a task is tested on
  std::int64_t task = 0;
  std::int64_t first = 0, count = 100;  // of the task, in the order of learning
  bool operator==(const StreamRequest&) const = default;
};

struct StreamImage {
  std::vector<std::uint8_t> pixels;  // as in a Stimulus
  std::int32_t category = -1, item = -1;
};

struct StreamView {
  StreamRequest request;  // that it answers
  std::uint64_t run = 0;
  std::size_t replica = 0;  // its seed drew the order
  std::int32_t width = 0, height = 0;
  std::vector<std::string> transforms;  // by task
  std::vector<StreamImage> begins;      // the first image of every task
  std::int64_t in_task = 0;             // images of the task in all
  std::vector<StreamImage> images;
};

struct Watch {
  std::optional<UnitsRequest> units;
  std::optional<LesionRequest> lesion;
  std::optional<StreamRequest> stream;
  // While it stands they are worked out; without it they rest, and stay.
  std::optional<LesionCurvesRequest> lesion_curves;
  std::optional<SimilarityRequest> similarity;
  bool operator==(const Watch&) const = default;
};

// The newest answers; null where there is none yet, or nobody watches.
struct Views {
  // Null where that run has none.
  [[nodiscard]] LesionCurvesPtr lesionCurvesOf(std::uint64_t run) const {
    for (const auto& curves : lesion_curves)
      if (curves->run == run) return curves;
    return nullptr;
  }

  std::shared_ptr<const UnitsView> units;
  std::shared_ptr<const LesionView> lesion;
  std::shared_ptr<const StreamView> stream;
  std::vector<LesionCurvesPtr>
      lesion_curves;  // one a run, live and saved; kept although nobody watches
  std::shared_ptr<const SimilarityView> similarity;
};

}  // namespace dentate::link
