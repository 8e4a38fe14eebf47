#include "ui/draft.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "engine/spec/experiment_json.h"
#include "engine/spec/graph.h"
#include "engine/spec/items.h"
#include "engine/spec/memory.h"
#include "engine/spec/shape.h"

namespace dentate::ui {
namespace {

constexpr const char* kDrawn = ", redrawn";  // after the name of the preset

// An item head has one unit for every item label of the stream; it follows the stream's size. Without
// item labels there are no sets that share one.
void followStream(const spec::ExperimentSpec& before, spec::ExperimentSpec& after) {
  if (after.stream.labels == spec::Labels::Category) after.stream.samples_per_item = 1;
  const auto old_items = spec::streamItems(before.stream);
  for (auto& layer : after.network.layers)
    if (layer.role == spec::LayerRole::Item && layer.units == old_items)
      layer.units = spec::streamItems(after.stream);
}

using Json = nlohmann::ordered_json;

// The same of a text that is not checked yet, and has its stream already.
void followStream(const spec::ExperimentSpec& before, Json& after) {
  const auto& layers = before.network.layers;
  const auto item = std::ranges::find(layers, spec::LayerRole::Item, &spec::LayerSpec::role);
  auto& texts = after["network"]["layers"];
  const auto place = static_cast<std::size_t>(item - layers.begin());
  if (item == layers.end() || item->units != spec::streamItems(before.stream) ||
      place >= texts.size() || texts[place].value("role", "") != "item")
    return;
  spec::StreamSpec stream;
  const auto& text = after["stream"];
  stream.tasks = text.value("tasks", stream.tasks);
  stream.samples_per_task = text.value("samples_per_task", stream.samples_per_task);
  stream.samples_per_item = text.value("samples_per_item", stream.samples_per_item);
  texts[place]["units"] = spec::streamItems(stream);
}

}  // namespace

void Draft::open(spec::ExperimentSpec preset, std::filesystem::path file) {
  if (current_ != preset_ || !undo_.empty()) undo_.push_back(state());
  redo_.clear();
  preset_ = std::move(preset);
  current_ = preset_;
  file_ = std::move(file);
  refresh();
}

void Draft::resume(spec::ExperimentSpec edited) {
  if (edited != current_) become(std::move(edited));
}

void Draft::markSaved(std::filesystem::path file) {
  preset_ = current_;
  file_ = std::move(file);
  refresh();
}

bool Draft::assign(const std::string& key, const std::string& text) {
  return assign(key, text, {key + "=" + text});
}

bool Draft::assign(const std::string& key, const std::string& text,
                   const std::vector<std::string>& assignments) {
  auto next = spec::setKeys(current_, assignments);
  if (!next) {
    refused_[key] = {text, next.error()};
    return false;
  }
  followStream(current_, *next);
  refused_.erase(key);
  if (*next != current_) become(std::move(*next));
  return true;
}

bool Draft::setNetwork(spec::NetworkSpec network) {
  return setNetwork(std::move(network), current_.stream.labels);
}

bool Draft::setNetwork(spec::NetworkSpec network, spec::Labels labels) {
  if (network == current_.network && labels == current_.stream.labels) return false;
  spec::ExperimentSpec next = current_;
  next.network = std::move(network);
  spec::fitUnits(next.network);
  next.stream.labels = labels;
  if (labels == spec::Labels::Category) next.stream.samples_per_item = 1;
  // A name that the person gave stays.
  const std::string drawn = preset_.name + kDrawn;
  if (next.name == preset_.name || next.name == drawn)
    next.name = next.network == preset_.network ? preset_.name : drawn;
  become(std::move(next));
  return true;
}

void Draft::revertToPreset() {
  refused_.clear();
  if (current_ != preset_) become(preset_);
}

bool Draft::revert(const std::vector<std::string>& keys) {
  auto text = Json::parse(spec::writeExperiment(current_));
  const auto preset = Json::parse(spec::writeExperiment(preset_));
  for (const auto& key : keys) {
    refused_.erase(key);
    std::string path = "/" + key;
    std::replace(path.begin(), path.end(), '.', '/');
    const Json::json_pointer place(path);
    if (preset.contains(place))
      text[place] = preset[place];
    else if (text.contains(place))  // of those that are written only where they are set
      text[place.parent_pointer()].erase(place.back());
  }
  followStream(current_, text);
  auto next = spec::parseExperiment(text.dump(), preset_.name);
  if (!next) {
    refused_[keys.front()] = {"", next.error()};
    return false;
  }
  followStream(current_, *next);
  if (*next != current_) become(std::move(*next));
  return true;
}

void Draft::become(spec::ExperimentSpec next) {
  undo_.push_back(state());
  current_ = std::move(next);
  redo_.clear();
  const auto kept = std::move(refused_);
  refresh();
  refused_ = kept;
}

void Draft::restore(State state) {
  preset_ = std::move(state.preset);
  current_ = std::move(state.current);
  file_ = std::move(state.file);
  refresh();
}

bool Draft::moved(const NodeMove::Places& before, const NodeMove::Places& after) {
  NodeMove move;
  for (const auto& [layer, at] : after) {
    const auto was = before.find(layer);
    if (was == before.end()) continue;
    if (std::max(std::abs(was->second.x - at.x), std::abs(was->second.y - at.y)) < 1) continue;
    move.before[layer] = was->second;
    move.after[layer] = at;
  }
  if (move.after.empty()) return false;
  undo_.emplace_back(std::move(move));
  redo_.clear();
  return true;
}

void Draft::step(std::vector<Step>& from, std::vector<Step>& to, bool back) {
  Step next = std::move(from.back());
  from.pop_back();
  if (auto* const move = std::get_if<NodeMove>(&next)) {
    for (const auto& [layer, at] : back ? move->before : move->after) to_move_[layer] = at;
    to.push_back(std::move(next));
    return;
  }
  to.emplace_back(state());
  restore(std::get<State>(std::move(next)));
}

bool Draft::undo() {
  if (!refused_.empty()) {
    refresh();
    return true;
  }
  if (undo_.empty()) return false;
  step(undo_, redo_, /*back=*/true);
  return true;
}

bool Draft::redo() {
  if (redo_.empty()) return false;
  step(redo_, undo_, /*back=*/false);
  return true;
}

void Draft::refresh() {
  ++revision_;
  refused_.clear();
  changed_ = spec::changedKeys(preset_, current_);
  whole_ = spec::checkExperiment(current_);
  static const double memory = spec::machineMemory();
  problems_ = spec::networkProblems(current_, memory);
}

std::vector<std::string> Draft::changedFromPreset() const { return changed_; }

bool Draft::differs(const std::string& key) const {
  return std::find(changed_.begin(), changed_.end(), key) != changed_.end();
}

const Draft::Refused* Draft::refused(const std::string& key) const {
  const auto found = refused_.find(key);
  return found == refused_.end() ? nullptr : &found->second;
}

std::string Draft::whyNotLearn() const {
  if (problems_.empty()) {
    const auto other = problem();
    return other ? other->text() : "";
  }
  const auto& first = problems_.front();
  const auto& network = current_.network;
  if (first.layer) return network.layers[*first.layer].name + ": " + first.what;
  if (!first.path) return first.what;
  const auto& path = network.paths[*first.path];
  return path.from + " → " + path.to + ": " + first.what;
}

std::optional<spec::Error> Draft::problem() const {
  if (!refused_.empty()) return refused_.begin()->second.error;
  return whole_;
}

}  // namespace dentate::ui
