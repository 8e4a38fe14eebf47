// Runs that were dropped are set aside for a while, and come back to where they were.
#include <gtest/gtest.h>

#include <vector>

#include "engine/run/runs.h"
#include "tests/engine/run/running.h"
#include "tests/engine/run/small_experiment.h"

namespace dentate::run {
namespace {

class DroppedRuns : public test::RunningTest {
 protected:
  void load() { awaitApplied(send(link::Load{test::smallExperiment()})); }
  link::SnapshotPtr branch() { return awaitApplied(send(link::Branch{})); }
};

TEST_F(DroppedRuns, ComeBackToTheirPlacesInAnyOrder) {
  load();
  std::vector<std::uint64_t> runs;
  for (int i = 0; i < 3; ++i) runs.push_back(branch()->run);
  for (const auto run : runs) awaitApplied(send(link::DropRun{run}));
  const auto dropped = channel.snapshots.get()->dropped;
  ASSERT_EQ(dropped.size(), 3U);
  EXPECT_EQ(dropped.back().run, runs[2]);
  EXPECT_EQ(awaitApplied(send(link::BringBackRun{runs[1]}))->dropped.size(), 2U);
  EXPECT_TRUE(awaitApplied(send(link::BringBackRun{runs[1]}))->failure.has_value());
  for (const auto run : {runs[2], runs[0]}) awaitApplied(send(link::BringBackRun{run}));
  const auto back = channel.snapshots.get();
  ASSERT_EQ(back->runs.size(), 4U);
  EXPECT_EQ(back->runs[1].run, runs[0]);
  EXPECT_EQ(back->runs[3].name, "branch 3");
  EXPECT_TRUE(back->dropped.empty());
}

TEST_F(DroppedRuns, AreKeptUpToANumber) {
  load();
  const auto first = branch()->run;
  awaitApplied(send(link::DropRun{first}));
  for (std::size_t i = 1; i < Runs::kMostDropped; ++i)
    awaitApplied(send(link::DropRun{branch()->run}));
  EXPECT_EQ(channel.snapshots.get()->dropped.front().run, first);
  const auto now = awaitApplied(send(link::DropRun{branch()->run}));
  EXPECT_EQ(now->dropped.size(), Runs::kMostDropped);
  EXPECT_NE(now->dropped.front().run, first);
}

}  // namespace
}  // namespace dentate::run
