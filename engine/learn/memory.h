// The replay memory: a reservoir of earlier samples (Vitter 1985, algorithm R).
//
// As published, with the quirks that the published numbers contain:
//   - the index of a full reservoir is drawn from 0 ... age inclusive, so that every new sample is
//     kept a little less often than capacity / age;
//   - "old memory" and "new memory" are one list, so that the current task is replayed too.
// Corrected (the paper's text): the index is drawn from 0 ... age - 1, and what is replayed is the
// reservoir as it stood when the current task began; nothing in the first task. The rule chooses each
// on its own (engine/spec/corrections.h).
#pragma once
#include <cstdint>
#include <vector>

#include "engine/data/random.h"
#include "engine/data/stream.h"
#include "engine/spec/experiment.h"

namespace dentate::learn {

class ReplayMemory {
 public:
  ReplayMemory(const spec::RuleSpec& rule, data::Random random);

  void beginTask();
  // Uniformly with replacement: min(count, samples to draw from) of them.
  [[nodiscard]] std::vector<data::Sample> draw(std::int64_t count);
  void offer(const data::Sample& sample);

  [[nodiscard]] const std::vector<data::Sample>& held() const { return held_; }

  // All of it but what the constructor was given.
  struct State {
    data::Random random;
    std::int64_t age = 0;
    std::vector<data::Sample> held, earlier;
  };
  [[nodiscard]] State state() const { return {random_, age_, held_, earlier_}; }
  void restore(State state);
  bool operator==(const ReplayMemory&) const = default;

 private:
  std::int64_t capacity_;
  bool index_as_published_, old_as_published_;
  data::Random random_;
  std::int64_t age_ = 0;               // samples offered
  std::vector<data::Sample> held_;     // the reservoir
  std::vector<data::Sample> earlier_;  // old memory corrected: as it stood when the task began
};

}  // namespace dentate::learn
