#include "ui/workspace.h"

#include <algorithm>

#include "imgui_internal.h"

namespace dentate::ui {
namespace {

constexpr const char* kHostName = "##dock_host";

using Nodes = std::map<Place, ImGuiID>;

// Splits `share` of a node off and returns it; the rest stays in `node`.
ImGuiID splitOff(ImGuiID& node, ImGuiDir side, float share) {
  return ImGui::DockBuilderSplitNode(node, side, std::clamp(share, 0.05F, 0.9F), nullptr, &node);
}

float bottomHeight(const Look& look, ImVec2 size) {
  return look.px(size.y > look.px(860) ? 136 : 112);
}

Nodes buildLecture(ImGuiID root, const Look& look, ImVec2 size) {
  Nodes nodes;
  nodes[Place::Bottom] = splitOff(root, ImGuiDir_Down, bottomHeight(look, size) / size.y);
  const float height = size.y - bottomHeight(look, size);
  nodes[Place::RightUpper] = splitOff(root, ImGuiDir_Right, 0.37F);
  nodes[Place::RightLower] = splitOff(nodes[Place::RightUpper], ImGuiDir_Down, 0.5F);
  const float strip = look.px(height > look.px(640) ? 122 : 104);
  nodes[Place::Strip] = splitOff(root, ImGuiDir_Up, strip / height);
  nodes[Place::Centre] = root;
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
  nodes[Place::BelowLeft] = splitOff(root, ImGuiDir_Down, 0.40F);
  nodes[Place::BelowRight] = splitOff(nodes[Place::BelowLeft], ImGuiDir_Right, 0.5F);
  nodes[Place::Centre] = root;
  return nodes;
}

ImGuiID rootId() { return ImHashStr("dentate_dock"); }

}  // namespace

void Workspaces::setOpen(const std::string& title, bool open) {
  if (open)
    open_.insert(title);
  else
    open_.erase(title);
  chosen_ = true;
}

SavedLayout Workspaces::currentLayout() const {
  if (!moved_) return {"", open_};
  std::size_t size = 0;
  const char* ini = ImGui::SaveIniSettingsToMemory(&size);
  return {std::string(ini, size), open_};
}

std::map<Workspace, SavedLayout> Workspaces::layouts() const {
  auto out = saved_;
  if (moved_ || chosen_) out[current_] = currentLayout();
  return out;
}

void Workspaces::prepare() {
  if (reset_) {
    saved_.erase(current_);
    rebuild_ = true;
    moved_ = chosen_ = reset_ = false;
  }
  if (started_ && wanted_ == current_) return;
  if (started_ && (moved_ || chosen_)) saved_[current_] = currentLayout();
  current_ = wanted_;
  started_ = true;
  const auto found = saved_.find(current_);
  chosen_ = found != saved_.end();
  moved_ = chosen_ && !found->second.ini.empty();
  rebuild_ = !moved_;
  if (chosen_) open_ = found->second.open;
  if (!moved_) return;
  ImGui::LoadIniSettingsFromMemory(found->second.ini.c_str(), found->second.ini.size());
}

void Workspaces::build(const Look& look, ImVec2 size) {
  const bool fresh = rebuild_ && !chosen_;
  rebuild_ = false;
  built_size_ = size;
  built_scale_ = look.scale;
  const ImGuiID root = rootId();
  ImGui::DockBuilderRemoveNode(root);
  ImGui::DockBuilderAddNode(root, static_cast<int>(ImGuiDockNodeFlags_DockSpace) |
                                      static_cast<int>(ImGuiDockNodeFlags_AutoHideTabBar));
  ImGui::DockBuilderSetNodeSize(root, size);
  const Nodes nodes =
      current_ == Workspace::Lecture ? buildLecture(root, look, size) : buildLab(root, look, size);
  if (fresh) open_.clear();
  for (const PanelEntry& panel : panelRegistry()) {
    Place place = panel.placeIn(current_);
    if (fresh && place != Place::Hidden) open_.insert(panel.title);
    if (place == Place::Hidden) place = Place::RightLower;  // a tab there, once it is opened
    if (const auto node = nodes.find(place); node != nodes.end())
      ImGui::DockBuilderDockWindow(panel.title, node->second);
  }
  ImGui::DockBuilderFinish(root);
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
}

}  // namespace dentate::ui
