// What is said of a drawn network beside the canvas: its size, its cost, how fast it may learn, and
// how it differs from its preset. Pure functions.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/link/snapshot.h"
#include "engine/spec/experiment.h"

namespace dentate::ui {

// How fast a network learned on this machine, of all replicas together.
struct MeasuredSpeed {
  double meta_steps_per_second = 0;  // 0: not known
  double multiply_adds = 0;          // of a meta-step of that network, dense
  bool convolves = false;            // by autograd: its speed says nothing of the others'
  bool operator==(const MeasuredSpeed&) const = default;
};
// The speed of the run where it goes as fast as it can; else `before`.
[[nodiscard]] MeasuredSpeed measuredSpeed(const link::Snapshot& now, const MeasuredSpeed& before);

// Multiply-adds a second of a machine whose speed is not known: 100 GFLOP/s, two for each, half of
// the work left out since units are silent.
constexpr double kRoughMultiplyAdds = 100e9;

struct NetworkFacts {
  std::int64_t parameters = 0;
  double multiply_adds = 0;          // a meta-step, every unit active
  double memory = 0;                 // bytes, of the experiment as a whole
  double meta_steps_per_second = 0;  // expected; 0 not known
  bool measured = false;             // from the speed of the run; else a rough estimate
};
[[nodiscard]] NetworkFacts networkFacts(const spec::ExperimentSpec& spec,
                                        const MeasuredSpeed& measured);

// "200"; of a convolutional layer "160 × 8 × 8", its channels alone where the rest is not known.
[[nodiscard]] std::string sizeInWords(const spec::NetworkSpec& network,
                                      const spec::LayerSpec& layer);

// "9.86 M", "3.1 G"; below a million in full.
[[nodiscard]] std::string large(double value);
// "37 MB", "1.2 GB".
[[nodiscard]] std::string bytesInWords(double bytes);

// What differs from the preset, a line each: "h3 added, 200 units", "h1: 200 → 400 units",
// "h2 → category removed", "input → h1: α₀ the rule's → 0.1".
[[nodiscard]] std::vector<std::string> differencesInWords(const spec::NetworkSpec& preset,
                                                          const spec::NetworkSpec& network);

}  // namespace dentate::ui
