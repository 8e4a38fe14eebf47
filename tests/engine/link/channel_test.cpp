#include "engine/link/channel.h"

#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <thread>
#include <utility>
#include <vector>

namespace dentate::link {
namespace {

constexpr std::size_t kThreads = 3;
constexpr std::int64_t kEach = 2'000;

SnapshotPtr snapshotAt(std::int64_t step) {
  Snapshot snapshot;
  snapshot.step = step;
  return std::make_shared<const Snapshot>(std::move(snapshot));
}

StepPoint pointAt(std::int64_t step) {
  StepPoint point;
  point.step = step;
  return point;
}

TEST(CommandQueue, GivesEachCommandOnceInTheOrderOfItsTicket) {
  CommandQueue queue;
  EXPECT_EQ(queue.put(Play{}), 1U);
  EXPECT_EQ(queue.put(Pause{}), 2U);
  auto taken = queue.drain();
  ASSERT_EQ(taken.size(), 2U);
  EXPECT_EQ(taken[0].ticket, 1U);
  EXPECT_TRUE(std::holds_alternative<Play>(taken[0].command));
  EXPECT_TRUE(std::holds_alternative<Pause>(taken[1].command));
  EXPECT_TRUE(queue.drain().empty());
  EXPECT_EQ(queue.put(Reset{}), 3U);  // tickets go on
}

TEST(CommandQueue, CallsFromACommandOrAWakeUntilItIsDrained) {
  CommandQueue queue;
  EXPECT_FALSE(queue.calls());
  queue.put(Pause{});
  EXPECT_TRUE(queue.calls());
  EXPECT_EQ(queue.drain().size(), 1U);
  EXPECT_FALSE(queue.calls());
  queue.wake();
  EXPECT_TRUE(queue.calls());
  EXPECT_TRUE(queue.drain().empty());
  EXPECT_FALSE(queue.calls());
}

TEST(CommandQueue, LosesNothingBetweenThreads) {
  CommandQueue queue;
  std::vector<std::set<Ticket>> given(kThreads);
  std::vector<std::jthread> writers;
  writers.reserve(kThreads);
  for (std::size_t i = 0; i < kThreads; ++i) {
    writers.emplace_back([&queue, &mine = given[i]] {
      Ticket last = 0;
      for (std::int64_t n = 0; n < kEach; ++n) {
        const Ticket ticket = queue.put(StepMeta{});
        EXPECT_GT(ticket, last);
        mine.insert(last = ticket);
      }
    });
  }
  std::vector<Ticket> taken;
  while (taken.size() < kThreads * std::size_t{kEach}) {
    queue.waitFor(/*seconds=*/10);
    for (const auto& entry : queue.drain()) taken.push_back(entry.ticket);
  }
  for (std::size_t i = 0; i < taken.size(); ++i) ASSERT_EQ(taken[i], i + 1);
  writers.clear();
  std::set<Ticket> all;
  for (auto& mine : given) all.merge(mine);
  EXPECT_EQ(all.size(), taken.size());  // no ticket was given twice
  EXPECT_TRUE(queue.drain().empty());
}

TEST(CommandQueue, WaitsForACommandAWakeOrTheTime) {
  const auto waited = [](CommandQueue& queue, double seconds) {
    const auto begin = std::chrono::steady_clock::now();
    queue.waitFor(seconds);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  CommandQueue queue;
  EXPECT_GE(waited(queue, 0.02), 0.02);
  queue.wake();  // before the wait: not lost
  EXPECT_LT(waited(queue, 30), 15);
  EXPECT_GE(waited(queue, 0.02), 0.02);  // and used up
  queue.put(Play{});
  EXPECT_LT(waited(queue, 30), 15);
  EXPECT_LT(waited(queue, 30), 15);  // still waiting to be drained
  EXPECT_EQ(queue.drain().size(), 1U);

  std::jthread later([&queue] {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    queue.put(Pause{});
  });
  EXPECT_LT(waited(queue, 30), 15);
}

TEST(Mailbox, HoldsTheNewest) {
  Mailbox mailbox;
  ASSERT_NE(mailbox.get(), nullptr);  // from the start
  EXPECT_EQ(mailbox.get()->phase, Phase::Empty);
  for (std::int64_t step = 1; step <= 3; ++step) mailbox.put(snapshotAt(step));
  EXPECT_EQ(mailbox.get()->step, 3);
  EXPECT_EQ(mailbox.get(), mailbox.get());  // reading takes nothing away
}

TEST(Mailbox, NeverGoesBackWhileAnotherThreadWrites) {
  Mailbox mailbox;
  std::jthread writer([&mailbox] {
    for (std::int64_t step = 1; step <= kEach; ++step) mailbox.put(snapshotAt(step));
  });
  for (std::int64_t last = 0; last < kEach;) {
    const SnapshotPtr now = mailbox.get();
    ASSERT_GE(now->step, last);
    last = now->step;
  }
}

TEST(Mailbox, KnowsWhetherTheNewestWasLookedAtAndForHowLong) {
  using namespace std::chrono_literals;
  Mailbox mailbox;
  mailbox.put(std::make_shared<Snapshot>());
  EXPECT_FALSE(mailbox.taken(0ms));
  (void)mailbox.get();
  EXPECT_TRUE(mailbox.taken(0ms));
  EXPECT_FALSE(mailbox.taken(1h));
  std::this_thread::sleep_for(2ms);
  (void)mailbox.get();  // it is the first look that counts
  EXPECT_TRUE(mailbox.taken(2ms));
  mailbox.put(std::make_shared<Snapshot>());
  EXPECT_FALSE(mailbox.taken(0ms));
}

TEST(MetricQueue, LosesNothingAndKeepsTheOrder) {
  MetricQueue queue;
  std::jthread writer([&queue] {
    for (std::int64_t step = 0; step < kEach; ++step) {
      std::vector<MetricPoint> two;
      two.emplace_back(pointAt(2 * step));
      two.emplace_back(pointAt(2 * step + 1));
      queue.put(std::move(two));
    }
  });
  std::int64_t next = 0;
  while (next < 2 * kEach) {
    for (const auto& point : queue.drain()) ASSERT_EQ(std::get<StepPoint>(point).step, next++);
  }
  writer.join();
  EXPECT_TRUE(queue.drain().empty());
}

}  // namespace
}  // namespace dentate::link
