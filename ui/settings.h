// What the window remembers from one sitting to the next: theme, scale, workspace, layouts, the
// experiment with its unsaved edits, and what was chosen in the plots and of the run.
//
// Two files, each written whole or not at all: settings.json, and draft.json, which is an experiment
// file and there only while the draft differs from its preset. A broken one is set aside as *.broken
// and reported once; the window then starts as if there were none.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "engine/spec/experiment.h"
#include "engine/spec/result.h"
#include "ui/architecture_places.h"
#include "ui/history.h"
#include "ui/kept.h"
#include "ui/plot_desk.h"
#include "ui/registry.h"
#include "ui/workspace.h"

namespace dentate::ui {

struct Settings {
  figure::Theme theme = figure::Theme::Dark;
  int scale = 100;  // percent, 100 to 250
  std::string workspace = workspaceName(Workspace::Lecture);
  std::string experiment;              // path of the draft's preset; may be empty
  std::optional<double> speed_limit;   // meta-steps a second, 0 none; not set: never chosen
  std::optional<std::size_t> replica;  // the network in the diagram
  std::set<std::string> hidden_conditions;
  std::optional<double> alpha0;             // of the plots
  Head head = Head::Category;               // whose accuracy is shown
  std::map<std::string, PlotChoice> plots;  // by id
  PlacedNodes nodes;                        // of the architecture
  KeptUnits units;
  KeptLesions lesions;
  std::optional<std::int64_t> pinned;  // meta-step, in all plots
  FigureSize figure;                   // of exported pictures
  int width = 0, height = 0;           // of the window, in screen units; 0: never known
  SavedLayouts layouts;
  FrontTabs fronts;
};

template <class T>
using Loaded = std::pair<T, std::optional<spec::Error>>;

// The error, where there is one, is about a file that was set aside.
[[nodiscard]] Loaded<Settings> loadSettings(const std::filesystem::path& folder);
[[nodiscard]] spec::Status saveSettings(const Settings& settings,
                                        const std::filesystem::path& folder);
// None where there were no unsaved edits.
[[nodiscard]] Loaded<std::optional<spec::ExperimentSpec>> loadDraft(
    const std::filesystem::path& folder);

// Writes what has changed since it last did.
class Keeper {
 public:
  explicit Keeper(std::filesystem::path folder) : folder_(std::move(folder)) {}  // empty: nothing
  // `draft` none: there are no unsaved edits.
  [[nodiscard]] spec::Status keep(const Settings& settings,
                                  const std::optional<spec::ExperimentSpec>& draft);

 private:
  std::filesystem::path folder_;
  std::optional<std::string> settings_, draft_;  // as they lie on disk, as far as is known
};

}  // namespace dentate::ui
