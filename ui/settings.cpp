#include "ui/settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>

#include "engine/spec/experiment_json.h"
#include "engine/spec/spelling.h"
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

constexpr std::array kStimuli{std::pair{link::StimulusChoice::Kind::Newest, "newest"},
                              std::pair{link::StimulusChoice::Kind::Test, "test"},
                              std::pair{link::StimulusChoice::Kind::Drawn, "drawn"},
                              std::pair{link::StimulusChoice::Kind::File, "file"}};

// Two digits a pixel.
std::string hexOf(const std::vector<std::uint8_t>& bytes) {
  constexpr const char* kDigits = "0123456789abcdef";
  std::string out;
  for (const auto byte : bytes) out += {kDigits[byte >> 4U], kDigits[byte & 15U]};
  return out;
}

std::vector<std::uint8_t> bytesOf(const std::string& hex) {
  std::vector<std::uint8_t> out(hex.size() / 2);
  for (std::size_t i = 0; i < out.size(); ++i)
    std::from_chars(hex.data() + 2 * i, hex.data() + 2 * i + 2, out[i], 16);
  return out;
}

KeptUnits unitsFrom(const json& root) {
  KeptUnits units;
  units.pinned = root.value("pinned", units.pinned);
  units.chosen = optionalAt<KeptUnits::Unit>(root, "chosen");
  for (const auto& [kind, name] : kStimuli)
    if (root.value("stimulus", "") == name) units.kind = kind;
  units.task = root.value("task", units.task);
  units.index = root.value("image", units.index);
  units.file = root.value("file", "");
  const json drawn = root.value("drawn", json::object());
  units.width = drawn.value("width", 0);
  units.height = drawn.value("height", 0);
  units.drawn = bytesOf(drawn.value("pixels", ""));
  return units;
}

json toJson(const KeptUnits& units) {
  json out{{"pinned", units.pinned},
           {"chosen", nullable(units.chosen)},
           {"task", units.task},
           {"image", units.index},
           {"file", units.file}};
  for (const auto& [kind, name] : kStimuli)
    if (units.kind == kind) out["stimulus"] = name;
  if (!units.drawn.empty())
    out["drawn"] = {
        {"width", units.width}, {"height", units.height}, {"pixels", hexOf(units.drawn)}};
  return out;
}

KeptLesions lesionsFrom(const json& root) {
  KeptLesions lesions;
  lesions.layers = root.value("layers", lesions.layers);
  const auto paths = root.value("paths", json::object());
  if (paths.is_object()) lesions.paths = paths.get<std::map<std::string, double>>();
  lesions.seed = root.value("seed", lesions.seed);
  const auto order = spec::valueNamed<spec::LesionOrder>(root.value("order", ""));
  lesions.order = order.value_or(lesions.order);
  return lesions;
}

json toJson(const KeptLesions& lesions) {
  return {{"layers", lesions.layers},
          {"paths", lesions.paths},
          {"seed", lesions.seed},
          {"order", spec::spell(lesions.order)}};
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
  settings.units = unitsFrom(root.value("units", json::object()));
  settings.lesions = lesionsFrom(root.value("lesions_at_test", json::object()));
  settings.pinned = optionalAt<std::int64_t>(root, "pinned_step");
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
  settings.fronts = root.value("front_tabs", settings.fronts);
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
      {"units", toJson(settings.units)},
      {"lesions_at_test", toJson(settings.lesions)},
      {"pinned_step", nullable(settings.pinned)},
      {"front_tabs", settings.fronts},
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
