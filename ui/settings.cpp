#include "ui/settings.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>

#include "ui/plot_export.h"
#include "ui/theme.h"

namespace dentate::ui {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kFile = "settings.json";

Settings fromJson(const json& root) {
  Settings settings;
  settings.theme = themeFromName(root.value("theme", "dark"));
  settings.scale = std::clamp(root.value("scale", 100), kSmallestScale, kLargestScale);
  settings.workspace = root.value("workspace", "Lecture") == workspaceName(Workspace::Lab)
                           ? Workspace::Lab
                           : Workspace::Lecture;
  settings.experiment = root.value("experiment", "");
  const json layouts = root.value("layouts", json::object());
  for (const Workspace workspace : {Workspace::Lecture, Workspace::Lab}) {
    const auto found = layouts.find(workspaceName(workspace));
    if (found == layouts.end() || !found->contains("open")) continue;
    SavedLayout layout;
    layout.ini = found->value("ini", "");
    layout.open = found->value("open", std::set<std::string>());
    settings.layouts[workspace] = std::move(layout);
  }
  return settings;
}

}  // namespace

std::pair<Settings, std::optional<spec::Error>> loadSettings(const fs::path& folder) {
  const fs::path file = folder / kFile;
  std::ifstream in(file);
  if (!in) return {Settings(), std::nullopt};
  try {
    return {fromJson(json::parse(in)), std::nullopt};
  } catch (const json::exception& problem) {
    const fs::path aside = file.string() + ".broken";
    std::error_code ignored;
    fs::rename(file, aside, ignored);
    return {Settings(),
            spec::Error{spec::Error::Kind::Io, file.string(),
                        "the window's settings could not be read and are set aside as " +
                            aside.string() + ": " + problem.what()}};
  }
}

spec::Status saveSettings(const Settings& settings, const fs::path& folder) {
  std::error_code problem;
  fs::create_directories(folder, problem);
  json layouts = json::object();
  for (const auto& [workspace, layout] : settings.layouts)
    layouts[workspaceName(workspace)] = {{"ini", layout.ini}, {"open", layout.open}};
  const json root = {{"theme", themeName(settings.theme)},
                     {"scale", settings.scale},
                     {"workspace", workspaceName(settings.workspace)},
                     {"experiment", settings.experiment},
                     {"layouts", layouts}};
  // A path that is not UTF-8 loses its signs; that must not end the program.
  const std::string text = root.dump(2, ' ', false, json::error_handler_t::replace);
  return writeText(folder / kFile, text + "\n");
}

}  // namespace dentate::ui
