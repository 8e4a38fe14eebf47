// Networks of one condition that learn as one batch on a device. Internal to engine/run.
//
// The device keeps their parameters from block to block. Alpha, m and what was measured come back
// after every meta-step, the weights at the end of a block: whoever tests, shows, lesions or copies
// a network finds it whole in the replica's own tensors.
// Thread one at a time.
#pragma once
#include <functional>
#include <span>
#include <vector>

#include "engine/run/course.h"
#include "engine/run/lent_rule.h"

namespace dentate::run {

class Batch {
 public:
  // For networks of this replica's condition, on the setting's device. `setting` outlives it.
  Batch(const Setting& setting, std::size_t replica);

  // Meta-steps of all `courses`, which stand before the same one, up to `step`; one at least, while
  // not `over` and the numbers of all are finite.
  void learn(std::span<Course* const> courses, const Rates& rates, std::int64_t step,
             const std::function<bool()>& over);

 private:
  void hold(std::span<Course* const> courses);
  bool stepOnce(std::span<Course* const> courses, learn::Rule& rule);

  const net::Plan& plan_;
  c10::Device device_;
  LentRule rule_;
  std::vector<std::size_t> held_;  // replicas whose parameters the device has, in their order
  net::ParameterBatch parameters_;
  std::vector<learn::StepInput> inputs_;
  std::vector<learn::StepReport> reports_;
};

}  // namespace dentate::run
