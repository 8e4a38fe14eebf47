#include "engine/run/batch.h"

#include <utility>

namespace dentate::run {

Batch::Batch(const Setting& setting, std::size_t replica)
    : plan_(setting.plan(replica)),
      device_(setting.batch_device.value()),
      rule_(setting, replica, learn::Body::Aten) {}

void Batch::learn(std::span<Course* const> courses, const Rates& rates, std::int64_t step,
                  const std::function<bool()>& over) {
  hold(courses);
  parameters_.steps = courses.front()->replica().stepsDone();
  std::vector<net::Lesions> lesions;
  for (const auto* const course : courses) lesions.push_back(course->replica().lesions());
  auto& rule = rule_.with(rates, lesions);
  while (stepOnce(courses, rule) && courses.front()->replica().stepsDone() < step && !over()) {
  }
  for (std::size_t i = 0; i < courses.size(); ++i)
    courses[i]->inHand().takeHome(parameters_.replica(static_cast<std::int64_t>(i)));
}

// Replicas change while the device has them by learning alone.
void Batch::hold(std::span<Course* const> courses) {
  std::vector<std::size_t> wanted;
  for (const auto* const course : courses) wanted.push_back(course->index());
  if (wanted == held_) return;
  const auto count = static_cast<std::int64_t>(wanted.size());
  if (wanted.size() != std::exchange(held_, {}).size()) {
    parameters_ = {};
    parameters_ = net::emptyParameters(plan_, count, at::TensorOptions(at::kFloat).device(device_));
    inputs_.resize(wanted.size());
    reports_.resize(wanted.size());
  }
  for (std::size_t i = 0; i < courses.size(); ++i)
    parameters_.replica(static_cast<std::int64_t>(i)).copyFrom(courses[i]->replica().parameters());
  held_ = std::move(wanted);
}

// False where a network fails.
bool Batch::stepOnce(std::span<Course* const> courses, learn::Rule& rule) {
  for (std::size_t i = 0; i < courses.size(); ++i) inputs_[i] = courses[i]->inHand().prepare();
  rule.step(parameters_, inputs_, reports_);
  bool all_well = true;
  for (std::size_t i = 0; i < courses.size(); ++i) {
    courses[i]->inHand().conclude(reports_[i]);
    all_well = courses[i]->note() && all_well;
  }
  return all_well;
}

}  // namespace dentate::run
