// What is tested after a task, and how the work of a replica is counted.
//
// A unit of work is a meta-step or a test; a test is done in parts, so that it can be interrupted
// and shared between workers.
#pragma once
#include <cstdint>
#include <vector>

#include "engine/spec/experiment.h"

namespace dentate::run {

struct Test {  // an entry of an accuracy matrix, or of the summary with a pathway out
  std::int64_t task = 0;
  spec::Pathway lesion = spec::Pathway::None;
  bool operator==(const Test&) const = default;
};

// In order, after learning `task`; only what the spec asks for. At the end of a dual stream each
// pathway is left out in turn, to tell item memory from category knowledge.
[[nodiscard]] std::vector<Test> testsAfter(const spec::ExperimentSpec& spec, std::int64_t task);

// Of one replica, from its first meta-step to its last test.
[[nodiscard]] std::int64_t testsInAll(const spec::ExperimentSpec& spec);
[[nodiscard]] std::int64_t workInAll(const spec::ExperimentSpec& spec);

// Samples of a test: of the test images, or of the training images where they have item labels.
[[nodiscard]] std::int64_t testSamples(const spec::ExperimentSpec& spec);
inline constexpr std::int64_t kPartSamples = 250;  // of a test that are done at once, at most
[[nodiscard]] std::int64_t partsOfTest(const spec::ExperimentSpec& spec);

}  // namespace dentate::run
