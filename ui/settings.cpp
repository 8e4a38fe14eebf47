#include "ui/settings.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>

#include "engine/spec/experiment_json.h"
#include "ui/heads.h"
#include "ui/plot_export.h"
#include "ui/theme.h"

namespace dentate::ui {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kFile = "settings.json";
constexpr const char* kDraftFile = "draft.json";

template <class T>
std::optional<T> optionalAt(const json& root, const char* key) {
  const auto found = root.find(key);
  return found == root.end() || found->is_null() ? std::nullopt : std::optional(found->get<T>());
}

template <class T>
json nullable(const std::optional<T>& value) {
  return value ? json(*value) : json();
}

SavedLayouts layoutsFrom(const json& root) {
  SavedLayouts layouts;
  for (const auto& [name, from] : root.items()) {
    if (!from.contains("open")) continue;
    const auto base = workspaceNamed(from.value("base", name));
    layouts[name] = {from.value("ini", ""), from.value("open", std::set<std::string>()),
                     base.value_or(Workspace::Lecture)};
  }
  return layouts;
}

PlacedNodes nodesFrom(const json& root) {
  PlacedNodes nodes{root.value("paths", std::vector<std::string>()), {}};
  const json places = root.value("places", json::object());
  for (const auto& [name, at] : places.items())
    nodes.places[name] = {at.at(0).get<float>(), at.at(1).get<float>()};
  return nodes;
}

json toJson(const PlacedNodes& nodes) {
  json places = json::object();
  for (const auto& [name, at] : nodes.places) places[name] = {at.x, at.y};
  return {{"paths", nodes.paths}, {"places", places}};
}

Settings fromJson(const json& root) {
  Settings settings;
  settings.theme = themeFromName(root.value("theme", "dark"));
  settings.scale = std::clamp(root.value("scale", 100), kSmallestScale, kLargestScale);
  settings.workspace = root.value("workspace", settings.workspace);
  settings.experiment = root.value("experiment", "");
  settings.speed_limit = optionalAt<double>(root, "speed_limit");
  settings.replica = optionalAt<std::size_t>(root, "replica");
  settings.hidden_conditions = root.value("hidden_conditions", std::set<std::string>());
  settings.alpha0 = optionalAt<double>(root, "alpha0");
  for (const Head head : kHeads)
    if (root.value("accuracy_of", "") == nameOf(head)) settings.head = head;
  const json plots = root.value("plots", json::object());
  for (const auto& [id, from] : plots.items())
    settings.plots[id] = {from.value("log", false), from.value("log_x", false),
                          from.value("smooth", false),
                          from.value("hidden", std::set<std::string>())};
  const json figure = root.value("figure", json::object());
  const auto side = [](const json& from, const char* key, int otherwise) {
    return std::clamp(from.value(key, otherwise), FigureSize::kLeast, FigureSize::kMost);
  };
  settings.figure = {side(figure, "width", settings.figure.width),
                     side(figure, "height", settings.figure.height)};
  settings.nodes = nodesFrom(root.value("nodes", json::object()));
  const json window = root.value("window", json::object());
  settings.width = window.value("width", 0);
  settings.height = window.value("height", 0);
  settings.layouts = layoutsFrom(root.value("layouts", json::object()));
  return settings;
}

std::string toText(const Settings& settings) {
  json layouts = json::object(), plots = json::object();
  for (const auto& [name, layout] : settings.layouts)
    layouts[name] = {
        {"ini", layout.ini}, {"open", layout.open}, {"base", workspaceName(layout.base)}};
  for (const auto& [id, choice] : settings.plots)
    plots[id] = {{"log", choice.log},
                 {"log_x", choice.log_x},
                 {"smooth", choice.smooth},
                 {"hidden", choice.hidden}};
  const json root = {
      {"theme", themeName(settings.theme)},
      {"scale", settings.scale},
      {"workspace", settings.workspace},
      {"experiment", settings.experiment},
      {"speed_limit", nullable(settings.speed_limit)},
      {"replica", nullable(settings.replica)},
      {"hidden_conditions", settings.hidden_conditions},
      {"alpha0", nullable(settings.alpha0)},
      {"accuracy_of", nameOf(settings.head)},
      {"plots", plots},
      {"figure", {{"width", settings.figure.width}, {"height", settings.figure.height}}},
      {"window", {{"width", settings.width}, {"height", settings.height}}},
      {"nodes", toJson(settings.nodes)},
      {"layouts", layouts}};
  // A path that is not UTF-8 loses its signs; that must not end the program.
  return root.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

// Out of the way, so that it is reported once and not lost.
spec::Error setAside(const fs::path& file, const std::string& what, const std::string& why) {
  const fs::path aside = file.string() + ".broken";
  std::error_code ignored;
  fs::rename(file, aside, ignored);
  return {spec::Error::Kind::Io, file.string(),
          what + " could not be read and are set aside as " + aside.string() + ": " + why};
}

}  // namespace

Loaded<Settings> loadSettings(const fs::path& folder) {
  const fs::path file = folder / kFile;
  std::ifstream in(file);
  if (!in) return {Settings(), std::nullopt};
  try {
    return {fromJson(json::parse(in)), std::nullopt};
  } catch (const json::exception& problem) {
    return {Settings(), setAside(file, "the window's settings", problem.what())};
  }
}

spec::Status saveSettings(const Settings& settings, const fs::path& folder) {
  return Keeper(folder).keep(settings, std::nullopt);
}

Loaded<std::optional<spec::ExperimentSpec>> loadDraft(const fs::path& folder) {
  const fs::path file = folder / kDraftFile;
  std::error_code ignored;
  if (folder.empty() || !fs::exists(file, ignored)) return {};
  auto draft = spec::loadUnfinished(file);  // a network half drawn, too
  if (draft) return {std::move(draft).value(), std::nullopt};
  return {std::nullopt, setAside(file, "the unsaved edits", draft.error().text())};
}

spec::Status Keeper::keep(const Settings& settings,
                          const std::optional<spec::ExperimentSpec>& draft) {
  if (folder_.empty()) return std::nullopt;
  std::error_code ignored;  // of a folder that cannot be; writing into it tells
  fs::create_directories(folder_, ignored);
  const std::string edits = draft ? spec::writeExperiment(*draft) : "";
  if (draft_ != edits) {
    const fs::path file = folder_ / kDraftFile;
    if (edits.empty())
      fs::remove(file, ignored);
    else if (auto failed = writeText(file, edits))
      return failed;
    draft_ = edits;
  }
  std::string text = toText(settings);
  if (settings_ == text) return std::nullopt;
  if (auto failed = writeText(folder_ / kFile, text)) return failed;
  settings_ = std::move(text);
  return std::nullopt;
}

}  // namespace dentate::ui
