// The tensor body on a device that holds no numbers, and the recording of its launches.
#include "engine/net/aten_body.h"

#include <ATen/core/GraphImplInterface.h>
#include <c10/util/Exception.h>
#include <gtest/gtest.h>

#include "engine/learn/low_rank_step.h"
#include "engine/net/launch_graph.h"
#include "tests/engine/learn/random_problem.h"

namespace dentate::test {
namespace {

const c10::Device kMeta(at::kMeta);

// Counts what is asked of it; the launches themselves go to the device that has no numbers.
struct CountingGraph final : at::GraphImplInterface {
  explicit CountingGraph(const at::GraphImplArgs& /*args*/) {}
  void capture_begin(at::MempoolId_t /*pool*/, at::GraphCaptureMode /*mode*/) override {
    ++captures;
  }
  void capture_end() override {}
  void instantiate() override {}
  void replay() override { ++replays; }
  void reset() override {}
  [[nodiscard]] at::MempoolId_t pool() const override { return {0, 0}; }
  void enable_debug_mode() override {}
  void debug_dump(const std::string& /*path*/) override {}
  static inline int captures = 0, replays = 0;
};

// A step has a value read back nowhere, or the meta device would refuse it.
void step(const RandomProblem& problem, net::ParameterBatch& parameters, net::Primitives& body,
          const net::Descent& descent) {
  std::vector<net::MetaBatch> samples;
  for (const auto& [batch, replay] : problem.steps[0])
    samples.push_back({replay.count, batch.count, replay.x, batch.x, replay.category,
                       batch.category, replay.item, batch.item});
  body.begin(parameters, samples);
  body.perform(descent,
               [&] { learn::lowRankStep(problem.plan, samples.front().batch, descent, body); });
}

constexpr net::Descent kDescent{
    .learns_alpha = true, .learns_m = true, .alpha_lr = 0.01, .m_lr = 0.01, .clip_norm = 1};

// First: later tests register a graph for the meta device.
TEST(AtenBody, NoMetaStepReadsAValueBack) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto problem = randomProblem(seed, 0);
    auto parameters = net::emptyParameters(problem.plan, problem.start.replicas(),
                                           at::TensorOptions(at::kFloat).device(kMeta));
    net::AtenBody body(problem.plan);
    body.setLesions({&problem.lesions, 1});
    EXPECT_NO_THROW(step(problem, parameters, body, kDescent)) << "seed " << seed;
    // What does read back is noticed.
    std::vector<net::Measured> measured(problem.steps[0].size());
    EXPECT_THROW(body.report(measured), c10::Error);
  }
}

TEST(LaunchGraph, MakesLaunchesOnTheCpuEveryTime) {
  net::LaunchGraph graph;
  int made = 0;
  for (int i = 0; i < 4; ++i) graph.run(at::kCPU, [&] { ++made; });
  EXPECT_EQ(made, 4);
}

TEST(LaunchGraph, RecordsTheSecondTimeAndReplaysFromThenOn) {
  at::GraphImplRegistry()->Register(
      "META", [](const at::GraphImplArgs& args) { return std::make_unique<CountingGraph>(args); });
  ASSERT_TRUE(at::has_graph_impl(at::kMeta));

  const auto problem = randomProblem(/*seed=*/1, 0);
  const auto options = at::TensorOptions(at::kFloat).device(kMeta);
  auto parameters = net::emptyParameters(problem.plan, problem.start.replicas(), options);
  net::AtenBody body(problem.plan);
  const auto expectAfterStep = [&](const RandomProblem& of, const net::Descent& descent,
                                   int captures, int replays) {
    step(of, parameters, body, descent);
    EXPECT_EQ(CountingGraph::captures, captures);
    EXPECT_EQ(CountingGraph::replays, replays);
  };
  expectAfterStep(problem, kDescent, 0, 0);
  expectAfterStep(problem, kDescent, 1, 1);
  expectAfterStep(problem, kDescent, 1, 2);
  // Other rates, other counts, other lesions: what was recorded holds no longer.
  auto faster = kDescent;
  faster.m_lr = 0.5;
  expectAfterStep(problem, faster, 1, 2);
  expectAfterStep(problem, faster, 2, 3);
  auto smaller = problem;
  for (auto& each : smaller.steps[0]) each.replay = {};
  expectAfterStep(smaller, faster, 2, 3);
  expectAfterStep(smaller, faster, 3, 4);
  const net::Lesions cut{{}, {1}};
  body.setLesions({&cut, 1});
  expectAfterStep(smaller, faster, 3, 4);
}

}  // namespace
}  // namespace dentate::test
