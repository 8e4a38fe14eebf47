#include <gtest/gtest.h>

#include "ui/transport_panel.h"

namespace dentate::ui {
namespace {

// Four tasks of ten meta-steps.
link::Snapshot snapshotOf(spec::Evaluate evaluate, std::size_t networks, std::int64_t tests) {
  spec::ExperimentSpec spec;
  spec.stream.tasks = 4;
  spec.evaluate = evaluate;
  link::Snapshot now;
  now.spec = std::make_shared<const spec::ExperimentSpec>(spec);
  now.total_steps = 40;
  now.variants.resize(networks);
  now.in_all = static_cast<std::int64_t>(networks) * (40 + tests);
  return now;
}

TEST(Play, SaysWhatKeepsItFromRunning) {
  Draft draft;
  spec::ExperimentSpec spec;
  spec.network.layers = {{.name = "in", .role = spec::LayerRole::Input, .units = 784},
                         {.name = "h1"},
                         {.name = "out", .role = spec::LayerRole::Category, .units = 10}};
  spec.network.paths = {{"in", "h1"}, {"h1", "out"}};
  draft.open(spec, "");
  link::Snapshot now;
  EXPECT_EQ(whyNotRun(now, draft), "Nothing is loaded yet: choose an experiment");
  now.spec = std::make_shared<const spec::ExperimentSpec>(spec);
  now.phase = link::Phase::Ready;
  EXPECT_EQ(whyNotRun(now, draft), "");
  EXPECT_EQ(whatWaits(now, draft), "");
  spec.network.paths.pop_back();
  draft.setNetwork(spec.network);
  EXPECT_EQ(whyNotRun(now, draft), "") << "what is loaded can run";
  EXPECT_EQ(whatWaits(now, draft).find("The edited experiment waits: in: "), 0U)
      << whatWaits(now, draft);
  draft.assign("rule.alpha0", "much");
  EXPECT_EQ(whatWaits(now, draft), "The edited experiment waits for a refused value");
  draft.undo();
  now.phase = link::Phase::Failed;
  EXPECT_EQ(whyNotRun(now, draft).find("It cannot be learned: in: "), 0U);
}

TEST(TaskEnds, OfOneNetworkLieEvenly) {
  EXPECT_EQ(taskEnds(snapshotOf(spec::Evaluate::Matrix, 1, 16)),
            (std::vector<double>{0.25, 0.5, 0.75}));
}

TEST(TaskEnds, OfSeveralTakeTheTestsInWithTheirTask) {
  // A task is 10 meta-steps and 4 tests, 14 of 56; the last one is learned at 52.
  EXPECT_EQ(taskEnds(snapshotOf(spec::Evaluate::Matrix, 8, 16)),
            (std::vector<double>{14.0 / 56, 28.0 / 56, 42.0 / 56, 52.0 / 56}));
}

TEST(TaskEnds, TestsAtTheEndAloneHaveAStretchOfTheirOwn) {
  EXPECT_EQ(taskEnds(snapshotOf(spec::Evaluate::Final, 8, 10)),
            (std::vector<double>{0.2, 0.4, 0.6, 0.8}));
}

TEST(TaskEnds, TooManyAreLeftOut) {
  auto now = snapshotOf(spec::Evaluate::Matrix, 1, 0);
  auto spec = *now.spec;
  spec.stream.tasks = 61;
  now.spec = std::make_shared<const spec::ExperimentSpec>(spec);
  EXPECT_TRUE(taskEnds(now).empty());
  EXPECT_TRUE(taskEnds({}).empty());
}

}  // namespace
}  // namespace dentate::ui
