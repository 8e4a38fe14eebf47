// Networks of one experiment that learn their streams in turns, as a worker of a run lets them.
//
// A network goes round the first kRound meta-steps of its stream again and again, from the state in
// which it began: so its activity stays what it was, untrained or trained, however long one measures.
// Thread one owner.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/learn/memory.h"
#include "engine/learn/rule.h"
#include "tests/bench/subject.h"

namespace dentate::bench {

inline constexpr std::int64_t kRound = 200;  // meta-steps

// Samples of one network in the order in which it learns them; replay from a memory of its own.
class Feed {
 public:
  Feed(std::shared_ptr<const Subject> subject, std::uint64_t seed);
  // Those of the next meta-step, valid until the next call. From the stream's first one again
  // after its last.
  learn::StepInput next();
  void rewind() { step_ = 0; }

 private:
  struct Buffer {
    std::vector<float> x;
    std::vector<std::int32_t> category, item;
    std::vector<std::uint8_t> pixels;  // of the image at hand
  };
  learn::Samples gather(std::span<const data::Sample> of, Buffer& to) const;

  std::shared_ptr<const Subject> subject_;
  data::TaskStream stream_;
  learn::ReplayMemory memory_;
  std::int64_t step_ = 0;  // meta-steps into the stream
  Buffer batch_, replay_;
};

struct Turns {
  std::int64_t replicas = 1;
  std::int64_t steps = 20;  // meta-steps of a network before it is another one's turn
  bool together = false;    // all networks in every meta-step, as one batch
  bool plain = false;       // weights laid out as plain tensors (tests/bench/yardstick.h)
};

class Cohort {
 public:
  // Untrained networks of seeds first, first + 1, ...
  Cohort(std::shared_ptr<const Subject> subject, std::uint64_t first, Turns turns);
  // The whole stream; the end is the state in which the networks begin from now on.
  void train(learn::Rule& rule);
  // Begins in the state of another cohort of as many replicas.
  void beginAs(const Cohort& other);

  // One turn. Returns the meta-steps done, those of all networks counted.
  std::int64_t learn(learn::Rule& rule);

  // Multiply-adds done over those of the dense network; mean over the meta-steps since it began.
  [[nodiscard]] double work() const;
  [[nodiscard]] const std::vector<net::ParameterBatch>& groups() const { return groups_; }

 private:
  void beginHere();
  void restart();  // below 1 % of the time of a round
  void step(learn::Rule& rule, std::size_t group);
  [[nodiscard]] bool roundOver() const;

  std::shared_ptr<const Subject> subject_;
  Turns turns_;
  std::vector<Feed> feeds_;                  // by replica
  std::vector<net::ParameterBatch> groups_;  // what learns in one meta-step
  std::vector<net::ParameterBatch> begin_;   // as they began
  std::vector<std::int64_t> steps_;          // by group, since the restart
  std::size_t next_ = 0;                     // group
  std::vector<learn::StepInput> inputs_;     // of one meta-step
  std::vector<learn::StepReport> reports_;
  double work_ = 0;
  std::int64_t counted_ = 0;
};

}  // namespace dentate::bench
