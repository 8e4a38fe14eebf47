#include "engine/run/pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>

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

}  // namespace
}  // namespace dentate::run
