// One network with its stream and memory: a replica of the experiment. It learns by a rule that is
// lent to it, for a rule holds nothing of its own.
//
// Everything random in it comes from generators seeded by (seed, purpose), so a replica's numbers
// do not depend on which others run, or where.
// Thread  one at a time; test() and show() change nothing and may run beside each other.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "engine/learn/memory.h"
#include "engine/learn/rule.h"
#include "engine/link/metric.h"
#include "engine/link/snapshot.h"
#include "engine/measure/evaluate.h"
#include "engine/measure/lesion.h"
#include "engine/run/setting.h"
#include "engine/run/test_plan.h"
#include "engine/spec/lesion.h"

namespace dentate::run {

// Samples in memory of their own, used again and again.
struct SampleBuffer {
  std::int64_t count = 0;
  std::vector<float> x;
  std::vector<std::int32_t> category, item;
  std::vector<std::uint8_t> pixels;  // of the image at hand
  [[nodiscard]] learn::Samples samples() const { return {count, x, category, item}; }
};

// What a thread tests networks with, kept from test to test.
struct TestBench {
  std::map<const net::Plan*, measure::Evaluator> evaluators;
  std::vector<std::uint8_t> pixels;  // of training images
  std::vector<std::int32_t> category, item;
  std::vector<std::uint8_t> held;  // which of them the replay memory holds
};

class Replica {
 public:
  // `stream` is that of the replica's seed.
  Replica(std::shared_ptr<const Setting> setting, std::size_t index,
          std::shared_ptr<const data::TaskStream> stream);

  // All that a replica needs to go on in the same numbers, given the same setting.
  struct State {
    std::int64_t step;  // meta-steps done
    net::Parameters parameters;
    learn::ReplayMemory memory;
    learn::StepReport last;  // of the last meta-step
    net::Lesions lesions;
  };
  [[nodiscard]] State state() const;
  void restore(const State& state);

  [[nodiscard]] std::size_t index() const { return index_; }
  [[nodiscard]] std::int64_t stepsDone() const { return step_; }
  // For the rest of learning, and in tests, until it is called again. Units that are taken in the
  // order of their activity go by what the unlesioned network answers now to images of its task.
  void setLesions(std::span<const spec::Lesion> lesions);
  [[nodiscard]] const net::Lesions& lesions() const { return lesions_; }
  // What such lesions would silence now, without those in force.
  [[nodiscard]] net::Lesions lesionsFor(std::span<const spec::Lesion> lesions) const;
  // By which they go.
  [[nodiscard]] measure::MeanActivity meanActivity() const;
  // Alpha and m as they are now; loss and activity are those of the last step().
  [[nodiscard]] link::StepPoint point() const;
  // The next meta-step, by a rule made for this replica's plan. There must be one left.
  void step(learn::Rule& rule);
  // --- The same in a batch that has its parameters on a device.
  // What it learns next; good until conclude(), which takes what came of it, alpha and m too.
  [[nodiscard]] learn::StepInput prepare();
  void conclude(const learn::StepReport& report);
  void takeHome(const net::Parameters& learned) { parameters_.copyFrom(learned); }
  [[nodiscard]] double lastLoss() const { return last_.meta_loss; }
  // Of these images that a task is tested on; there are testSamples() of them.
  struct Range {
    std::int64_t task = 0, first = 0, count = 0;
  };
  [[nodiscard]] measure::Images images(const Range& of, TestBench& with) const;
  [[nodiscard]] measure::Counts count(const Range& of, const net::Lesions& lesions,
                                      TestBench& with) const;
  // All but dead units, over the first part of a test on that task.
  [[nodiscard]] measure::Sparsity sparsity(std::int64_t task, TestBench& with) const;
  // Part `part` of a test, see partsOfTest().
  [[nodiscard]] measure::Counts test(const Test& test, std::int64_t part, TestBench& with) const;

  // Layers, paths and strip as they stand between two meta-steps.
  void show(link::Snapshot& snapshot) const;
  void showStrip(link::StimulusStrip& strip) const;
  // What it learns, in order.
  [[nodiscard]] const data::TaskStream& stream() const { return *stream_; }
  [[nodiscard]] const net::Parameters& parameters() const { return parameters_; }
  [[nodiscard]] std::int64_t taskAtHand() const;  // of the next meta-step, the last at the end

 private:
  [[nodiscard]] std::int64_t taskOf(std::int64_t step) const;
  void gather(std::span<const data::Sample> of, SampleBuffer& to) const;
  [[nodiscard]] std::span<const data::Sample> batchOf(std::int64_t step) const;
  void remember();  // the samples of the meta-step, which is done
  void setStep(std::int64_t step);
  void showActivity(link::Snapshot& snapshot) const;

  std::shared_ptr<const Setting> setting_;
  std::size_t index_;
  std::shared_ptr<const data::TaskStream> stream_;
  net::ParameterBatch batch_parameters_;  // of one
  net::Parameters parameters_;            // views of it
  learn::ReplayMemory memory_;
  std::int64_t step_ = 0;
  learn::StepReport last_;  // of the last meta-step; empty before the first
  net::Lesions lesions_;
  SampleBuffer learned_, replayed_;
};

}  // namespace dentate::run
