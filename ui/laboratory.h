// The laboratory as a whole: reads the channel once a frame, draws the menu bar, the workspace and
// its panels from what it holds, and sends what the person asks for. Never waits for the run.
//
// Thread: main. The channel must outlive it; the run behind the channel may be anyone's.
#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "engine/link/channel.h"
#include "engine/spec/rule_traits.h"
#include "ui/explain.h"
#include "ui/file_popup.h"
#include "ui/keyboard_map.h"
#include "ui/menu_bar.h"
#include "ui/presets.h"
#include "ui/run_popup.h"
#include "ui/settings.h"
#include "ui/window.h"
#include "ui/workspace_popup.h"

namespace dentate::ui {

struct LaboratorySetup {
  std::filesystem::path assets;           // holds fonts/
  std::filesystem::path configs;          // presets
  std::filesystem::path settings;         // folder; empty: nothing is remembered
  std::filesystem::path output;           // of saved runs and figures
  std::vector<spec::RuleTraits> rules;    // to choose from
  std::vector<spec::Source> sources;      // datasets that can be fetched
  std::filesystem::path data = "data";    // folder that they are fetched into
  spec::ExperimentSpec experiment;        // loaded first
  std::filesystem::path experiment_file;  // it came from; may be empty
  double speed_limit = 0;                 // meta-steps a second at the start; 0: full speed
  bool reopen_last = true;  // the last experiment of the settings comes before `experiment`
  WindowSetup window;
};

class Laboratory {
 public:
  // Refuses where the fonts are missing. `window` must outlive it.
  static spec::Result<std::unique_ptr<Laboratory>> open(const LaboratorySetup& setup,
                                                        link::Channel& channel, Window& window);
  ~Laboratory();
  Laboratory(const Laboratory&) = delete;
  Laboratory& operator=(const Laboratory&) = delete;

  // Draws one frame, or waits where nothing has changed; false when the person has closed the window.
  bool frame();

  [[nodiscard]] const link::Snapshot& snapshot() const { return *now_; }
  [[nodiscard]] const History& history() const { return histories_.of(now_->run); }
  [[nodiscard]] const Histories& histories() const { return histories_; }
  [[nodiscard]] Session& session() { return session_; }
  [[nodiscard]] Workspaces& workspaces() { return workspaces_; }
  // The panel of that title; null where there is none.
  [[nodiscard]] const Panel* panel(const std::string& title) const;
  void setTheme(figure::Theme theme);
  void setScale(int percent);

 private:
  Laboratory(const LaboratorySetup& setup, link::Channel& channel, Window& window, Fonts fonts,
             Settings settings);
  void begin(const LaboratorySetup& setup);
  void receive();
  void updateGuard();
  void restyle();
  void drawPanels(const PanelContext& context);
  void drawPanel(const PanelContext& context, std::size_t index);
  void drawPopups(const PanelContext& context, const std::vector<Action>& list);
  void takeDropped();
  [[nodiscard]] spec::Status takeDropped(const std::filesystem::path& path);
  void takeFetched();
  spec::Status takeData(const spec::DataSpec& data, const char* how);
  void remember();
  void rememberChanges();
  void refusePlotRequest();
  void sendWatch();
  [[nodiscard]] std::vector<Action> actions(const PanelContext& context);
  void addRunActions(const PanelContext& context, std::vector<Action>& out);
  void addPresetActions(std::vector<Action>& out);
  void addLearningActions(std::vector<Action>& out);
  void addLesionActions(std::vector<Action>& out);
  void addCompareActions(std::vector<Action>& out);
  void addRunEditActions(std::vector<Action>& out);
  void addViewActions(std::vector<Action>& out);
  void addWorkspaceActions(std::vector<Action>& out);
  void addPlotActions(std::vector<Action>& out);
  void addComparisonActions(std::vector<Action>& out);
  void addHelpActions(std::vector<Action>& out);
  [[nodiscard]] bool isBusy() const;

  link::Channel& channel_;
  Window& window_;
  link::Emit emit_;
  link::SnapshotPtr now_, shown_;  // the newest, and that of the last frame
  link::Ticket last_ticket_ = 0;
  // The runs of the last sitting come first; then the experiment that was asked for is opened, with
  // the question whether they may go. 0: none was.
  link::Ticket opens_after_ = 0;
  std::uint64_t fetched_ = 0;  // number of the last fetch whose end was taken in
  link::Watch watched_;        // as last sent
  Histories histories_;
  Session session_;
  Settings settings_;
  std::filesystem::path settings_folder_;
  Keeper keeper_;
  bool drawn_since_ = true;  // a frame was, since the settings were looked at
  std::chrono::steady_clock::time_point next_look_;
  std::optional<spec::Error> not_kept_;
  Fonts fonts_;
  Look look_;
  Workspaces workspaces_;
  std::vector<std::unique_ptr<Panel>> panels_;  // in the registry's order
  std::size_t hovered_panel_ = 0;               // index; the registry's size: none
  CommandPalette palette_;
  KeyboardMap keyboard_;
  FilePopup files_;
  RunPopup run_popup_;
  WorkspacePopup workspace_popup_;
  Explain explain_;
  Presets presets_;
  std::optional<spec::Error> failure_;
  std::string notice_;
};

// Opens the window and runs until it is closed. 0 well; 2 where there is no display, no OpenGL 3.3
// or no font, after an error on the standard error.
int runLaboratory(const LaboratorySetup& setup, link::Channel& channel);

}  // namespace dentate::ui
