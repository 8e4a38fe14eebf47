// Takes the README's pictures: real runs in the real window.
//   dentate_pictures FOLDER [NAME]     all, or one; under a display of at least 1600 x 1000
//   dentate_pictures FOLDER --all      every screen in every theme instead, see every_screen.h
#include <cstdio>
#include <filesystem>

#include "engine/run/process.h"
#include "engine/run/run_thread.h"
#include "imgui_internal.h"
#include "imgui_te_context.h"
#include "tests/gui/every_screen.h"
#include "tests/ui/gui_bench.h"

namespace dentate::tests {
namespace {

using link::Phase;

struct Picture {
  const char* name;
  BenchSetup setup;
  std::int64_t step;                     // meta-steps learned when it is taken
  void (*arrange)(GuiBench&) = nullptr;  // before it is taken
};

constexpr int kManyFrames = 1'000'000;

// The units for a drawn seven, two of them looked at.
void showUnits(GuiBench& bench) {
  (void)bench.run([&](ImGuiTestContext* ctx) {
    bench.laboratory().workspaces().setOpen("Units", true);
    ctx->Yield(2);
    ctx->WindowMove("//Units", {150, 70});
    ctx->WindowResize("//Units", {1300, 800});
    ctx->ItemClick("//Units/**/Drawn");
    const auto canvas = ctx->ItemInfo("//Units/**/canvas").RectFull;
    const auto at = [&](float x, float y) {
      return ImVec2{canvas.Min.x + x * canvas.GetWidth(), canvas.Min.y + y * canvas.GetHeight()};
    };
    ctx->MouseMoveToPos(at(0.28F, 0.25F));
    ctx->MouseDown();
    ctx->MouseMoveToPos(at(0.70F, 0.25F));
    ctx->MouseMoveToPos(at(0.42F, 0.80F));
    ctx->MouseUp();
    for (const auto& [layer, x] : {std::pair{"$$1", 60.0F}, std::pair{"$$2", 90.0F}}) {
      const auto units = ctx->ItemInfo((std::string("//Units/**/") + layer + "/units").c_str());
      ctx->MouseMoveToPos({units.RectFull.Min.x + x, units.RectFull.Min.y + 20});
      ctx->MouseClick();
      ctx->Yield(10);
      if (layer[2] == '1') ctx->ItemClick("//Units/**/Pin");
    }
    ctx->MouseMoveToPos({20, 20});
    ctx->Yield(10);
  });
}

// The large pathway silenced at test, beside what that takes.
void showLesions(GuiBench& bench) {
  (void)bench.run([&](ImGuiTestContext* ctx) {
    bench.laboratory().workspaces().setOpen("Lesion lab", true);
    ctx->Yield(2);
    ctx->WindowFocus("//Lesion lab");
    ctx->Yield(5);
    const auto slider = ctx->ItemInfo("//Lesion lab/**/##share_large").RectFull;
    ctx->MouseMoveToPos({slider.Min.x + 8, slider.GetCenter().y});
    ctx->MouseDown(0);
    ctx->MouseMoveToPos({slider.Max.x + 200, slider.GetCenter().y});
    ctx->MouseUp(0);
    ctx->MouseMoveToPos({20, 20});
    ctx->Yield(120);
  });
}

void showRepresentations(GuiBench& bench) {
  (void)bench.run([&](ImGuiTestContext* ctx) {
    ctx->WindowFocus("//Representations");
    ctx->Yield(60);
  });
}

// Two branches after four tasks: one without its large path, one whose alpha stays as it is.
void showRuns(GuiBench& bench) {
  auto& commands = bench.channel().commands;
  commands.put(link::Pause{});
  (void)bench.drawUntil([&] { return bench.now().phase == Phase::Paused; }, kManyFrames);
  const auto main = bench.now().run;
  std::size_t large = 0;
  const auto& layers = bench.now().spec->network.layers;
  while (layers[large].pathway != spec::Pathway::Large) ++large;
  commands.put(link::Branch{});
  commands.put(link::SetLesions{{{spec::LesionPart::Layer, large, 0.9}}});
  commands.put(link::SelectRun{main});
  commands.put(link::Branch{});
  commands.put(link::SetRate{link::Rate::Alpha, 0});
  (void)bench.drawUntil([&] { return bench.now().runs.size() == 3; }, kManyFrames);
  const char* const names[] = {"large path 90 % lesioned", "α frozen"};
  for (const std::size_t i : {1U, 2U})
    commands.put(link::RenameRun{bench.now().runs[i].run, names[i - 1]});
  commands.put(link::SelectRun{main});
  commands.put(link::Play{});
  (void)bench.drawUntil([&] { return bench.now().step >= 800; }, kManyFrames);
  (void)bench.run([&](ImGuiTestContext* ctx) {
    ctx->WindowFocus("//Runs");
    ctx->MouseMoveToPos({800, 20});
    ctx->Yield(10);
  });
}

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
  if (picture.arrange != nullptr) picture.arrange(bench);
  bench.drawFrames(6);
  bench.screenshot(std::filesystem::absolute(folder) / (std::string(picture.name) + ".png"));
  return true;
}

int takeAll(const std::filesystem::path& folder, const std::string& only) {
  const Picture pictures[] = {
      {"lecture", {.config = "configs/split-two-path.json", .seeds = 1}, 290},
      {"units", {.seeds = 1}, 800, showUnits},
      {"lesions",
       {.config = "configs/split-two-path.json", .workspace = ui::Workspace::Lab, .seeds = 1},
       400,
       showLesions},
      {"representations",
       {.config = "configs/split-h3.json", .workspace = ui::Workspace::Lab, .seeds = 1},
       400,
       showRepresentations},
      {"runs",
       {.config = "configs/split-h3.json", .workspace = ui::Workspace::Lab, .seeds = 3},
       320,
       showRuns},
      {"architect",
       {.config = "configs/split-two-path.json", .workspace = ui::Workspace::Architect, .seeds = 1},
       200},
  };
  for (const auto& picture : pictures)
    if ((only.empty() || only == picture.name) && !take(picture, folder)) return 1;
  return 0;
}

}  // namespace
}  // namespace dentate::tests

int main(int argc, char** argv) {
  if (argc != 2 && argc != 3) {
    std::fputs("dentate_pictures FOLDER [NAME | --all]\n", stderr);
    return 2;
  }
  dentate::run::prepareProcess();
  const std::string name = argc == 3 ? argv[2] : "";
  if (name == "--all") return dentate::tests::pictureEveryScreen(argv[1]) ? 0 : 1;
  return dentate::tests::takeAll(argv[1], name);
}
