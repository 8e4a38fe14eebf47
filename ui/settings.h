// What the window remembers: theme, scale, workspace, layouts, last experiment.
//
// One JSON file, written whole or not at all. A broken one is set aside as settings.json.broken and
// reported once; the window then starts as if there were none.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "engine/spec/result.h"
#include "ui/registry.h"
#include "ui/workspace.h"

namespace dentate::ui {

struct Settings {
  figure::Theme theme = figure::Theme::Dark;
  int scale = 100;  // percent, 100 to 250
  Workspace workspace = Workspace::Lecture;
  std::string experiment;  // path of the last file; may be empty
  std::map<Workspace, SavedLayout> layouts;
};

// The error, where there is one, is about a file that was set aside.
[[nodiscard]] std::pair<Settings, std::optional<spec::Error>> loadSettings(
    const std::filesystem::path& folder);
[[nodiscard]] spec::Status saveSettings(const Settings& settings,
                                        const std::filesystem::path& folder);

}  // namespace dentate::ui
