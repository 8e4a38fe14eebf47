// Rates of learning, measured against the yardstick.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "engine/learn/rule.h"
#include "tests/bench/row.h"
#include "tests/bench/subject.h"

namespace dentate::bench {

class Cohort;

struct Member {
  learn::Body body = learn::Body::Cpu;
  std::int64_t replicas = 1, threads = 1;
  std::int64_t steps_a_turn = 1;
};

// What is measured side by side: the members, the yardstick and a matrix product.
struct Group {
  std::string network;   // experimentOf (subject.h)
  bool trained = false;  // at the activity of the end of the stream; members of one replica only
  std::int64_t order = 1;
  std::vector<Member> members;
};

[[nodiscard]] std::vector<Group> learningGroups(bool quick);

// Whether a row is wanted, by the words that describe it: "two-layer untrained cpu order-1
// replicas-10 threads-1 turn-20".
using Wanted = std::function<bool(const std::string& row)>;

// The yardstick's row first. Empty where no member is wanted; a body that refuses is named on
// stderr and left out.
[[nodiscard]] spec::Result<std::vector<LearningRow>> measure(const Group& group,
                                                             const Wanted& wanted, Pace pace);

// One network that has learned its whole stream, by the fastest body.
[[nodiscard]] spec::Result<std::shared_ptr<Cohort>> trainedCohort(
    const std::shared_ptr<const Subject>& subject);

}  // namespace dentate::bench
