#include "tests/gui/every_screen.h"

#include <array>
#include <string>
#include <vector>

#include "engine/run/run_thread.h"
#include "imgui_internal.h"
#include "imgui_te_context.h"
#include "tests/ui/gui_bench.h"
#include "ui/architecture_panel.h"
#include "ui/data_panel.h"
#include "ui/experiment_panel.h"
#include "ui/lesion_panel.h"
#include "ui/live_plots.h"
#include "ui/log_panel.h"
#include "ui/matrix_panel.h"
#include "ui/network_panel.h"
#include "ui/representations_panel.h"
#include "ui/runs_panel.h"
#include "ui/sparsity_panel.h"
#include "ui/theme.h"
#include "ui/units_panel.h"

namespace dentate::tests {
namespace {

using link::Phase;
using ui::Workspace;

constexpr int kManyFrames = 1'000'000;
constexpr int kAnswerFrames = 3000;  // until a panel has what it asked for

using Script = void (*)(ImGuiTestContext*);

struct Screen {
  const char* name;
  Workspace workspace = Workspace::Lab;
  const char* panel = nullptr;                         // brought to the front
  bool (*ready)(const link::Snapshot& now) = nullptr;  // what it shows has come
  Script arrange = nullptr;
  bool popup = false;  // which `arrange` opens, and Escape closes
};

struct Size {
  int width, height, scale = 100;
};
constexpr Size kSizes[] = {{1600, 1000}, {1280, 720}};
constexpr figure::Theme kThemes[] = {figure::Theme::Dark, figure::Theme::Light,
                                     figure::Theme::Projector};

template <ImGuiKeyChord Chord>
void press(ImGuiTestContext* ctx) {
  ctx->KeyPress(Chord);
}

void lesionLarge(ImGuiTestContext* ctx) {
  const auto slider = ctx->ItemInfo("//Lesion lab/**/##share_large").RectFull;
  ctx->MouseMoveToPos({slider.Min.x + 8, slider.GetCenter().y});
  ctx->MouseDown(0);
  ctx->MouseMoveToPos({slider.GetCenter().x, slider.GetCenter().y});
  ctx->MouseUp(0);
}

// Nothing is selected.
void editAll(ImGuiTestContext* ctx) {
  ctx->ItemClick("//Architecture/###edit");
  const ImGuiWindow* window = ctx->GetWindowByRef("//Architecture");
  ctx->MouseMoveToPos({window->Pos.x + 30, window->Pos.y + window->Size.y - 70});
  ctx->MouseClick();
}

void selectLarge(ImGuiTestContext* ctx) { ctx->ItemClick("//Architecture/**/###layer_large"); }

const std::vector<Screen>& startScreens() {
  static const std::vector<Screen> screens{
      {"start-lecture", Workspace::Lecture},
      {"start-lab", Workspace::Lab, ui::NetworkPanel::kTitle},
      {"start-representations", Workspace::Lab, ui::RepresentationsPanel::kTitle},
      {"start-log", Workspace::Lab, ui::LogPanel::kTitle}};
  return screens;
}

const std::vector<Screen>& panelScreens() {
  static const std::vector<Screen> screens{
      {"lecture", Workspace::Lecture},
      {"network", Workspace::Lab, ui::NetworkPanel::kTitle},
      {"data", Workspace::Lab, ui::DataPanel::kTitle,
       [](const link::Snapshot& now) { return now.views.stream != nullptr; }},
      {"units", Workspace::Lab, ui::UnitsPanel::kTitle,
       [](const link::Snapshot& now) { return now.views.units != nullptr; }},
      {"lesion-lab", Workspace::Lab, ui::LesionPanel::kTitle,
       [](const link::Snapshot& now) { return now.views.lesion != nullptr; }},
      {"representations", Workspace::Lab, ui::RepresentationsPanel::kTitle,
       [](const link::Snapshot& now) { return now.views.similarity != nullptr; }},
      {"experiment", Workspace::Lab, ui::ExperimentPanel::kTitle},
      {"live-plots", Workspace::Lab, ui::LivePlotsPanel::kTitle},
      {"accuracy-matrix", Workspace::Lab, ui::MatrixPanel::kTitle},
      {"sparsity", Workspace::Lab, ui::SparsityPanel::kTitle},
      {"log", Workspace::Lab, ui::LogPanel::kTitle},
      {"log-events", Workspace::Lab, ui::LogPanel::kTitle, nullptr,
       [](ImGuiTestContext* ctx) { ctx->ItemClick("//Log/**/###events"); }},
      {"architect", Workspace::Architect, ui::ArchitecturePanel::kTitle, nullptr, editAll},
      {"architect-selected", Workspace::Architect, ui::ArchitecturePanel::kTitle, nullptr,
       selectLarge},
      {"architect-live", Workspace::Architect, ui::ArchitecturePanel::kTitle, nullptr,
       [](ImGuiTestContext* ctx) { ctx->ItemClick("//Architecture/###live"); }}};
  return screens;
}

const std::vector<Screen>& popupScreens() {
  static const std::vector<Screen> screens{
      {"commands", Workspace::Lab, nullptr, nullptr, press<ImGuiMod_Ctrl | ImGuiKey_P>, true},
      {"keyboard", Workspace::Lab, nullptr, nullptr,
       [](ImGuiTestContext* ctx) { ctx->KeyChars("?"); }, true},
      {"explain", Workspace::Lab, nullptr, nullptr,
       [](ImGuiTestContext* ctx) {
         ctx->MouseMove("//Transport/**/###play");
         ctx->KeyPress(ImGuiKey_F1);
       },
       true},
      {"open-experiment", Workspace::Lab, nullptr, nullptr, press<ImGuiMod_Ctrl | ImGuiKey_O>,
       true},
      {"open-saved-run", Workspace::Lab, nullptr, nullptr,
       press<ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_O>, true},
      {"experiment-menu", Workspace::Lab, nullptr, nullptr,
       [](ImGuiTestContext* ctx) { ctx->MenuClick("//##MainMenuBar/Experiment"); }, true},
      {"view-menu", Workspace::Lab, nullptr, nullptr,
       [](ImGuiTestContext* ctx) { ctx->MenuClick("//##MainMenuBar/View"); }, true},
      {"discard", Workspace::Lab, nullptr, nullptr,
       [](ImGuiTestContext* ctx) { ctx->ItemClick("//Transport/**/###reset"); }, true}};
  return screens;
}

const std::vector<Screen>& branchScreens() {
  static const std::vector<Screen> screens{{"runs", Workspace::Lab, ui::RunsPanel::kTitle},
                                           {"runs-lecture", Workspace::Lecture}};
  return screens;
}

const std::vector<Screen>& conditionScreens() {
  static const std::vector<Screen> screens{{"conditions", Workspace::Lab, ui::NetworkPanel::kTitle},
                                           {"conditions-lecture", Workspace::Lecture},
                                           {"conditions-architect", Workspace::Architect},
                                           {"networks", Workspace::Lab, ui::NetworkPanel::kTitle,
                                            nullptr, press<ImGuiMod_Ctrl | ImGuiKey_K>, true}};
  return screens;
}

const std::vector<Screen>& largeScreens() {
  static const std::vector<Screen> screens{{"lecture", Workspace::Lecture},
                                           {"lab", Workspace::Lab, ui::NetworkPanel::kTitle},
                                           {"lesion-lab", Workspace::Lab, ui::LesionPanel::kTitle}};
  return screens;
}

class Tour {
 public:
  Tour(GuiBench& bench, std::filesystem::path folder) : bench_(bench), folder_(std::move(folder)) {}

  // False where one of the screens cannot be opened.
  bool everyTheme(const std::vector<Screen>& screens) {
    bool good = true;
    for (const Size& size : kSizes)
      for (const auto theme : kThemes) good = take(screens, size, theme) && good;
    return good;
  }

  bool take(const std::vector<Screen>& screens, const Size& size, figure::Theme theme) {
    std::string name(ui::themeName(theme));
    name += "-" + std::to_string(size.width) + "x" + std::to_string(size.height);
    if (size.scale != 100) name += "-" + std::to_string(size.scale);
    bench_.window().resize(size.width, size.height);
    bench_.laboratory().setTheme(theme);
    bench_.laboratory().setScale(size.scale);
    bench_.drawFrames(4);
    bool good = true;
    for (const Screen& screen : screens)
      good = take(screen, folder_ / name / (std::string(screen.name) + ".png")) && good;
    return good;
  }

 private:
  bool take(const Screen& screen, const std::filesystem::path& file) {
    bench_.laboratory().workspaces().switchTo(screen.workspace);
    bench_.drawFrames(2);
    if (screen.panel != nullptr) bench_.laboratory().session().panel_asked = screen.panel;
    bench_.drawFrames(4);
    bool good = screen.ready == nullptr ||
                bench_.drawUntil([&] { return screen.ready(bench_.now()); }, kAnswerFrames);
    if (screen.popup) return popup(screen, file) && good;
    if (screen.arrange != nullptr)
      good = bench_.run([&](ImGuiTestContext* ctx) {
        screen.arrange(ctx);
        ctx->MouseMoveToPos({2, 300});
      }) && good;
    bench_.drawFrames(12);
    bench_.screenshot(file);
    return good;
  }

  bool popup(const Screen& screen, const std::filesystem::path& file) {
    return bench_.run([&](ImGuiTestContext* ctx) {
      screen.arrange(ctx);
      ctx->Yield(6);
      bench_.screenshotNext();
      ctx->Yield(2);
      bench_.write(file);
      ctx->KeyPress(ImGuiKey_Escape);
      ctx->Yield(2);
      ctx->MouseMoveToPos({2, 300});
    });
  }

  GuiBench& bench_;
  std::filesystem::path folder_;
};

BenchSetup overEngine(BenchSetup setup) {
  setup.start_run = [](link::Channel& channel) {
    return std::make_shared<run::RunThread>(channel, "assets");
  };
  return setup;
}

// Learns up to the task and pauses.
bool learnTo(GuiBench& bench, std::int64_t task) {
  while (bench.now().task < task) {
    const auto before = bench.now().step;
    bench.channel().commands.put(link::StepTask{});
    if (!bench.drawUntil(
            [&] { return bench.now().step > before && bench.now().phase == Phase::Paused; },
            kManyFrames))
      return false;
  }
  return true;
}

// A branch whose large path is lesioned, with a name as long as people give.
bool branch(GuiBench& bench) {
  auto& commands = bench.channel().commands;
  const auto main = bench.now().run;
  const auto& layers = bench.now().spec->network.layers;
  std::size_t large = 0;
  while (layers[large].pathway != spec::Pathway::Large) ++large;
  commands.put(link::Branch{});
  commands.put(link::SetLesions{{{spec::LesionPart::Layer, large, 0.9}}});
  if (!bench.drawUntil([&] { return bench.now().runs.size() == 2; }, kManyFrames)) return false;
  commands.put(
      link::RenameRun{bench.now().runs[1].run, "large path lesioned by 90 % after task 4"});
  commands.put(link::SelectRun{main});
  bench.drawFrames(4);
  return learnTo(bench, bench.now().task + 1);
}

bool pictureTwoPaths(const std::filesystem::path& folder) {
  GuiBench bench(overEngine({.config = "configs/split-two-path.json",
                             .seeds = 2,
                             .set = {"stream.samples_per_task=50", "stream.tasks=6"}}));
  if (!bench.drawUntil([&] { return bench.now().phase == Phase::Ready; }, kManyFrames))
    return false;
  Tour tour(bench, folder);
  bool good = tour.everyTheme(startScreens()) && learnTo(bench, 4);
  bench.laboratory().session().log.notice("Experiment",
                                          "The draft was saved as split-two-path.json");
  bench.laboratory().session().log.error(
      {spec::Error::Kind::Config, "configs/own.json: stream.tasks", "has to be at least 1, is 0"});
  bench.laboratory().workspaces().switchTo(Workspace::Lab);
  bench.laboratory().session().panel_asked = ui::LesionPanel::kTitle;
  bench.window().resize(kSizes[0].width, kSizes[0].height);
  bench.drawFrames(6);
  good = bench.run(lesionLarge) && good;
  good = tour.everyTheme(panelScreens()) && good;
  good = tour.everyTheme(popupScreens()) && good;
  for (const Size& size : {Size{1600, 1000, 200}, Size{1280, 720, 150}})
    good = tour.take(largeScreens(), size, figure::Theme::Dark) && good;
  return branch(bench) && tour.everyTheme(branchScreens()) && good;
}

bool pictureConditions(const std::filesystem::path& folder) {
  GuiBench bench(overEngine(
      {.seeds = 3,
       .set = {"conditions=baseline,s,lr,s+lr", "stream.samples_per_task=50", "stream.tasks=6"}}));
  if (!bench.drawUntil([&] { return bench.now().phase == Phase::Ready; }, kManyFrames))
    return false;
  return learnTo(bench, 4) && Tour(bench, folder).everyTheme(conditionScreens());
}

}  // namespace

bool pictureEveryScreen(const std::filesystem::path& folder) {
  const auto whole = std::filesystem::absolute(folder);
  const bool two_paths = pictureTwoPaths(whole);
  return pictureConditions(whole) && two_paths;
}

}  // namespace dentate::tests
