#include "tests/ui/gui_bench.h"

#include <gtest/gtest.h>
#include <stb/stb_image_write.h>

#include <cstdlib>

#include "engine/spec/experiment_json.h"
#include "imgui.h"
#include "imgui_te_context.h"
#include "imgui_te_engine.h"
#include "implot.h"

namespace dentate::tests {
namespace {

namespace fs = std::filesystem;

fs::path freshFolder() {
  std::string name = (fs::temp_directory_path() / "dentate-gui-XXXXXX").string();
  return mkdtemp(name.data()) != nullptr ? name : fs::temp_directory_path().string();
}

// Fonts and the like, as the build lays them out.
fs::path assetsFolder() { return DENTATE_TEST_ASSETS; }

}  // namespace

bool GuiBench::hasDisplay() { return std::getenv("DISPLAY") != nullptr; }

GuiBench::GuiBench(const BenchSetup& setup) : output_(freshFolder()) {
  ui::WindowSetup window_setup;
  window_setup.width = setup.width;
  window_setup.height = setup.height;
  window_setup.paced = setup.paced;
  auto window = ui::Window::open(window_setup);
  if (!window) throw std::runtime_error(window.error().text());
  window_ = std::move(*window);
  run_ = setup.start_run ? setup.start_run(channel_)
                         : std::make_shared<FakeRun>(channel_, setup.full_speed);
  auto spec = spec::loadExperiment(setup.config);
  if (!spec) throw std::runtime_error(spec.error().text());
  spec->replicas.seeds = setup.seeds;
  spec = spec::setKeys(*spec, setup.set);
  if (!spec) throw std::runtime_error(spec.error().text());
  ui::LaboratorySetup lab;
  lab.assets = assetsFolder();
  lab.configs = "configs";
  lab.rules = {{.name = "meta-cls", .alpha_a_path = true},
               {.name = "mer",
                .alpha = spec::Learned::Never,
                .m = spec::Learned::Never,
                .update = spec::Update::Asynchronous,
                .highest_order = 1,
                .own_key = "rule.reptile_within",
                .other_key = "rule.reptile_across"}};
  lab.sources = setup.sources;
  lab.data = output_ / "data";
  lab.settings = setup.settings;
  lab.output = output_;
  lab.experiment = *spec;
  lab.experiment_file = setup.config;
  lab.reopen_last = !setup.opened;
  auto laboratory = ui::Laboratory::open(lab, channel_, *window_);
  if (!laboratory) throw std::runtime_error(laboratory.error().text());
  laboratory_ = std::move(*laboratory);
  if (!setup.as_left) {
    laboratory_->setTheme(setup.theme);
    laboratory_->setScale(setup.scale);
    laboratory_->workspaces().switchTo(setup.workspace);
  }

  engine_ = ImGuiTestEngine_CreateContext();
  ImGuiTestEngineIO& io = ImGuiTestEngine_GetIO(engine_);
  io.ConfigRunSpeed = ImGuiTestRunSpeed_Fast;
  io.ConfigSavedSettings = false;
  io.ConfigLogToTTY = true;
  io.ConfigWatchdogKillTest = 110;  // s: a busy machine draws slowly; ctest ends it soon after
  io.ConfigVerboseLevel = ImGuiTestVerboseLevel_Error;
  io.ConfigVerboseLevelOnError = ImGuiTestVerboseLevel_Info;
  ImGuiTestEngine_Start(engine_, ImGui::GetCurrentContext());
  ImGui::GetIO().ConfigFlags |= ImGuiConfigFlags_NoMouse;  // the display's pointer hovers nothing
}

GuiBench::~GuiBench() {
  ImGuiTestEngine_Stop(engine_);
  laboratory_.reset();
  window_.reset();  // ends the ImGui context, which the engine must outlive
  ImGuiTestEngine_DestroyContext(engine_);
  run_.reset();
  std::error_code ignored;
  fs::remove_all(output_, ignored);
}

void GuiBench::frame() {
  laboratory_->frame();
  ImGuiTestEngine_PostSwap(engine_);
}

bool GuiBench::run(const std::function<void(ImGuiTestContext*)>& script) {
  ImGuiTest* test = IM_REGISTER_TEST(engine_, "dentate", "script");
  test->UserData = const_cast<std::function<void(ImGuiTestContext*)>*>(&script);
  test->TestFunc = [](ImGuiTestContext* context) {
    (*static_cast<std::function<void(ImGuiTestContext*)>*>(context->Test->UserData))(context);
  };
  ImGui::GetIO().ConfigFlags &= ~ImGuiConfigFlags_NoMouse;
  ImGuiTestEngine_QueueTest(engine_, test, ImGuiTestRunFlags_None);
  while (!ImGuiTestEngine_IsTestQueueEmpty(engine_)) frame();
  const bool good = test->Output.Status == ImGuiTestStatus_Success;
  ImGuiTestEngine_UnregisterTest(engine_, test);
  return good;
}

bool GuiBench::drawUntil(const std::function<bool()>& done, int most_frames) {
  for (int i = 0; i < most_frames; ++i) {
    frame();
    if (done()) return true;
  }
  return false;
}

void GuiBench::drawFrames(int n) {
  for (int i = 0; i < n; ++i) frame();
}

void GuiBench::screenshot(const fs::path& file) {
  window_->captureNext();
  frame();
  write(file);
}

fs::path GuiBench::screenshots() {
  const char* asked = std::getenv("DENTATE_SCREENSHOTS");
  return asked != nullptr ? fs::path(asked) : fs::path(testing::TempDir()) / "dentate-screenshots";
}

void GuiBench::write(const fs::path& name) const {
  const ui::Picture& picture = window_->captured();
  const fs::path file = screenshots() / name;
  fs::create_directories(file.parent_path());
  ASSERT_NE(stbi_write_png(file.string().c_str(), picture.width, picture.height, 3,
                           picture.rgb.data(), picture.width * 3),
            0);
  EXPECT_GT(fs::file_size(file), 20'000U) << "the window is not empty";
}

bool waitFor(ImGuiTestContext* context, const std::function<bool()>& done, int most_frames) {
  for (int i = 0; i < most_frames; ++i) {
    if (done()) return true;
    context->Yield();
  }
  return false;
}

bool pointAtPlot(ImGuiTestContext* context, GuiBench& bench, const char* title, const char* id) {
  constexpr int kPlaces = 16;  // along each side
  const ImGuiWindow* window = context->GetWindowByRef((std::string("//") + title).c_str());
  if (window == nullptr) return false;
  const auto& plots = bench.laboratory().session().plots;
  // First few places far apart, then ever more of them.
  const auto among = [](int place, int apart) { return place % apart == 0; };
  for (const int apart : {4, 2, 1})
    for (int i = (kPlaces - 1) * (kPlaces - 1); i-- > 0;) {
      const int x = kPlaces - 1 - i % (kPlaces - 1), y = 1 + i / (kPlaces - 1);
      if (!among(x, apart) || !among(y, apart)) continue;
      if (apart < 4 && among(x, 2 * apart) && among(y, 2 * apart)) continue;  // was looked at
      context->MouseMoveToPos({window->Pos.x + window->Size.x * static_cast<float>(x) / kPlaces,
                               window->Pos.y + window->Size.y * static_cast<float>(y) / kPlaces});
      context->Yield();
      if (plots.pointed && plots.last == id) return true;
    }
  return false;
}

}  // namespace dentate::tests
