#include "ui/architecture_side.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <type_traits>
#include <utility>

#include "engine/figure/palette.h"
#include "engine/spec/graph.h"
#include "engine/spec/inhibition.h"
#include "engine/spec/shape.h"
#include "engine/spec/spelling.h"
#include "imgui_stdlib.h"
#include "ui/architecture_rows.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/live_curves.h"
#include "ui/network_panel.h"
#include "ui/plot_drawing.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

using spec::LayerRole;
using spec::LayerSpec;
using spec::PathSpec;

Draft& draftOf(const SideInput& input) { return input.canvas.context.session.draft; }

Ends onlyLayer(const std::string& name) { return {name, ""}; }

void setLayer(const SideInput& input, const std::string& name, const LayerSpec& layer) {
  draftOf(input).setNetwork(withLayerAs(input.canvas.network, name, layer));
}

void setPath(const SideInput& input, const Ends& ends, const PathSpec& path) {
  draftOf(input).setNetwork(withPathAs(input.canvas.network, ends, path));
}

// An output is not inhibited, and an input neither.
LayerSpec withRole(LayerSpec layer, LayerRole role) {
  layer.role = role;
  if (role != LayerRole::Hidden) {
    if (spec::isConvolutional(layer)) layer = withKind(layer, spec::LayerKind::Dense);
    layer.inhibition = spec::Inhibition::None;
    layer.pathway = spec::Pathway::None;
  }
  if (role == LayerRole::Bias) layer.units = 1;
  return layer;
}

// All of the text as a number; none where it is not one.
template <class T>
std::optional<T> parsed(const std::string& text) {
  T value{};
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || rest != end) return std::nullopt;
  return value;
}

// Blanks at either end, and between digits, are no part of a number.
std::string withoutBlanks(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == ','; });
  return text;
}

}  // namespace

bool ArchitectureSide::field(const char* id, Field& field, const Ends& of,
                             const std::string& shown) {
  if (!field.active) {
    field.text = shown;
    field.of = of;
  }
  ImGui::InputText(id, &field.text, ImGuiInputTextFlags_AutoSelectAll);
  if (ImGui::IsItemActivated()) field.active = true;
  if (ImGui::IsItemDeactivated()) field.active = false;
  return ImGui::IsItemDeactivatedAfterEdit();
}

void ArchitectureSide::refuse(const Ends& of, std::string why) {
  refused_of_ = of;
  refused_ = std::move(why);
}

ArchitectureSide::Wish ArchitectureSide::draw(const SideInput& input) {
  Wish wish;
  const auto& network = input.canvas.network;
  const Picked& picked = input.selection;
  const Look& look = input.canvas.context.look;
  const LayerSpec* layer = picked.size() == 1 && !picked.layers.empty()
                               ? layerNamed(network, picked.layers[0])
                               : nullptr;
  const PathSpec* path =
      picked.size() == 1 && !picked.paths.empty() ? pathBetween(network, picked.paths[0]) : nullptr;
  if (layer != nullptr)
    drawLayer(input, *layer, wish);
  else if (path != nullptr)
    drawPath(input, *path, wish);
  else
    drawWhole(input, wish);
  if (!input.canvas.live && picked.size() > 0) {
    if (!picked.layers.empty() && ImGui::Button("Duplicate###duplicate"))
      wish.act = CanvasAct::Duplicate;
    if (!picked.layers.empty()) ImGui::SameLine();
    if (ImGui::Button(picked.layers.empty() ? "Cut the path###delete" : "Delete###delete"))
      wish.act = CanvasAct::Delete;
  }
  ImGui::Dummy({0, look.px(4)});
  drawNetworkFacts(input);
  drawDifferences(input);
  return wish;
}

void ArchitectureSide::drawLayer(const SideInput& input, const LayerSpec& layer, Wish& wish) {
  const Look& look = input.canvas.context.look;
  sideHeading(look, "Layer " + layer.name);
  if (input.canvas.live) return drawLive(input);
  sideRow(look, "name");
  if (field("##name", name_, onlyLayer(layer.name), layer.name)) {
    const std::string before = name_.of.from;
    const std::string why = whyNotName(input.canvas.network, before, name_.text);
    refuse(name_.of, why);
    const LayerSpec* renamed = layerNamed(input.canvas.network, before);
    if (why.empty() && renamed != nullptr) {
      LayerSpec other = *renamed;
      other.name = name_.text;
      setLayer(input, before, other);
      wish.select = Picked{{other.name}, {}};
    }
  }
  sideRow(look, "role");
  hoverTerm(input.canvas.context, "role");
  if (const auto role = sideChoice("##role", layer.role))
    setLayer(input, layer.name, withRole(layer, *role));
  drawLayerNumbers(input, layer);
  if (refused_of_ == onlyLayer(layer.name) && !refused_.empty()) errorText(look, refused_);
  for (std::size_t i = 0; i < input.canvas.network.layers.size(); ++i)
    if (input.canvas.network.layers[i].name == layer.name)
      if (const std::string why = reasonsAtLayer(input.canvas, i); !why.empty())
        errorText(look, why);
  drawPathsOf(input, layer, wish);
}

void ArchitectureSide::drawNumber(const SideInput& input, const LayerSpec& layer, const char* name,
                                  std::int64_t LayerSpec::*number) {
  sideRow(input.canvas.context.look, name);
  hoverTerm(input.canvas.context, number == &LayerSpec::units ? "unit" : name);
  Field& typed = numbers_[name];
  if (!field(("##" + std::string(name)).c_str(), typed, onlyLayer(layer.name),
             std::to_string(layer.*number)))
    return;
  const auto value = parsed<std::int64_t>(withoutBlanks(typed.text));
  const LayerSpec* changed = layerNamed(input.canvas.network, typed.of.from);
  std::string title(name);
  title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(title[0])));
  refuse(typed.of, value ? "" : title + ": expected a whole number, got \"" + typed.text + "\"");
  if (!value || changed == nullptr) return;
  LayerSpec other = *changed;
  other.*number = *value;
  setLayer(input, other.name, other);
}

// Of a convolutional layer its numbers and the maps that they make; else its units.
void ArchitectureSide::drawKind(const SideInput& input, const LayerSpec& layer) {
  const Look& look = input.canvas.context.look;
  if (layer.role == LayerRole::Hidden) {
    sideRow(look, "kind");
    hoverTerm(input.canvas.context, "convolutional");
    if (const auto kind = sideChoice("##kind", layer.kind))
      setLayer(input, layer.name, withKind(layer, *kind));
  }
  if (layer.role == LayerRole::Bias) return;
  if (!spec::isConvolutional(layer)) {
    drawNumber(input, layer, "units", &LayerSpec::units);
    if (layer.role == LayerRole::Input && spec::convolves(input.canvas.network))
      drawNumber(input, layer, "channels", &LayerSpec::channels);
    return;
  }
  drawNumber(input, layer, "channels", &LayerSpec::channels);
  drawNumber(input, layer, "kernel", &LayerSpec::kernel);
  drawNumber(input, layer, "stride", &LayerSpec::stride);
  drawNumber(input, layer, "padding", &LayerSpec::padding);
  sideRow(look, "units");
  sideValue(look, sizeInWords(input.canvas.network, layer));
  tip("Channels × height × width, which follow from what the layer is over");
}

void ArchitectureSide::drawLayerNumbers(const SideInput& input, const LayerSpec& layer) {
  const Look& look = input.canvas.context.look;
  drawKind(input, layer);
  if (layer.role != LayerRole::Hidden) return;
  drawInhibition(input, layer);
  LayerSpec other = layer;
  sideRow(look, "pathway");
  hoverTerm(input.canvas.context, "pathway");
  if (const auto pathway = sideChoice("##pathway", layer.pathway)) {
    other.pathway = *pathway;
    setLayer(input, layer.name, other);
  }
}

// The kind; of one in which k units win, k as shares of the units and over how many meta-steps.
void ArchitectureSide::drawInhibition(const SideInput& input, const LayerSpec& layer) {
  const PanelContext& context = input.canvas.context;
  const auto& rule = draftOf(input).spec().rule;
  sideRow(context.look, "inhibition");
  hoverTerm(context, "inhibition");
  if (const auto kind = inhibitionChoice("##inhibition", layer.inhibition, rule.condition)) {
    LayerSpec other = layer;
    other.inhibition = *kind;
    setLayer(input, layer.name, other);
  }
  if (isIdle(layer.inhibition, rule.condition)) sideNote(context.look, idleNote(rule.condition));
  if (!spec::kindOf(layer.inhibition).anneals && draftOf(input).spec().replicas.inhibitions.empty())
    return;
  const auto row = [&](const char* label, const char* id, Field& typed, const std::string& shown,
                       auto member) {
    sideRow(context.look, label);
    hoverTerm(context, "k of k-WTA");
    if (!field(id, typed, onlyLayer(layer.name), shown)) return;
    using Number = std::remove_reference_t<decltype(layer.*member)>;
    const auto value = parsed<std::remove_const_t<Number>>(withoutBlanks(typed.text));
    refuse(typed.of,
           value ? "" : std::string(label) + ": expected a number, got \"" + typed.text + "\"");
    const LayerSpec* changed = layerNamed(input.canvas.network, typed.of.from);
    if (!value || changed == nullptr) return;
    LayerSpec other = *changed;
    other.*member = *value;
    setLayer(input, other.name, other);
  };
  row("k_max", "##k_max", k_max_, editable(layer.k_max), &LayerSpec::k_max);
  row("k_target", "##k_target", k_target_, editable(layer.k_target), &LayerSpec::k_target);
  row("k_steps", "##k_steps", k_steps_, std::to_string(layer.k_steps), &LayerSpec::k_steps);
  const auto steps = spec::totalSteps(draftOf(input).spec());
  sideNote(context.look, count(spec::annealedK(layer, 0)) + " → " +
                             count(spec::annealedK(layer, layer.k_steps)) + " of " +
                             count(layer.units) + " units win, over " + count(layer.k_steps) +
                             " of " + count(steps) + " meta-steps");
}

// The paths out of the layer, each to be cut, and those that could be: connecting by keyboard.
void ArchitectureSide::drawPathsOf(const SideInput& input, const LayerSpec& layer, Wish& wish) {
  if (spec::isOutput(layer.role)) return;
  const auto& network = input.canvas.network;
  for (const auto& path : network.paths) {
    if (path.from != layer.name) continue;
    if (ImGui::SmallButton(("→ " + path.to + "###to_" + path.to).c_str()))
      wish.select = Picked{{}, {{path.from, path.to}}};
  }
  ImGui::SetNextItemWidth(-1);
  if (!ImGui::BeginCombo("##connect", "connect to …")) return;
  for (const auto& other : network.layers) {
    const Ends ends{layer.name, other.name};
    if (whyNotPath(network, ends).empty() && ImGui::Selectable(other.name.c_str()))
      draftOf(input).setNetwork(withPath(network, ends));
  }
  ImGui::EndCombo();
}

void ArchitectureSide::drawPath(const SideInput& input, const PathSpec& path, Wish& wish) {
  const Look& look = input.canvas.context.look;
  const Ends ends{path.from, path.to};
  sideHeading(look, path.from + " → " + path.to);
  for (const auto& name : {path.from, path.to}) {
    if (ImGui::SmallButton((name + "###end_" + name).c_str())) wish.select = Picked{{name}, {}};
    ImGui::SameLine();
  }
  ImGui::NewLine();
  if (input.canvas.live) return drawLive(input);
  drawAlpha0(input, path);
  PathSpec other = path;
  sideRow(look, "learns");
  bool learns = !path.frozen;
  if (ImGui::Checkbox("##learns", &learns)) {
    other.frozen = !learns;
    setPath(input, ends, other);
  }
  tip("Off: frozen, neither its weights nor its α change");
  sideRow(look, "pathway");
  hoverTerm(input.canvas.context, "pathway");
  if (const auto pathway = sideChoice("##path_pathway", path.pathway)) {
    other.pathway = *pathway;
    setPath(input, ends, other);
  }
  if (refused_of_ == ends && !refused_.empty()) errorText(look, refused_);
  for (std::size_t p = 0; p < input.canvas.network.paths.size(); ++p)
    if (input.canvas.network.paths[p] == path)
      if (const std::string why = reasonsAtPath(input.canvas, p); !why.empty())
        errorText(look, why);
}

void ArchitectureSide::drawAlpha0(const SideInput& input, const PathSpec& path) {
  sideRow(input.canvas.context.look, "α₀");
  hoverTerm(input.canvas.context, "α₀");
  if (field("##alpha0", alpha0_, {path.from, path.to}, path.alpha0 ? editable(*path.alpha0) : "")) {
    const std::string text = withoutBlanks(alpha0_.text);
    const auto value = parsed<double>(text);
    const bool good = text.empty() || (value && std::isfinite(*value));
    refuse(alpha0_.of, good ? "" : "α₀: expected a number, got \"" + alpha0_.text + "\"");
    const PathSpec* changed = pathBetween(input.canvas.network, alpha0_.of);
    if (good && changed != nullptr) {
      PathSpec other = *changed;
      other.alpha0 = text.empty() ? std::nullopt : value;
      setPath(input, alpha0_.of, other);
    }
  }
  if (!path.alpha0 && !alpha0_.active)
    sideNote(input.canvas.context.look,
             "empty: the rule's, " + editable(draftOf(input).spec().rule.alpha0));
}

void ArchitectureSide::drawWhole(const SideInput& input, Wish& wish) {
  const Look& look = input.canvas.context.look;
  const Picked& picked = input.selection;
  if (picked.size() > 1) {
    const auto layers = static_cast<std::int64_t>(picked.layers.size());
    const auto paths = static_cast<std::int64_t>(picked.paths.size());
    return sideHeading(look, plural(layers, "layer", "layers") + ", " +
                                 plural(paths, "path", "paths") + " selected");
  }
  sideHeading(look, "Layers");
  for (const auto& layer : input.canvas.network.layers) {
    const std::string label =
        layer.name + " · " + sizeInWords(input.canvas.network, layer) + "###layer_" + layer.name;
    if (ImGui::Selectable(label.c_str())) wish.select = Picked{{layer.name}, {}};
  }
  sideNote(look, input.canvas.live
                     ? "Click a layer or a path to see its curve."
                     : "Drag from a layer's right pin to another's left one to connect "
                       "them; into the open for a new layer.");
}

// The curve of what is selected.
void ArchitectureSide::drawLive(const SideInput& input) {
  const PanelContext& context = input.canvas.context;
  const auto& network = input.canvas.network;
  const bool of_layer = !input.selection.layers.empty();
  PlotContent content = of_layer ? activeFractionContent(context) : alphaContent(context);
  content.id = of_layer ? "architecture_active_fraction" : "architecture_alpha";
  std::string name;
  for (std::size_t l = 0; of_layer && l < network.layers.size(); ++l)
    if (network.layers[l].name == input.selection.layers[0]) name = shortLayerTitle(network, l);
  for (std::size_t p = 0; !of_layer && p < network.paths.size(); ++p)
    if (Ends{network.paths[p].from, network.paths[p].to} == input.selection.paths[0])
      name = figure::pathLabel(network, p);
  std::erase_if(content.curves, [&](const PlotCurve& curve) { return !isCalled(curve, name); });
  if (content.curves.empty()) return sideNote(context.look, "It has no curve of its own.");
  const bool known = std::any_of(content.curves.begin(), content.curves.end(),
                                 [](const PlotCurve& curve) { return curve.trace.size > 1; });
  sideNote(context.look, of_layer ? "Active fraction over the tasks" : "α over the tasks");
  if (!known) return sideNote(context.look, "Its curve appears here. Press Play.");
  drawPlot(context, content, plot_, {0, context.look.px(190)});
}

}  // namespace dentate::ui
