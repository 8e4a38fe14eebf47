// A dataset that is not there is fetched from the window, from a server that is slow, breaks off or
// sends another file.
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <optional>

#include "engine/run/run_thread.h"
#include "imgui_te_context.h"
#include "tests/engine/data/local_server.h"
#include "tests/ui/gui_bench.h"

namespace dentate::tests {
namespace {

namespace fs = std::filesystem;
using link::Phase;
using namespace std::chrono_literals;

constexpr const char* kName = "cifar-100-binary.tar.gz";
constexpr const char* kFetch = "//Experiment/**/###fetch-cifar-100";
constexpr const char* kStop = "//Experiment/**/###stop-fetch";

std::shared_ptr<void> startEngine(link::Channel& channel) {
  return std::make_shared<run::RunThread>(channel, "assets", /*threads=*/1);
}

class FetchTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  }
  // Served as CIFAR-100; no loader reads it.
  BenchSetup setup(const std::string& server) const {
    return {.workspace = ui::Workspace::Lab,
            .seeds = 1,
            .start_run = startEngine,
            .sources = {{spec::DatasetKind::Cifar100,
                         "cifar-100",
                         {{server + "/" + kName, all_.size(), data::sumOf(all_)}}}}};
  }
  static bool has(ImGuiTestContext* ctx, const char* item) { return ctx->ItemExists(item); }
  // CIFAR-100 is chosen, in vain: whether fetching it is offered then, and not before.
  static bool choose(GuiBench& bench, ImGuiTestContext* ctx) {
    if (!waitFor(
            ctx, [&] { return bench.now().phase == Phase::Ready; }, 1500))
      return false;
    if (has(ctx, kFetch)) return false;
    ctx->SetRef(ctx->WindowInfo("//Experiment/values").ID);
    ctx->ItemClick("##data.dataset");
    ctx->Yield(2);
    ctx->ItemClick("//##Combo_00/cifar-100");
    ctx->Yield(2);
    return bench.laboratory().session().draft.refused("data.dataset") != nullptr &&
           has(ctx, kFetch);
  }
  static void picture(GuiBench& bench, ImGuiTestContext* ctx) {
    ctx->Yield(2);
    bench.screenshotNext();
    ctx->Yield(2);
  }
  // The fetch of that number, once it has ended; none where it does not.
  static std::optional<link::FetchView> ended(GuiBench& bench, ImGuiTestContext* ctx,
                                              std::uint64_t number) {
    const auto over = [&] {
      const auto& fetch = bench.now().fetch;
      return fetch && fetch->number == number && !fetch->running;
    };
    return waitFor(ctx, over, 1500) ? bench.now().fetch : std::nullopt;
  }

  const std::string all_ = std::string(3'000'000, 'x');
};

TEST_F(FetchTest, ASlowOneIsSeenStoppedGoneOnWithAndChosen) {
  std::atomic<int> connections = 0;
  std::atomic<std::size_t> range = 0;
  std::atomic<bool> over = false;
  data::LocalServer server([&](const auto& request, const auto& send) {
    if (++connections > 1) {
      range = data::rangeOf(request);
      return data::serve(all_, request, send);
    }
    send(data::head("200 OK", all_.size()));
    for (std::size_t at = 0; at < 2'000'000 && !over; at += 20'000) {
      if (!send(all_.substr(at, 20'000))) return;
      std::this_thread::sleep_for(5ms);
    }
    while (!over && send("")) std::this_thread::sleep_for(5ms);
  });
  GuiBench bench(setup(server.url()));
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(choose(bench, ctx));
    const auto& draft = bench.laboratory().session().draft;
    ctx->ItemClick(kFetch);
    ctx->KeyPress(ImGuiKey_Space);  // the run goes on meanwhile
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().fetch && bench.now().fetch->done > 1'000'000; }, 1500));
    IM_CHECK(bench.now().fetch->running);
    IM_CHECK(!has(ctx, kFetch));
    const auto step = bench.now().step;
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().step > step; }, 1500));
    picture(bench, ctx);
    ctx->ItemClick(kStop);
    over = true;
    const auto stopped = ended(bench, ctx, 1);
    IM_CHECK(stopped && !stopped->failure && stopped->path.empty());
    IM_CHECK(stopped->done >= 1'000'000 && stopped->done < all_.size());
    IM_CHECK(draft.spec().data.dataset == spec::DatasetKind::Mnist10k);
    IM_CHECK(waitFor(ctx, [&] { return has(ctx, kFetch); }));
    const auto kept = fs::file_size(bench.output() / "data" / (std::string(kName) + ".part"));
    ctx->ItemClick(kFetch);
    const auto whole = ended(bench, ctx, 2);
    IM_CHECK(whole && !whole->failure);
    IM_CHECK_EQ(range.load(), kept);
    ctx->Yield(2);
    IM_CHECK(draft.spec().data.dataset == spec::DatasetKind::Cifar100);
    IM_CHECK_STR_EQ(draft.spec().data.path.c_str(), (bench.output() / "data" / kName).c_str());
    IM_CHECK(draft.refused("data.dataset") == nullptr);
    IM_CHECK_EQ(draft.spec().network.layers[0].units, 3072);
    IM_CHECK(!has(ctx, kFetch));
  }));
  over = true;
  bench.write("fetch-progress.png");
}

TEST_F(FetchTest, AnotherFileIsRefusedAndALengthThatIsALie) {
  std::atomic<int> connections = 0;
  data::LocalServer server([&](const auto& request, const auto& send) {
    if (++connections == 1) return data::serve("<html>sign in</html>", request, send);
    send(data::head("200 OK", 1000));
    send(all_);
  });
  GuiBench bench(setup(server.url()));
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(choose(bench, ctx));
    picture(bench, ctx);
    bench.write("fetch-offer.png");
    const auto& session = bench.laboratory().session();
    for (const std::uint64_t number : {1U, 2U}) {
      ctx->ItemClick(kFetch);
      const auto view = ended(bench, ctx, number);
      IM_CHECK(view && view->failure);
      IM_CHECK(view->failure->what.find("sends another file") != std::string::npos);
      ctx->Yield(2);
      IM_CHECK_EQ(session.log.unreadErrors(), number);
      IM_CHECK(session.draft.spec().data.dataset == spec::DatasetKind::Mnist10k);
      IM_CHECK(!fs::exists(bench.output() / "data" / kName));
    }
    picture(bench, ctx);
  }));
  bench.write("fetch-refused.png");
}

// As the preset cifar100 is: the path is there before the file.
TEST_F(FetchTest, OneThatBreaksOffIsTakenUpAgainToThePathOfTheDraft) {
  data::LocalServer server([&](const auto& request, const auto& send) {
    data::serve(all_, request, send, /*most=*/1'100'000);
  });
  GuiBench bench(setup(server.url()));
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(choose(bench, ctx));
    const auto& draft = bench.laboratory().session().draft;
    const auto file = bench.output() / "mine" / kName;
    ctx->ItemInputValue("//Experiment/**/##data.path", file.c_str());
    IM_CHECK(draft.spec().data.dataset == spec::DatasetKind::Cifar100);
    ctx->ItemClick(kFetch);
    const auto whole = ended(bench, ctx, 1);
    IM_CHECK(whole && !whole->failure);
    IM_CHECK_EQ(fs::file_size(file), all_.size());
    IM_CHECK(waitFor(
        ctx, [&] { return !has(ctx, kFetch); }, 1500));
    IM_CHECK_STR_EQ(draft.spec().data.path.c_str(), file.c_str());
  }));
  EXPECT_EQ(server.connections(), 3);
}

TEST_F(FetchTest, OfflineItSaysSoAndWhereToPutTheFile) {
  std::string url;
  {
    data::LocalServer gone([](const auto&, const auto&) {});
    url = gone.url();
  }
  GuiBench bench(setup(url));
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(choose(bench, ctx));
    ctx->ItemClick(kFetch);
    const auto view = ended(bench, ctx, 1);
    IM_CHECK(view && view->failure);
    IM_CHECK(view->failure->what.find("seems to be offline") != std::string::npos);
    IM_CHECK(view->failure->what.find("put it at " + (bench.output() / "data" / kName).string()) !=
             std::string::npos);
    picture(bench, ctx);
  }));
  bench.write("fetch-offline.png");
}

}  // namespace
}  // namespace dentate::tests
