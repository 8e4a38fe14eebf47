// Takes the README's pictures: real runs in the real window.
//   dentate_pictures FOLDER        under a display of at least 1600 x 1000
#include <cstdio>
#include <filesystem>

#include "engine/run/process.h"
#include "engine/run/run_thread.h"
#include "tests/ui/gui_bench.h"

namespace dentate::tests {
namespace {

using link::Phase;

struct Picture {
  const char* name;
  BenchSetup setup;
  std::int64_t step;  // meta-steps learned when it is taken
};

constexpr int kManyFrames = 1'000'000;

bool take(const Picture& picture, const std::filesystem::path& folder) {
  auto setup = picture.setup;
  setup.start_run = [](link::Channel& channel) {
    return std::make_shared<run::RunThread>(channel, "assets");
  };
  GuiBench bench(setup);
  const auto reached = [&](auto&& done) { return bench.drawUntil(done, kManyFrames); };
  if (!reached([&] { return bench.now().phase == Phase::Ready; })) return false;
  bench.channel().commands.put(link::Play{});
  const bool whole = picture.step == bench.now().total_steps;
  if (!reached([&] {
        return whole ? bench.now().phase == Phase::Finished : bench.now().step >= picture.step;
      }))
    return false;
  bench.drawFrames(6);
  bench.screenshot(folder / (std::string(picture.name) + ".png"));
  return true;
}

int takeAll(const std::filesystem::path& folder) {
  const Picture pictures[] = {
      {"lecture", {.config = "configs/split-two-path.json", .seeds = 1}, 290},
      {"two-layers", {.seeds = 3}, 500},
      {"lab",
       {.config = "configs/four-layer.json", .workspace = ui::Workspace::Lab, .seeds = 3},
       800},
      {"conditions",
       {.workspace = ui::Workspace::Lab, .seeds = 10, .set = {"conditions=baseline,s,lr,s+lr"}},
       800},
      {"projector", {.theme = figure::Theme::Projector, .scale = 150, .seeds = 1}, 600},
  };
  for (const auto& picture : pictures)
    if (!take(picture, folder)) return 1;
  return 0;
}

}  // namespace
}  // namespace dentate::tests

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("dentate_pictures FOLDER\n", stderr);
    return 2;
  }
  dentate::run::prepareProcess();
  return dentate::tests::takeAll(argv[1]);
}
