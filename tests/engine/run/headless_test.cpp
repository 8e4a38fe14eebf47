#include "engine/run/headless.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/run/experiment.h"
#include "tests/engine/run/same_record.h"
#include "tests/engine/run/small_experiment.h"

namespace dentate::run {
namespace {

using test::setting;
using test::smallExperiment;

TEST(Headless, GivesTheNumbersOfALiveRunOnAnyNumberOfThreads) {
  auto spec = smallExperiment();
  spec.replicas.seeds = 11;  // more than are held at once
  Experiment live(setting(spec), {.threads = 2});
  const auto expected = test::recordOf(live.advance({.until = live.end()}));
  for (const int threads : {1, 2, 3}) {
    Progress last;
    const auto run = runHeadless(setting(spec), threads, {}, [&](const Progress& p) { last = p; });
    ASSERT_FALSE(run.failure.has_value());
    EXPECT_EQ(last.done, 11 * workInAll(spec));
    EXPECT_EQ(last.in_all, 11 * workInAll(spec));
    EXPECT_EQ(last.steps, 11 * 9);
    test::expectSameRecord(run.record, expected);
    ASSERT_EQ(run.record.summaries.size(), 11U);
    for (std::size_t r = 0; r < 11; ++r) {
      EXPECT_EQ(run.record.summaries[r].ra, live.summaries()[r].ra);
      EXPECT_EQ(run.record.summaries[r].m, live.summaries()[r].m);
      EXPECT_TRUE(run.record.summaries[r].finished);
    }
  }
}

TEST(Headless, EndsOnRequestWithWhatItHas) {
  std::stop_source stop;
  auto spec = smallExperiment();
  spec.stream.samples_per_task = 4000;
  spec.replicas.seeds = 30;
  const auto run = runHeadless(setting(spec), 1, stop.get_token(), [&](const Progress& p) {
    if (p.steps >= 2) stop.request_stop();
  });
  EXPECT_FALSE(run.failure.has_value());
  ASSERT_GE(run.record.summaries.size(), 1U);
  EXPECT_LT(run.record.summaries.size(), 30U) << "the others did not begin";
  EXPECT_FALSE(run.record.summaries[0].finished);
  EXPECT_TRUE(std::isnan(run.record.summaries[0].ra));
  EXPECT_GE(run.record.steps.size(), 2U);
}

}  // namespace
}  // namespace dentate::run
