// A dataset that is fetched while the run goes on.
#include "engine/run/fetcher.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>

#include "tests/engine/data/local_server.h"
#include "tests/engine/data/temp_folder.h"

namespace dentate::run {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class FetcherTest : public testing::Test {
 protected:
  spec::Source source(const std::string& url, const std::string& content) const {
    return {spec::DatasetKind::Cifar10, "cifar-10", {{url, content.size(), data::sumOf(content)}}};
  }
  link::Fetch order(const std::string& url) const {
    return {source(url, all_), folder_.path().string()};
  }
  static link::FetchView ended(const Fetcher& fetcher) {
    for (int i = 0; i < 1000 && fetcher.view()->running; ++i) std::this_thread::sleep_for(10ms);
    return *fetcher.view();
  }
  fs::path file() const { return folder_.path() / "file"; }

  const std::string all_ = std::string(300'000, 'x');
  const data::TempFolder folder_;
  std::atomic<int> told_ = 0;
};

TEST_F(FetcherTest, TellsTheEndAndWhereTheFileIs) {
  data::LocalServer server(
      [&](const auto& request, const auto& send) { data::serve(all_, request, send); });
  Fetcher fetcher([&] { ++told_; });
  EXPECT_FALSE(fetcher.view());
  ASSERT_FALSE(fetcher.begin(order(server.url())));
  EXPECT_TRUE(fetcher.takeNews());
  const auto view = ended(fetcher);
  EXPECT_EQ(view.number, 1U);
  EXPECT_FALSE(view.failure);
  EXPECT_EQ(view.path, file().string());
  EXPECT_EQ(view.done, all_.size());
  for (int i = 0; i < 1000 && told_ == 0; ++i) std::this_thread::sleep_for(1ms);
  EXPECT_GE(told_, 1);
  EXPECT_TRUE(fetcher.takeNews());
  EXPECT_FALSE(fetcher.takeNews());
}

TEST_F(FetcherTest, IsStoppedAndGoesOnLater) {
  std::atomic<bool> slow = true;
  data::LocalServer server([&](const auto& request, const auto& send) {
    const auto first = data::rangeOf(request);
    if (!slow) return data::serve(all_, request, send);
    EXPECT_EQ(first, 0U);
    send(data::head("200 OK", all_.size()));
    send(all_.substr(0, 100'000));
    while (slow) std::this_thread::sleep_for(1ms);
  });
  Fetcher fetcher([&] { ++told_; });
  ASSERT_FALSE(fetcher.begin(order(server.url())));
  for (int i = 0; i < 1000 && fetcher.view()->done < 100'000; ++i)
    std::this_thread::sleep_for(10ms);
  EXPECT_TRUE(fetcher.view()->running);
  const auto second = fetcher.begin(order(server.url()));
  ASSERT_TRUE(second);
  EXPECT_EQ(second->what, "cifar-10 is being fetched; stop that first");
  fetcher.stop();
  auto view = ended(fetcher);
  EXPECT_FALSE(view.running);
  EXPECT_FALSE(view.failure);
  EXPECT_EQ(view.path, "");
  EXPECT_EQ(view.done, 100'000U);
  EXPECT_EQ(fs::file_size(file().string() + ".part"), 100'000U);
  slow = false;
  ASSERT_FALSE(fetcher.begin(order(server.url())));
  view = ended(fetcher);
  EXPECT_EQ(view.number, 2U);
  EXPECT_EQ(view.path, file().string());
  EXPECT_EQ(fs::file_size(file()), all_.size());
}

TEST_F(FetcherTest, SaysWhyItFailed) {
  data::LocalServer server(
      [&](const auto& request, const auto& send) { data::serve("another", request, send); });
  Fetcher fetcher([&] { ++told_; });
  ASSERT_FALSE(fetcher.begin(order(server.url())));
  const auto view = ended(fetcher);
  ASSERT_TRUE(view.failure);
  EXPECT_NE(view.failure->what.find("the server sends another file"), std::string::npos);
  EXPECT_EQ(view.done, 0U);  // nothing of it is kept
  EXPECT_EQ(view.path, "");
  EXPECT_FALSE(fs::exists(file()));
}

TEST_F(FetcherTest, EndsWithItsOwner) {
  std::atomic<bool> over = false;
  data::LocalServer silent([&](const auto& /*request*/, const auto& send) {
    send(data::head("200 OK", all_.size()));
    while (!over) std::this_thread::sleep_for(1ms);
  });
  const auto before = std::chrono::steady_clock::now();
  {
    Fetcher fetcher([&] { ++told_; });
    ASSERT_FALSE(fetcher.begin(order(silent.url())));
    std::this_thread::sleep_for(50ms);
  }
  over = true;
  EXPECT_LT(std::chrono::steady_clock::now() - before, 5s);  // patience is 30 s
}

}  // namespace
}  // namespace dentate::run
