#include "engine/run/workers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "engine/run/experiment.h"
#include "engine/run/pool.h"
#include "engine/spec/graph.h"
#include "tests/engine/run/advancing.h"
#include "tests/engine/run/same_record.h"
#include "tests/engine/run/small_experiment.h"

namespace dentate::run {
namespace {

TEST(Pool, DoesTheJobOnceOnEveryThreadAtEveryCall) {
  Pool pool(4);
  EXPECT_EQ(pool.threads(), 4U);
  std::vector<int> calls(4);  // each thread writes its own
  for (int i = 1; i <= 200; ++i) {
    pool.run([&](std::size_t thread) { ++calls[thread]; });
    ASSERT_EQ(calls, std::vector<int>(4, i));
  }
}

TEST(Pool, TheCallerIsTheFirstThread) {
  Pool pool(3);
  std::vector<std::thread::id> ids(3);
  pool.run([&](std::size_t thread) { ids[thread] = std::this_thread::get_id(); });
  EXPECT_EQ(ids[0], std::this_thread::get_id());
  EXPECT_EQ(std::set<std::thread::id>(ids.begin(), ids.end()).size(), 3U);
}

TEST(Pool, OfNoneOrOneIsTheCallerAlone) {
  for (const std::size_t threads : {0, 1}) {
    Pool pool(threads);
    int calls = 0;
    pool.run([&](std::size_t) { ++calls; });
    EXPECT_EQ(calls, 1);
  }
}

TEST(Workers, LetTheirOwnerLookAtANetworkWhileTheyGoOn) {
  auto spec = test::smallExperiment();
  spec.replicas.seeds = 4;
  const auto setting = test::setting(spec);
  Experiment plain(setting);
  plain.begin();
  const auto expected = test::recordOf(test::advanceToEnd(plain));
  for (const std::size_t threads : {1U, 2U, 3U}) {
    Experiment e(setting, {.threads = threads});
    e.begin();
    std::vector<link::MetricPoint> points;
    std::vector<std::int64_t> steps;
    int asked = 0;
    const Glance glance{.place = 2,
                        .due = [&] { return ++asked > 3; },
                        .look =
                            [&] {
                              asked = 0;
                              test::append(points, e.takePoints());
                              link::Snapshot shown;
                              e.replica(2).show(shown);
                              steps.push_back(e.replica(2).stepsDone());
                            }};
    test::append(points, e.advance({.until = e.end(), .glance = glance}));
    EXPECT_TRUE(std::is_sorted(steps.begin(), steps.end()));
    if (threads == 1) {  // of several, the others may have done all the work
      EXPECT_GT(steps.size(), 5U);
      EXPECT_TRUE(
          std::any_of(steps.begin(), steps.end(), [](auto at) { return at > 0 && at < 9; }));
    }
    test::expectSameRecord(test::recordOf(points), expected);
  }
}

// Otherwise every look would leave a network behind whose weights are fetched from memory again.
TEST(Workers, EndABlockThatALookBrokeOff) {
  auto spec = test::smallExperiment();
  spec.replicas.seeds = 4;
  const auto block = spec::stepsPerTask(spec);
  Experiment e(test::setting(spec), {.threads = 1, .block = block});
  e.begin();
  int asked = 0, looks = 0;
  const auto look = [&] {
    asked = 0;
    ++looks;
    int broken_off = 0;
    for (std::size_t r = 0; r < e.size(); ++r)
      if (e.replica(r).stepsDone() % block != 0) ++broken_off;
    EXPECT_LE(broken_off, 1);
  };
  e.advance(
      {.until = e.end(), .glance = {.place = 2, .due = [&] { return ++asked > 1; }, .look = look}});
  EXPECT_TRUE(e.finished());
  EXPECT_GT(looks, 5);
}

// Networks that stand at different places, each of which is copied at its own end of a task; and an
// experiment that goes on from the copies ends in the same bits.
TEST(Experiment, IsCopiedAsItsNetworksComeToTheEndsOfTasks) {
  auto spec = test::smallExperiment();
  spec.replicas.seeds = 3;
  const auto setting = test::setting(spec);
  Experiment e(setting);
  (void)e.begin();
  test::advanceSome(e, 4);
  EXPECT_FALSE(e.atTaskEnds(true)) << "asked for";
  std::optional<Experiment::State> state;
  while (!state && !e.finished()) {
    test::advanceSome(e, 1);
    state = e.atTaskEnds(true);
  }
  ASSERT_TRUE(state);
  std::int64_t steps = 0, tests = 0;
  for (const auto& course : state->courses) {
    EXPECT_EQ(course.steps % 3, 0);
    EXPECT_GT(course.steps, 0);
    EXPECT_TRUE(course.tests.empty());
    steps += course.steps;
    tests += course.steps / 3 * 3;  // on three tasks after each
  }
  EXPECT_EQ(state->done.steps, steps);
  EXPECT_EQ(state->done.tests, tests);
  Experiment other(setting);
  other.restore(*state);
  (void)other.advance({.until = other.end()});
  (void)e.advance({.until = e.end()});
  EXPECT_EQ(other.done().all(), other.inAll().all());
  for (std::size_t r = 0; r < 3; ++r)
    for (std::size_t p = 0; p < spec.network.paths.size(); ++p)
      EXPECT_TRUE(
          e.replica(r).parameters().weights[p].equal(other.replica(r).parameters().weights[p]));
}

}  // namespace
}  // namespace dentate::run
