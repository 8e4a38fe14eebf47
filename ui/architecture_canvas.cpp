#include "ui/architecture_canvas.h"

#include <imgui_node_editor.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/architecture_view.h"
#include "ui/network_panel.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

namespace ed = ax::NodeEditor;

constexpr float kPinReach = 12, kPinRadius = 6;                 // around its centre, design pixels
constexpr float kLargestFit = 1.0F, kNumberAt = 0.32F;          // the latter of a link's length
constexpr std::uintptr_t kLinkBase = std::uintptr_t{1} << 20U;  // above any node's number

ed::NodeId nodeId(int id) { return {static_cast<std::uintptr_t>(id)}; }
std::uintptr_t pinNumber(int id, bool out) {
  return 2 * static_cast<std::uintptr_t>(id) + (out ? 1 : 0);
}
bool isOut(std::uintptr_t pin) { return pin % 2 == 1; }

ed::LinkId linkId(const NodePlaces& places, const spec::PathSpec& path) {
  return {static_cast<std::uintptr_t>(places.id(path.from)) * kLinkBase +
          static_cast<std::uintptr_t>(places.id(path.to))};
}

ImVec4 vec(figure::Color color, float alpha = 1) {
  return ImGui::ColorConvertU32ToFloat4(pack(color, alpha));
}

ed::EditorContext* makeEditor() {
  ed::Config config;
  // Places are the panel's own view state. What has been saved is not written out in every frame.
  config.SettingsFile = nullptr;
  const auto saved = [](auto...) { return true; };
  config.SaveSettings = saved;
  config.SaveNodeSettings = saved;
  config.CanvasSizeMode = ed::CanvasSizeMode::CenterOnly;
  for (const float level : {0.15F, 0.25F, 0.5F, 0.75F, 1.0F, 1.5F, 2.0F, 3.0F})
    config.CustomZoomLevels.push_back(level);
  return ed::CreateEditor(&config);
}

}  // namespace

ArchitectureCanvas::ArchitectureCanvas() : editor_(makeEditor(), ed::DestroyEditor) {}
ArchitectureCanvas::~ArchitectureCanvas() = default;

void ArchitectureCanvas::select(Picked picked) { selection_ = select_.emplace(std::move(picked)); }

std::optional<ImVec2> ArchitectureCanvas::pin(const std::string& layer, bool out) const {
  const auto found = pins_.find(layer);
  if (found == pins_.end()) return std::nullopt;
  return out ? found->second.out : found->second.in;
}

void ArchitectureCanvas::setStyle(const Look& look) const {
  ed::Style& style = ed::GetStyle();
  const auto& ground = look.ground;
  style.NodePadding = {0, 0, 0, 0};
  style.NodeRounding = style.PinRounding = look.px(4);
  style.NodeBorderWidth = look.hairline() * 1.25F;
  style.HoveredNodeBorderWidth = look.px(2);
  style.SelectedNodeBorderWidth = look.px(2);
  style.SelectedNodeBorderOffset = look.px(3);
  style.LinkStrength = look.px(40);
  style.ScrollDuration = 0;
  style.AngledLinks = true;
  style.GridSize = {look.px(32), look.px(32)};
  style.Colors[ed::StyleColor_Bg] = vec(mix(ground.panel, ground.ground, 0.5F));
  style.Colors[ed::StyleColor_Grid] = vec(ground.line, 0.35F);
  style.Colors[ed::StyleColor_NodeBg] = vec(mix(ground.panel, ground.ground, 0.6F));
  for (const auto color :
       {ed::StyleColor_HovNodeBorder, ed::StyleColor_HovLinkBorder, ed::StyleColor_SelLinkBorder})
    style.Colors[color] = vec(ground.accent);
  style.Colors[ed::StyleColor_SelNodeBorder] = vec(ground.text);
  for (const auto color : {ed::StyleColor_NodeSelRect, ed::StyleColor_LinkSelRect})
    style.Colors[color] = vec(ground.accent, 0.2F);
  style.Colors[ed::StyleColor_PinRect] = vec(ground.accent, 0.3F);
  style.Colors[ed::StyleColor_PinRectBorder] = vec(ground.accent);
}

// Gives the editor the places that did not come from it.
void ArchitectureCanvas::place(const CanvasInput& input, bool anew) {
  const float scale = input.context.look.scale;
  const bool begins = placed_ < 0;
  if (begins && places_.restore(input.network, input.context.session.nodes))
    anew = false;  // stands as it was left
  if (places_.follow(input.network, anew)) fit_ = true;
  if (std::exchange(arrange_, false)) {
    places_.arrange(input.network);
    fit_ = true;
  }
  if (placed_ == places_.revision() && scale_ == scale) return;
  if (scale_ != scale) fit_ = true;
  placed_ = places_.revision();
  scale_ = scale;
  for (const auto& layer : input.network.layers) {
    const Point at = places_.at(layer.name);
    ed::SetNodePosition(nodeId(places_.id(layer.name)), {at.x * scale, at.y * scale});
  }
}

void ArchitectureCanvas::drawNodes(const CanvasInput& input) {
  const Look& look = input.context.look;
  const auto pin = [&](int id, bool out, ImVec2 at, figure::Color color) {
    const float reach = look.px(kPinReach);
    ed::BeginPin({pinNumber(id, out)}, out ? ed::PinKind::Output : ed::PinKind::Input);
    ed::PinRect({at.x - reach, at.y - reach}, {at.x + reach, at.y + reach});
    ed::PinPivotRect(at, at);
    ed::EndPin();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddCircleFilled(at, look.px(kPinRadius), look.panel());
    list.AddCircle(at, look.px(kPinRadius), pack(color), 0, look.px(2));
  };
  pins_.clear();
  for (std::size_t i = 0; i < input.network.layers.size(); ++i) {
    const auto& layer = input.network.layers[i];
    const int id = places_.id(layer.name);
    const figure::Color color = figure::layerColor(input.network, i, look.theme);
    const bool wrong = !reasonsAtLayer(input, i).empty();
    ed::PushStyleColor(ed::StyleColor_NodeBorder, vec(wrong ? look.warning : color, 0.9F));
    ed::BeginNode(nodeId(id));
    const ImVec2 at = ImGui::GetCursorScreenPos(), size = nodeSize(input, i);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    drawNode(input, i, {at.x, at.y, size.x, size.y}, stimulus_, list);
    const float y = at.y + look.px(kPinHeight);
    if (!spec::isSource(layer.role)) pin(id, /*out=*/false, {at.x, y}, color);
    ImGui::SetCursorScreenPos(at);
    if (!spec::isOutput(layer.role)) pin(id, /*out=*/true, {at.x + size.x, y}, color);
    ImGui::SetCursorScreenPos(at);
    ImGui::Dummy(size);
    ed::EndNode();
    ed::PopStyleColor();
    pins_[layer.name] = {{at.x, y}, {at.x + size.x, y}, at, {at.x + size.x, at.y + size.y}};
  }
}

void ArchitectureCanvas::drawLinks(const CanvasInput& input) {
  const Look& look = input.context.look;
  const double scale = bandScale(input.context.now.paths);
  marks_.clear();
  for (std::size_t p = 0; p < input.network.paths.size(); ++p) {
    const auto& path = input.network.paths[p];
    const auto from = pins_.find(path.from), to = pins_.find(path.to);
    if (from == pins_.end() || to == pins_.end()) continue;
    const bool frozen = path.frozen || (input.live && p < input.context.now.paths.size() &&
                                        input.context.now.paths[p].frozen);
    const auto style = figure::pathStyle(input.network, p, look.theme);
    const figure::Color color = !reasonsAtPath(input, p).empty() ? look.warning
                                : frozen                         ? look.ground.quiet
                                         : mix(look.ground.panel, style.color, 0.8F);
    ed::Link(linkId(places_, path), {pinNumber(places_.id(path.from), true)},
             {pinNumber(places_.id(path.to), false)}, vec(color), linkThickness(input, p, scale));
    mark(p, from->second, to->second);
  }
  for (auto& [name, pins] : pins_) {
    pins.in = ed::CanvasToScreen(pins.in);
    pins.out = ed::CanvasToScreen(pins.out);
  }
}

// Numbers stand where links of one gap are apart: in the middle of a level link, nearer to the source
// of another. Reasons stand above both nodes, where no node of their row is; those of a link that
// leads back, which goes round the nodes, below them.
void ArchitectureCanvas::mark(std::size_t path, const Pins& from, const Pins& to) {
  const ImVec2 a = from.out, b = to.in;
  const bool back = b.x < a.x, level = std::abs(a.y - b.y) < 8 * scale_;
  const float t = back || level ? 0.5F : kNumberAt;
  const float rise = t * t * (3 - 2 * t);
  const float x = (a.x + b.x) / 2, gap = 8 * scale_;
  const float low = std::max(from.high.y, to.high.y) + gap;
  const ImVec2 number =
      back ? ImVec2{x, low} : ImVec2{std::lerp(a.x, b.x, t), std::lerp(a.y, b.y, rise)};
  const ImVec2 reason{x, back ? low + gap : std::min(from.low.y, to.low.y) - gap / 2};
  marks_.push_back({path, ed::CanvasToScreen(number), ed::CanvasToScreen(reason), back});
}

Point ArchitectureCanvas::middle() const {
  const float x = (view_low_.x + view_high_.x) / 2, y = (view_low_.y + view_high_.y) / 2;
  return {x / scale_ - kNodeWidth / 2, y / scale_ - kNodeHeight / 2};
}

void ArchitectureCanvas::takePlaces(const CanvasInput& input) {
  for (const auto& layer : input.network.layers) {
    const ImVec2 at = ed::GetNodePosition(nodeId(places_.id(layer.name)));
    if (at.x < FLT_MAX) places_.put(layer.name, {at.x / scale_, at.y / scale_});
  }
  input.context.session.nodes = places_.placed(input.network);
}

void ArchitectureCanvas::takeSelection(const CanvasInput& input) {
  const auto& network = input.network;
  if (select_) {
    ed::ClearSelection();
    for (const auto& name : select_->layers) ed::SelectNode(nodeId(places_.id(name)), true);
    for (const auto& path : network.paths)
      if (std::find(select_->paths.begin(), select_->paths.end(), Ends{path.from, path.to}) !=
          select_->paths.end())
        ed::SelectLink(linkId(places_, path), true);
    select_.reset();
  }
  selection_ = {};
  for (const auto& layer : network.layers)
    if (ed::IsNodeSelected(nodeId(places_.id(layer.name)))) selection_.layers.push_back(layer.name);
  for (const auto& path : network.paths)
    if (ed::IsLinkSelected(linkId(places_, path))) selection_.paths.push_back({path.from, path.to});
}

std::optional<std::size_t> ArchitectureCanvas::layerOfPin(const CanvasInput& input,
                                                          std::uintptr_t pin) const {
  for (std::size_t i = 0; i < input.network.layers.size(); ++i)
    if (static_cast<std::uintptr_t>(places_.id(input.network.layers[i].name)) == pin / 2) return i;
  return std::nullopt;
}

void ArchitectureCanvas::takeNewPath(const CanvasInput& input, CanvasWish& wish) const {
  const Look& look = input.context.look;
  const auto& layers = input.network.layers;
  const ImVec2 at = ed::GetMousePosOnCanvas();
  if (!ed::BeginCreate(vec(look.ground.accent), look.px(2))) return;
  ed::PinId a, b;
  if (ed::QueryNewLink(&a, &b)) {
    if (!isOut(a.Get())) std::swap(a, b);
    const auto from = layerOfPin(input, a.Get()), to = layerOfPin(input, b.Get());
    const bool ways = from && to && isOut(a.Get()) && !isOut(b.Get());
    const Ends ends = ways ? Ends{layers[*from].name, layers[*to].name} : Ends{};
    const std::string why =
        ways ? whyNotPath(input.network, ends) : "Connect an output, right, with an input, left";
    if (!why.empty()) {
      ed::RejectNewItem(vec(look.warning), look.px(2));
      ImGui::SetTooltip("%s", why.c_str());
    } else if (ed::AcceptNewItem(vec(look.ground.accent), look.px(3))) {
      wish.connect = ends;
    }
  } else if (ed::QueryNewNode(&a)) {
    ImGui::SetTooltip("A new layer here");
    const auto layer = layerOfPin(input, a.Get());
    if (ed::AcceptNewItem() && layer) {
      (isOut(a.Get()) ? wish.grow_from : wish.grow_to) = layers[*layer].name;
      wish.at = {at.x / scale_, at.y / scale_ - kPinHeight};
      if (!isOut(a.Get())) wish.at.x -= kNodeWidth;
    }
  }
  ed::EndCreate();
}

void ArchitectureCanvas::drawMenus(const CanvasInput& input, CanvasWish& wish) {
  const ImVec2 at = ed::GetMousePosOnCanvas();
  ed::NodeId node;
  ed::LinkId link;
  ed::Suspend();
  const bool on_node = ed::ShowNodeContextMenu(&node);
  const bool on_link = !on_node && ed::ShowLinkContextMenu(&link);
  const bool on_ground = !on_node && !on_link && ed::ShowBackgroundContextMenu();
  if ((on_node || on_link || on_ground) && !input.live) {
    menu_at_ = {at.x / scale_, at.y / scale_};
    if (on_node && !ed::IsNodeSelected(node)) ed::SelectNode(node);
    if (on_link && !ed::IsLinkSelected(link)) ed::SelectLink(link);
    ImGui::OpenPopup(on_ground ? "ground_menu" : "parts_menu");
  }
  const auto item = [&](const char* label, const char* key, CanvasAct act) {
    if (!ImGui::MenuItem(label, key)) return;
    wish.act = act;
    wish.at = menu_at_;
  };
  if (ImGui::BeginPopup("parts_menu")) {
    item("Duplicate", "Ctrl+D", CanvasAct::Duplicate);
    item("Copy", "Ctrl+C", CanvasAct::Copy);
    item("Cut", "Ctrl+X", CanvasAct::Cut);
    item("Delete", "Del", CanvasAct::Delete);
    ImGui::EndPopup();
  }
  if (ImGui::BeginPopup("ground_menu")) {
    item("Add a layer here", "", CanvasAct::AddLayer);
    item("Paste here", "Ctrl+V", CanvasAct::Paste);
    item("Select all", "Ctrl+A", CanvasAct::SelectAll);
    if (ImGui::MenuItem("Arrange")) arrange_ = true;
    if (ImGui::MenuItem("Fit", "F")) fit_ = true;
    ImGui::EndPopup();
  }
  ed::Resume();
}

// A view that shows all goes on showing all when the panel changes its size.
void ArchitectureCanvas::followSize(ImVec2 size) {
  const auto same = [](ImVec2 a, ImVec2 b) {
    return std::abs(a.x - b.x) < 0.5F && std::abs(a.y - b.y) < 0.5F;
  };
  const bool sized = !same(size, size_);
  if (fitted_ && sized) fit_ = true;
  if (fitted_ && !sized && !fit_) {
    if (fresh_) fitted_low_ = view_low_;
    fitted_ = same(fitted_low_, view_low_);
  }
  fresh_ = false;
  size_ = size;
}

void ArchitectureCanvas::navigate(const CanvasInput& input, ImVec2 size) {
  ImVec2 low = view_low_, high = view_high_;
  float width = 0, height = 0;  // to be shown at least
  if (fit_ && !input.network.layers.empty()) {
    low = {FLT_MAX, FLT_MAX};
    high = {-FLT_MAX, -FLT_MAX};
    for (std::size_t i = 0; i < input.network.layers.size(); ++i) {
      const Point at = places_.at(input.network.layers[i].name);
      const ImVec2 node = nodeSize(input, i);
      low = {std::min(low.x, at.x * scale_), std::min(low.y, at.y * scale_)};
      high = {std::max(high.x, at.x * scale_ + node.x), std::max(high.y, at.y * scale_ + node.y)};
    }
    const float margin = 24 * scale_;
    low = {low.x - margin, low.y - margin};
    high = {high.x + margin, high.y + margin};
    width = size.x / kLargestFit;  // a small network is not blown up
    height = size.y / kLargestFit;
  } else if (zoom_ != 1) {
    width = (high.x - low.x) / zoom_;
    height = (high.y - low.y) / zoom_;
    low = high = {(low.x + high.x) / 2, (low.y + high.y) / 2};
  }
  const float more_x = std::max(0.0F, (width - (high.x - low.x)) / 2);
  const float more_y = std::max(0.0F, (height - (high.y - low.y)) / 2);
  if (fit_ || zoom_ != 1)
    showCanvas(editor_.get(), {low.x - more_x, low.y - more_y}, {high.x + more_x, high.y + more_y});
  if (fit_) fitted_ = fresh_ = true;
  fit_ = false;
  zoom_ = 1;
}

void ArchitectureCanvas::drawChips(const CanvasInput& input, ImVec2 low, ImVec2 high) const {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRect(low, high, true);
  for (const Mark& mark : marks_) {
    const LinkChip chip = linkChip(input, mark.path);
    drawNumber(input.context.look, chip, mark.number, pixel_, list);
    drawReason(input.context.look, chip, {mark.reason, mark.below}, pixel_, list);
  }
  list.PopClipRect();
}

void ArchitectureCanvas::drawHover(const CanvasInput& input) const {
  if (!ImGui::IsWindowHovered() || (!hovered_layer_ && !hovered_path_)) return;
  ImGui::BeginTooltip();
  if (hovered_layer_)
    layerCard(input, *hovered_layer_);
  else
    pathCard(input, *hovered_path_);
  ImGui::EndTooltip();
}

CanvasWish ArchitectureCanvas::draw(const CanvasInput& input, ImVec2 size, bool anew) {
  CanvasWish wish;
  const auto& strip = input.context.now.strip;
  if (input.live && !strip.stimuli.empty())
    stimulus_.show(strip.stimuli[std::min(strip.newest, strip.stimuli.size() - 1)].pixels,
                   strip.width, strip.height);
  ed::SetCurrentEditor(editor_.get());
  setStyle(input.context.look);
  ed::EnableShortcuts(false);  // the panel has keys of its own
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  place(input, anew);
  ed::Begin("canvas", size);
  CanvasInput zoomed = input;
  zoomed.zoom = pixel_;
  drawNodes(zoomed);
  drawLinks(input);
  takeSelection(input);
  if (!input.live) takeNewPath(input, wish);
  drawMenus(input, wish);
  pixel_ = 1 / std::max(0.01F, ed::GetCurrentZoom());
  hovered_layer_ = layerOfPin(input, 2 * ed::GetHoveredNode().Get());
  hovered_path_.reset();
  for (std::size_t p = 0; p < input.network.paths.size(); ++p)
    if (ed::GetHoveredLink() && linkId(places_, input.network.paths[p]) == ed::GetHoveredLink())
      hovered_path_ = p;
  view_low_ = ed::ScreenToCanvas(corner);
  view_high_ = ed::ScreenToCanvas({corner.x + size.x, corner.y + size.y});
  ed::End();
  takePlaces(input);
  followSize(size);
  if (const auto shown = pins_.find(std::exchange(reveal_, "")); shown != pins_.end())
    fit_ |= shown->second.low.x < view_low_.x || shown->second.low.y < view_low_.y ||
            shown->second.high.x > view_high_.x || shown->second.high.y > view_high_.y;
  navigate(input, size);
  ed::SetCurrentEditor(nullptr);
  drawChips(input, corner, {corner.x + size.x, corner.y + size.y});
  drawHover(input);
  return wish;
}

}  // namespace dentate::ui
