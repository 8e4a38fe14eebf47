#include "ui/units_desk.h"

#include <algorithm>
#include <utility>

namespace dentate::ui {
namespace {

// None where the network has no such unit, or it is of the input or a bias.
std::optional<link::UnitId> unitOf(const spec::NetworkSpec& network, const KeptUnits::Unit& kept) {
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const auto& layer = network.layers[l];
    if (layer.name == kept.first && !spec::isSource(layer.role) && kept.second >= 0 &&
        kept.second < layer.units)
      return link::UnitId{l, kept.second};
  }
  return std::nullopt;
}

}  // namespace

void UnitsDesk::follow(const link::Snapshot& now) {
  if (!now.spec) return;
  if (canvas.width() != now.strip.width || canvas.height() != now.strip.height)
    canvas = Canvas(now.strip.width, now.strip.height);
  spec_ = now.spec;
  if (recalled_) takeRecalled();
  if (run_ == now.run) return;
  run_ = now.run;
  const auto& network = spec_->network;
  const auto gone = [&](const link::UnitId& id) {
    return id.layer >= network.layers.size() || id.unit >= network.layers[id.layer].units ||
           spec::isSource(network.layers[id.layer].role);
  };
  std::erase_if(pinned, gone);
  if (selected && gone(*selected)) selected.reset();
  task = std::min(task, spec_->stream.tasks - 1);
}

void UnitsDesk::takeRecalled() {
  const KeptUnits kept = *std::exchange(recalled_, std::nullopt);
  kind = kept.kind;
  task = std::clamp<std::int64_t>(kept.task, 0, spec_->stream.tasks - 1);
  index = std::max<std::int64_t>(kept.index, 0);
  file = kept.file;
  if (!kept.drawn.empty() && kept.width == canvas.width() && kept.height == canvas.height() &&
      kept.drawn.size() == canvas.pixels().size())
    canvas.set(kept.drawn);
  for (const auto& unit : kept.pinned)
    if (const auto id = unitOf(spec_->network, unit); id && !isPinned(*id)) pin(*id);
  if (kept.chosen) selected = unitOf(spec_->network, *kept.chosen);
}

link::StimulusChoice UnitsDesk::choice() const {
  link::StimulusChoice made;
  made.kind = kind == Kind::File && file.empty() ? Kind::Newest : kind;
  if (made.kind == Kind::Test) made.task = task, made.index = index;
  if (made.kind == Kind::Drawn) made.pixels = canvas.pixels();
  if (made.kind == Kind::File) made.file = file;
  return made;
}

std::vector<link::UnitId> UnitsDesk::chosen() const {
  auto all = pinned;
  if (selected && !isPinned(*selected)) all.push_back(*selected);
  return all;
}

bool UnitsDesk::isPinned(const link::UnitId& unit) const {
  return std::find(pinned.begin(), pinned.end(), unit) != pinned.end();
}

void UnitsDesk::select(const link::UnitId& unit) {
  if (selected == unit)
    selected.reset();
  else
    selected = unit;
}

void UnitsDesk::pin(const link::UnitId& unit) {
  if (isPinned(unit))
    std::erase(pinned, unit);
  else if (pinned.size() + 1 < link::UnitsRequest::kMostUnits)
    pinned.push_back(unit);
}

KeptUnits UnitsDesk::kept() const {
  if (recalled_ || !spec_) return recalled_.value_or(KeptUnits());
  const auto& layers = spec_->network.layers;
  const auto named = [&](const link::UnitId& id) {
    return KeptUnits::Unit{id.layer < layers.size() ? layers[id.layer].name : "", id.unit};
  };
  KeptUnits out;
  for (const auto& id : pinned) out.pinned.push_back(named(id));
  if (selected) out.chosen = named(*selected);
  out.kind = kind;
  out.task = task;
  out.index = index;
  out.file = file;
  if (canvas.empty()) return out;
  out.width = canvas.width();
  out.height = canvas.height();
  out.drawn = canvas.pixels();
  return out;
}

}  // namespace dentate::ui
