// A real window with the laboratory over a run, a fake one unless the test brings its own, driven by
// Dear ImGui Test Engine. Fresh for each test; needs a display (scripts/test gives one).
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/ui/fake_run.h"
#include "ui/laboratory.h"

struct ImGuiTestContext;
struct ImGuiTestEngine;

namespace dentate::tests {

struct BenchSetup {
  std::string config = "configs/two-layer.json";
  int width = 1600, height = 1000;
  ui::Workspace workspace = ui::Workspace::Lecture;
  figure::Theme theme = figure::Theme::Dark;
  int scale = 100;
  std::int64_t seeds = 5;
  std::vector<std::string> set = {};  // changes to the config: "replicas.conditions=s,lr"
  double full_speed = 400;            // of the fake run, meta-steps a second
  // What learns behind the channel until the bench ends; empty: a fake run.
  std::function<std::shared_ptr<void>(link::Channel&)> start_run = {};
  std::vector<spec::Source> sources = spec::officialSources();  // what can be fetched
  std::filesystem::path settings = {};                          // empty: nothing is remembered
  bool as_left = false;  // workspace, theme and scale are those of the settings, not of this
  bool opened = false;   // on its config, as with --open; not on what the last sitting left
  bool paced = false;    // frames only when they are due, as on a desktop
};

class GuiBench {
 public:
  explicit GuiBench(const BenchSetup& setup = {});
  ~GuiBench();

  [[nodiscard]] static bool hasDisplay();

  // Runs `script` as one test of the engine; false where one of its checks did not hold.
  [[nodiscard]] bool run(const std::function<void(ImGuiTestContext*)>& script);
  // Draws frames until `done` holds; false after `most_frames`. Outside of run().
  bool drawUntil(const std::function<bool()>& done, int most_frames = 3000);
  void drawFrames(int n);
  // The folder that DENTATE_SCREENSHOTS names, else a temporary one.
  [[nodiscard]] static std::filesystem::path screenshots();
  // Writes what the window shows, into that folder unless the path is absolute.
  void screenshot(const std::filesystem::path& file);
  // The same in two parts, for within a script: what the next frame shows is kept, and written then.
  void screenshotNext() { window_->captureNext(); }
  void write(const std::filesystem::path& file) const;

  [[nodiscard]] const link::Snapshot& now() const { return laboratory_->snapshot(); }
  [[nodiscard]] ui::Laboratory& laboratory() { return *laboratory_; }
  [[nodiscard]] ui::Window& window() { return *window_; }
  [[nodiscard]] link::Channel& channel() { return channel_; }
  [[nodiscard]] const std::filesystem::path& output() const { return output_; }

 private:
  void frame();
  link::Channel channel_;
  std::filesystem::path output_;
  std::shared_ptr<void> run_;
  std::unique_ptr<ui::Window> window_;
  std::unique_ptr<ui::Laboratory> laboratory_;
  ImGuiTestEngine* engine_ = nullptr;
};

// Within a script: draws frames until `done` holds; false after `most_frames`.
bool waitFor(ImGuiTestContext* context, const std::function<bool()>& done, int most_frames = 600);

// Within a script: moves the pointer onto the plot of that id, wherever it stands in the window of
// that title; false where it is not there.
bool pointAtPlot(ImGuiTestContext* context, GuiBench& bench, const char* title, const char* id);

}  // namespace dentate::tests
