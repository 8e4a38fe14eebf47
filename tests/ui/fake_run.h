// A run without an engine: a thread that obeys the commands and publishes plausible snapshots and
// metric points, so that the window can be developed and tested alone. Its numbers are drawn from
// formulas of the step, the same on every machine.
#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "engine/link/channel.h"
#include "engine/spec/graph.h"

namespace dentate::tests {

class FakeRun {
 public:
  // `full_speed`: meta-steps a second where there is no limit.
  explicit FakeRun(link::Channel& channel, double full_speed = 400);
  ~FakeRun();
  FakeRun(const FakeRun&) = delete;
  FakeRun& operator=(const FakeRun&) = delete;

 private:
  void loop();
  void obey(const link::Ticketed& command);
  void load(const spec::ExperimentSpec& experiment);
  void begin();
  void advance();
  void finishTask(std::int64_t task);
  void publish();
  void save(const std::string& folder);
  [[nodiscard]] double speed() const;
  [[nodiscard]] double activeFraction(const spec::Variant& variant, std::size_t layer,
                                      double task) const;
  [[nodiscard]] double alpha(const spec::Variant& variant, std::size_t path, double task) const;
  [[nodiscard]] double inhibition(const spec::Variant& variant, std::size_t layer,
                                  double task) const;
  [[nodiscard]] link::SummaryPoint summaryOf(std::size_t replica) const;
  [[nodiscard]] link::SparsityPoint sparsityOf(std::size_t replica, std::int64_t task) const;
  [[nodiscard]] link::StepPoint point(std::size_t replica) const;
  [[nodiscard]] link::StimulusStrip strip() const;
  [[nodiscard]] std::vector<float> activity(std::size_t layer, double share) const;

  link::Channel& channel_;
  double full_speed_;
  std::vector<std::uint8_t> sheet_;  // the digits of assets/mnist-10k.png; empty without
  std::string labels_;
  std::shared_ptr<const spec::ExperimentSpec> spec_;
  spec::Graph graph_;
  link::Snapshot state_;
  std::int64_t saved_step_ = -1;
  std::int64_t stop_at_ = -1;  // pause when this step is reached; -1: never
  double owed_ = 0;            // meta-steps that are due
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace dentate::tests
