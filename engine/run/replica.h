// One network with its stream, memory and rule: a replica of the experiment.
//
// Everything random in it comes from generators seeded by (seed, purpose), so a replica's numbers
// do not depend on which others run, or where.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/learn/memory.h"
#include "engine/learn/rule.h"
#include "engine/link/metric.h"
#include "engine/link/snapshot.h"
#include "engine/measure/evaluate.h"
#include "engine/run/setting.h"

namespace dentate::run {

// Samples in memory of their own, used again and again.
struct SampleBuffer {
  std::int64_t count = 0;
  std::vector<float> x;
  std::vector<std::int32_t> category, item;
  std::vector<std::uint8_t> pixels;  // of the image at hand
  [[nodiscard]] learn::Samples samples() const { return {count, x, category, item}; }
};

class Replica {
 public:
  static spec::Result<std::unique_ptr<Replica>> make(std::shared_ptr<const Setting> setting,
                                                     std::size_t index);

  // All that a replica needs to go on in the same numbers, given the same setting.
  struct State {
    std::int64_t step;  // meta-steps done
    net::Parameters parameters;
    learn::ReplayMemory memory;
    double alpha_lr, m_lr;   // in force
    learn::StepReport last;  // of the last meta-step
  };
  [[nodiscard]] State state() const;
  void restore(const State& state);

  [[nodiscard]] std::size_t index() const { return index_; }
  [[nodiscard]] std::int64_t stepsDone() const { return step_; }
  // Alpha and m as they are now; loss and activity are those of the last step().
  [[nodiscard]] link::StepPoint point() const;
  // The next meta-step. There must be one left.
  link::StepPoint step();
  // On test images of the task, or on its training images where they have item labels.
  [[nodiscard]] measure::Evaluation test(std::int64_t task, spec::Pathway lesion) const;

  void setRates(double alpha_lr, double m_lr);
  // Layers, paths and strip as they stand between two meta-steps.
  void show(link::Snapshot& snapshot) const;
  [[nodiscard]] const net::Parameters& parameters() const { return parameters_; }

 private:
  Replica(std::shared_ptr<const Setting> setting, std::size_t index);
  [[nodiscard]] std::int64_t taskOf(std::int64_t step) const;
  void gather(const std::vector<data::Sample>& of, SampleBuffer& to) const;
  [[nodiscard]] std::vector<data::Sample> batchOf(std::int64_t step) const;
  void showStrip(link::StimulusStrip& strip) const;
  void showActivity(link::Snapshot& snapshot) const;

  std::shared_ptr<const Setting> setting_;
  std::size_t index_;
  data::TaskStream stream_;
  net::ParameterBatch batch_parameters_;
  net::Parameters parameters_;  // views of it
  learn::ReplayMemory memory_;
  std::unique_ptr<learn::Rule> rule_;
  double alpha_lr_, m_lr_;  // in force
  std::int64_t step_ = 0;
  learn::StepReport last_;  // of the last meta-step; empty before the first
  SampleBuffer learned_, replayed_;
};

}  // namespace dentate::run
