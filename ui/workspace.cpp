#include "ui/workspace.h"

#include <algorithm>

#include "imgui_internal.h"

namespace dentate::ui {
namespace {

constexpr int kFrontFrames = 3;  // a tab bar is made in the first of them
constexpr const char* kHostName = "##dock_host";

using Nodes = std::map<Place, ImGuiID>;

// Splits `share` of a node off and returns it; the rest stays in `node`.
ImGuiID splitOff(ImGuiID& node, ImGuiDir side, float share) {
  return ImGui::DockBuilderSplitNode(node, side, std::clamp(share, 0.05F, 0.9F), nullptr, &node);
}

float bottomHeight(const Look& look, ImVec2 size) {
  return look.px(size.y > look.px(860) ? 136 : 112);
}

// Where two plots have no room above each other they are tabs; where there is none beside the diagram
// either, they and what else has none are tabs of its place.
Nodes buildLecture(ImGuiID root, const Look& look, ImVec2 size) {
  Nodes nodes;
  nodes[Place::Bottom] = splitOff(root, ImGuiDir_Down, bottomHeight(look, size) / size.y);
  const float height = size.y - bottomHeight(look, size);
  const bool beside = size.x > look.px(720), stacked = height > look.px(380);
  if (beside) {
    nodes[Place::RightUpper] = splitOff(root, ImGuiDir_Right, 0.37F);
    nodes[Place::RightLower] = stacked ? splitOff(nodes[Place::RightUpper], ImGuiDir_Down, 0.5F)
                                       : nodes[Place::RightUpper];
  }
  const float strip = look.px(height > look.px(640) ? 122 : 104);
  if (height > look.px(340)) nodes[Place::Strip] = splitOff(root, ImGuiDir_Up, strip / height);
  nodes[Place::Centre] = root;
  if (!nodes.contains(Place::Strip)) nodes[Place::Strip] = root;
  if (!beside) nodes[Place::RightUpper] = nodes[Place::RightLower] = root;
  return nodes;
}

Nodes buildLab(ImGuiID root, const Look& look, ImVec2 size) {
  Nodes nodes;
  nodes[Place::Bottom] = splitOff(root, ImGuiDir_Down, bottomHeight(look, size) / size.y);
  const float left = std::min(look.px(312), size.x * 0.27F);
  nodes[Place::Left] = splitOff(root, ImGuiDir_Left, left / size.x);
  const float rest = size.x - left;
  const float right = std::clamp(rest * 0.32F, std::min(look.px(330), rest * 0.34F), look.px(460));
  nodes[Place::RightUpper] = splitOff(root, ImGuiDir_Right, right / rest);
  // On a low window the two become tabs of one place.
  nodes[Place::RightLower] = size.y < look.px(800)
                                 ? nodes[Place::RightUpper]
                                 : splitOff(nodes[Place::RightUpper], ImGuiDir_Down, 0.38F);
  nodes[Place::BelowLeft] = nodes[Place::BelowRight] = nodes[Place::RightUpper];
  if (size.y > look.px(560)) {  // else they are tabs too
    nodes[Place::BelowLeft] = splitOff(root, ImGuiDir_Down, size.y < look.px(800) ? 0.37F : 0.40F);
    nodes[Place::BelowRight] = splitOff(nodes[Place::BelowLeft], ImGuiDir_Right, 0.5F);
  }
  nodes[Place::Centre] = root;
  return nodes;
}

Nodes buildArchitect(ImGuiID root, const Look& look, ImVec2 size) {
  Nodes nodes;
  nodes[Place::Bottom] = splitOff(root, ImGuiDir_Down, bottomHeight(look, size) / size.y);
  const float left = std::min(look.px(312), size.x * 0.25F);
  nodes[Place::Left] = splitOff(root, ImGuiDir_Left, left / size.x);
  nodes[Place::BelowLeft] = splitOff(root, ImGuiDir_Down, 0.36F);  // the drawing is wide
  nodes[Place::BelowRight] = splitOff(nodes[Place::BelowLeft], ImGuiDir_Right, 0.5F);
  nodes[Place::RightLower] = root;  // what is opened is as large as the drawing
  nodes[Place::Centre] = root;
  return nodes;
}

Nodes buildNodes(Workspace workspace, ImGuiID root, const Look& look, ImVec2 size) {
  switch (workspace) {
    case Workspace::Lab:
      return buildLab(root, look, size);
    case Workspace::Architect:
      return buildArchitect(root, look, size);
    case Workspace::Lecture:
      break;
  }
  return buildLecture(root, look, size);
}

ImGuiID rootId() { return ImHashStr("dentate_dock"); }

// The place of a panel where it is one tab of several, and its window; null elsewhere.
ImGuiDockNode* tabsOf(const std::string& title, ImGuiWindow*& window) {
  window = ImGui::FindWindowByName(title.c_str());
  ImGuiDockNode* const node = window != nullptr ? window->DockNode : nullptr;
  return node != nullptr && node->TabBar != nullptr && node->Windows.Size > 1 ? node : nullptr;
}

}  // namespace

Workspaces::Workspaces(const std::string& start, SavedLayouts layouts)
    : saved_(std::move(layouts)) {
  const bool known = workspaceNamed(start) || saved_.contains(start);
  name_ = wanted_ = known ? start : workspaceName(Workspace::Lecture);
  base_ = baseOf(name_);
}

Workspace Workspaces::baseOf(const std::string& name) const {
  if (const auto named = workspaceNamed(name)) return *named;
  const auto found = saved_.find(name);
  return found == saved_.end() ? Workspace::Lecture : found->second.base;
}

std::vector<std::string> Workspaces::own() const {
  std::vector<std::string> names;
  for (const auto& [name, layout] : saved_)
    if (!workspaceNamed(name)) names.push_back(name);
  return names;
}

void Workspaces::setOpen(const std::string& title, bool open) {
  if (open) {
    open_.insert(title);
    asked_.push_back(title);
  } else {
    open_.erase(title);
  }
  chosen_ = true;
}

std::optional<std::string> Workspaces::problemWith(const std::string& name) const {
  if (name.find_first_not_of(' ') == std::string::npos) return "Type a name.";
  if (name.size() > 40) return "At most 40 letters.";
  if (workspaceNamed(name)) return "That workspace comes with the program; choose another name.";
  if (saved_.contains(name)) return "There is a workspace of that name; choose another.";
  return std::nullopt;
}

void Workspaces::saveAs(const std::string& name) {
  keepCurrent();
  name_ = wanted_ = name;
  saved_[name] = currentLayout();
  chosen_ = true;
}

void Workspaces::rename(const std::string& name) {
  saved_.erase(name_);
  name_ = wanted_ = name;
  saved_[name] = currentLayout();
}

void Workspaces::remove() {
  removed_ = std::pair(name_, currentLayout());
  saved_.erase(name_);
  gone_ = true;
  wanted_ = workspaceName(base_);
}

void Workspaces::bringBack() {
  if (!removed_) return;
  wanted_ = removed_->first;
  saved_[removed_->first] = std::move(removed_->second);
  removed_.reset();
  gone_ = false;
}

SavedLayout Workspaces::currentLayout() const {
  if (!moved_) return {"", open_, base_};
  std::size_t size = 0;
  const char* ini = ImGui::SaveIniSettingsToMemory(&size);
  return {std::string(ini, size), open_, base_};
}

void Workspaces::keepCurrent() {
  if (started_ && !gone_ && (moved_ || chosen_ || isOwn())) saved_[name_] = currentLayout();
}

SavedLayouts Workspaces::layouts() const {
  auto out = saved_;
  if (started_ && !gone_ && (moved_ || chosen_ || isOwn())) out[name_] = currentLayout();
  return out;
}

void Workspaces::prepare() {
  if (reset_) {
    if (!isOwn()) saved_.erase(name_);
    rebuild_ = true;
    moved_ = chosen_ = reset_ = false;
  }
  if (started_ && wanted_ == name_) return;
  keepCurrent();
  started_ = true;
  gone_ = false;
  name_ = wanted_;
  base_ = baseOf(name_);
  const auto found = saved_.find(name_);
  chosen_ = found != saved_.end();
  moved_ = chosen_ && !found->second.ini.empty();
  rebuild_ = !moved_;
  bring_front_ = kFrontFrames;
  if (chosen_) open_ = found->second.open;
  if (!moved_) return;
  ImGui::LoadIniSettingsFromMemory(found->second.ini.c_str(), found->second.ini.size());
}

void Workspaces::build(const Look& look, ImVec2 size) {
  const bool fresh = rebuild_ && !chosen_;
  rebuild_ = false;
  bring_front_ = kFrontFrames;
  built_size_ = size;
  built_scale_ = look.scale;
  const ImGuiID root = rootId();
  ImGui::DockBuilderRemoveNode(root);
  ImGui::DockBuilderAddNode(root, static_cast<int>(ImGuiDockNodeFlags_DockSpace) |
                                      static_cast<int>(ImGuiDockNodeFlags_AutoHideTabBar));
  ImGui::DockBuilderSetNodeSize(root, size);
  if (fresh) open_.clear();
  const Nodes nodes = buildNodes(base_, root, look, size);
  const auto& panels = panelRegistry();
  const bool centred = std::any_of(panels.begin(), panels.end(), [this](const PanelEntry& panel) {
    return panel.placeIn(base_) == Place::Centre;
  });
  for (const PanelEntry& panel : panels) {
    Place place = panel.placeIn(base_);
    if (!centred && place == Place::RightUpper) place = Place::Centre;  // never an empty middle
    if (fresh && place != Place::Hidden) open_.insert(panel.title);
    if (place == Place::Hidden) place = Place::RightLower;  // a tab there, once it is opened
    if (const auto node = nodes.find(place); node != nodes.end())
      ImGui::DockBuilderDockWindow(panel.title, node->second);
  }
  ImGui::DockBuilderFinish(root);
}

// After a layout was made its tabs are as they were left; from then on, as they are seen.
void Workspaces::followFronts() {
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) bring_front_ = 0;  // a hand is never overruled
  if (bring_front_ > 0) {
    bringFronts(fronts_[name_]);
    if (--bring_front_ > 0) return;
  }
  asked_.clear();
  std::set<std::string> seen;
  for (const PanelEntry& panel : panelRegistry()) {
    ImGuiWindow* window = nullptr;
    const ImGuiDockNode* const node = tabsOf(panel.title, window);
    if (node != nullptr && node->SelectedTabId == window->TabId) seen.insert(panel.title);
  }
  fronts_[name_] = std::move(seen);
}

// One tab of each place: what was just asked for, else what was in front, else the first panel that
// is there by default. That is never the strip, which may stand in the place of the diagram.
void Workspaces::bringFronts(const std::set<std::string>& front) {
  std::set<const ImGuiDockNode*> done;
  const auto bring = [&](const std::string& title) {
    ImGuiWindow* window = nullptr;
    ImGuiDockNode* const node = tabsOf(title, window);
    if (node == nullptr || !done.insert(node).second) return;
    node->TabBar->NextSelectedTabId = window->TabId;
  };
  std::for_each(asked_.rbegin(), asked_.rend(), bring);
  for (const PanelEntry& panel : panelRegistry())
    if (front.contains(panel.title)) bring(panel.title);
  for (const PanelEntry& panel : panelRegistry()) {
    const Place place = panel.placeIn(base_);
    if (place != Place::Strip && place != Place::Hidden) bring(panel.title);
  }
}

// A splitter, a tab or a panel that is dragged makes the layout the person's own.
void Workspaces::noticeMoves(ImGuiID root) {
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  if (!ImGui::IsMouseDragging(ImGuiMouseButton_Left)) return;
  const ImGuiDockNode* node = ImGui::DockBuilderGetNode(root);
  const bool splitter = node != nullptr && g.ActiveId != 0 && g.ActiveIdWindow == node->HostWindow;
  if (splitter || g.MovingWindow != nullptr) moved_ = true;
}

void Workspaces::draw(const Look& look) {
  const ImGuiViewport& viewport = *ImGui::GetMainViewport();
  const float edge = look.px(12);
  ImGui::SetNextWindowPos({viewport.WorkPos.x + edge, viewport.WorkPos.y + look.px(4)});
  const ImVec2 size{std::max(64.0F, viewport.WorkSize.x - 2 * edge),
                    std::max(64.0F, viewport.WorkSize.y - edge - look.px(4))};
  ImGui::SetNextWindowSize(size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
  ImGui::Begin(kHostName, nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoDocking |
                   ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNavFocus |
                   ImGuiWindowFlags_NoBackground);
  ImGui::PopStyleVar(2);
  const bool resized =
      size.x != built_size_.x || size.y != built_size_.y || look.scale != built_scale_;
  if (rebuild_ || (!moved_ && resized)) build(look, size);
  // Splitters take the colour of borders; between panels the ground shows.
  ImGui::PushStyleColor(ImGuiCol_Border, look.base(0));
  ImGui::DockSpace(rootId(), {0, 0},
                   ImGuiDockNodeFlags_AutoHideTabBar | ImGuiDockNodeFlags_PassthruCentralNode);
  ImGui::PopStyleColor();
  ImGui::End();
  noticeMoves(rootId());
  followFronts();
}

}  // namespace dentate::ui
