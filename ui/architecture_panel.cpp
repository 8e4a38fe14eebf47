#include "ui/architecture_panel.h"

#include <algorithm>
#include <utility>

#include "ui/format.h"
#include "ui/icons.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

constexpr float kSideWidth = 272, kWithSide = 640;  // design pixels
constexpr float kLeastWidth = 320, kLeastHeight = 240;

}  // namespace

void ArchitecturePanel::takeDraft(const PanelContext& context) {
  const Draft& draft = context.session.draft;
  const MeasuredSpeed speed = measuredSpeed(context.now, speed_);
  if (revision_ != draft.revision() || speed != speed_) facts_ = networkFacts(draft.spec(), speed);
  speed_ = speed;
  if (revision_ == draft.revision()) return;
  revision_ = draft.revision();
  // Another preset brings another network; a network that was saved is the same.
  if (preset_ != draft.preset().network && network_ != draft.spec().network) anew_ = true;
  network_ = draft.spec().network;
  problems_ = draft.networkProblems();
  differences_ = differencesInWords(draft.preset().network, network_);
  preset_ = draft.preset().network;
}

std::string ArchitecturePanel::whyNotLive(const PanelContext& context) const {
  if (!context.now.spec) return "Nothing is loaded yet";
  if (context.now.spec->network == network_) return "";
  return "The run learns another network than this one: press Learn this network";
}

void ArchitecturePanel::draw(const PanelContext& context) {
  const Look& look = context.look;
  if (!canvas_) canvas_ = std::make_unique<ArchitectureCanvas>();
  takeDraft(context);
  const std::string why_not_live = whyNotLive(context);
  const bool live = context.session.live_architecture && why_not_live.empty();
  panelTitle(context, kTitle, context.session.draft.spec().name);
  const ImVec2 room = ImGui::GetContentRegionAvail();
  if (room.x < look.px(kLeastWidth) || room.y < look.px(kLeastHeight))
    return emptyPanel(look, "Make this panel larger to draw a network.");
  const auto tools = tools_.draw({context, live, why_not_live});
  followTools(context, tools);
  takeDraft(context);  // what the tools made of it
  const CanvasInput input{context, network_, problems_, live};
  const float foot = ImGui::GetFrameHeight() + look.px(8);
  const bool narrow = room.x < look.px(kWithSide);
  const float side = narrow ? 0 : look.px(kSideWidth + 12);
  const ImVec2 left = ImGui::GetContentRegionAvail();
  const float height = left.y - foot;
  CanvasWish wish;
  constexpr auto kStill = ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse;
  if (ImGui::BeginChild("drawing", {left.x - side, height}, ImGuiChildFlags_None,
                        kStill | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoMove))
    wish = canvas_->draw(input, ImGui::GetContentRegionAvail(), std::exchange(anew_, false));
  ImGui::EndChild();
  ArchitectureSide::Wish from_side;
  if (!narrow) {
    ImGui::SameLine(0, look.px(12));
    if (ImGui::BeginChild("properties", {0, height})) {
      from_side = side_.draw({input, canvas_->selection(), facts_, differences_});
    }
    ImGui::EndChild();
  }
  drawFoot(context);
  if (from_side.select) canvas_->select(*from_side.select);
  followMoves(context, tools.arrange);
  runKeys(context, live);
  if (live) return;
  followCanvas(context, wish);
  act(context, from_side.act, std::nullopt);
}

void ArchitecturePanel::followTools(const PanelContext& context,
                                    const ArchitectureTools::Wish& wish) {
  Draft& draft = context.session.draft;
  if (wish.live) context.session.live_architecture = *wish.live;
  if (wish.arrange) canvas_->arrange();
  if (wish.fit) canvas_->fit();
  if (wish.zoom != 1) canvas_->zoom(wish.zoom);
  if (wish.add) addLayer(context, *wish.add, std::nullopt);
  if (!wish.chosen) return;
  anew_ = draft.setNetwork(wish.chosen->network,
                           wish.chosen->labels.value_or(draft.spec().stream.labels));
  canvas_->select({});
}

void ArchitecturePanel::followCanvas(const PanelContext& context, const CanvasWish& wish) {
  if (wish.connect) context.session.draft.setNetwork(withPath(network_, *wish.connect));
  if (!wish.grow_from.empty() || !wish.grow_to.empty()) grow(context, wish);
  if (wish.act != CanvasAct::None) act(context, wish.act, wish.at);
}

// A drag, from the press to the release, and an arrangement are steps of undo, where the network is the
// same before and after.
void ArchitecturePanel::followMoves(const PanelContext& context, bool arranged) {
  Draft& draft = context.session.draft;
  if (const auto back = draft.takeMoved(); !back.empty()) canvas_->places().move(back);
  if (ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
    dragged_ = true;
    return;
  }
  const bool by_hand = std::exchange(dragged_, false) || arranged;
  const auto& now = context.session.nodes.places;
  if (by_hand && stood_revision_ == draft.revision()) draft.moved(stood_, now);
  stood_ = now;
  stood_revision_ = draft.revision();
}

void ArchitecturePanel::runKeys(const PanelContext& context, bool live) {
  const ImGuiIO& io = ImGui::GetIO();
  if (!ImGui::IsWindowFocused(ImGuiFocusedFlags_RootAndChildWindows) || io.WantTextInput ||
      ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel))
    return;
  if (ImGui::IsKeyChordPressed(ImGuiKey_F)) canvas_->fit();
  if (ImGui::IsKeyChordPressed(ImGuiKey_Minus)) canvas_->zoom(1 / 1.25F);
  if (ImGui::IsKeyChordPressed(ImGuiKey_Equal)) canvas_->zoom(1.25F);
  if (live) return;
  constexpr std::pair<ImGuiKeyChord, CanvasAct> kKeys[] = {
      {ImGuiMod_Ctrl | ImGuiKey_C, CanvasAct::Copy},
      {ImGuiMod_Ctrl | ImGuiKey_X, CanvasAct::Cut},
      {ImGuiMod_Ctrl | ImGuiKey_V, CanvasAct::Paste},
      {ImGuiMod_Ctrl | ImGuiKey_D, CanvasAct::Duplicate},
      {ImGuiMod_Ctrl | ImGuiKey_A, CanvasAct::SelectAll},
      {ImGuiKey_Delete, CanvasAct::Delete},
      {ImGuiKey_Backspace, CanvasAct::Delete}};
  for (const auto& [chord, what] : kKeys)
    if (ImGui::IsKeyChordPressed(chord)) act(context, what, std::nullopt);
}

void ArchitecturePanel::act(const PanelContext& context, CanvasAct what, std::optional<Point> at) {
  const Picked picked = stillThere(network_, canvas_->selection());
  const bool copies =
      what == CanvasAct::Copy || what == CanvasAct::Cut || what == CanvasAct::Duplicate;
  const auto kept = clip_;
  const auto kept_places = clip_places_;
  if (copies && !picked.layers.empty()) {
    clip_ = copied(network_, picked);
    clip_places_.clear();
    for (const auto& layer : clip_.layers) clip_places_.push_back(canvas_->places().at(layer.name));
  }
  if (what == CanvasAct::Paste || (what == CanvasAct::Duplicate && !picked.layers.empty()))
    paste(context, what == CanvasAct::Paste ? at : std::nullopt);
  if (what == CanvasAct::Duplicate) {  // what was copied before stays so
    clip_ = kept;
    clip_places_ = kept_places;
  }
  if ((what == CanvasAct::Delete || what == CanvasAct::Cut) && picked.size() > 0)
    context.session.draft.setNetwork(without(network_, picked));
  if (what == CanvasAct::AddLayer) addLayer(context, spec::LayerRole::Hidden, at);
  if (what != CanvasAct::SelectAll) return;
  Picked all;
  for (const auto& layer : network_.layers) all.layers.push_back(layer.name);
  for (const auto& path : network_.paths) all.paths.push_back({path.from, path.to});
  canvas_->select(all);
}

void ArchitecturePanel::addLayer(const PanelContext& context, spec::LayerRole role,
                                 std::optional<Point> at) {
  Draft& draft = context.session.draft;
  const auto layer = newLayer(draft.spec(), role);
  const auto& picked = canvas_->selection().layers;
  NodePlaces& places = canvas_->places();
  if (at)
    places.put(layer.name, *at);
  else if (picked.size() == 1)
    places.put(layer.name, places.freeBeside(picked[0]));
  else
    places.put(layer.name, places.freeNear(canvas_->middle()));
  draft.setNetwork(withLayer(draft.spec().network, layer));
  canvas_->select({{layer.name}, {}});
  canvas_->reveal(layer.name);
}

// A path that was drawn into the open leads to a new layer there, or from one.
void ArchitecturePanel::grow(const PanelContext& context, const CanvasWish& wish) {
  Draft& draft = context.session.draft;
  const auto layer = newLayer(draft.spec(), spec::LayerRole::Hidden);
  const Ends ends =
      wish.grow_to.empty() ? Ends{wish.grow_from, layer.name} : Ends{layer.name, wish.grow_to};
  canvas_->places().put(layer.name, wish.at);
  draft.setNetwork(withPath(withLayer(network_, layer), ends));
  canvas_->select({{layer.name}, {}});
}

void ArchitecturePanel::paste(const PanelContext& context, std::optional<Point> at) {
  if (clip_.layers.empty()) return;
  Pasted after = pasted(network_, clip_);
  NodePlaces& places = canvas_->places();
  const Point from = clip_places_.front();
  for (std::size_t i = 0; i < after.layers.size(); ++i) {
    const Point was = clip_places_[i];
    const Point wish = at ? Point{at->x + was.x - from.x, at->y + was.y - from.y}
                          : Point{was.x + kColumnPitch / 4, was.y + kRowPitch};
    places.put(after.layers[i], places.freeNear(wish));
  }
  context.session.draft.setNetwork(std::move(after.network));
  canvas_->select({after.layers, {}});
}

void ArchitecturePanel::drawFoot(const PanelContext& context) {
  const Look& look = context.look;
  const char* label = "Learn this network###learn";
  const float width =
      ImGui::CalcTextSize(label, nullptr, true).x + 2 * ImGui::GetStyle().FramePadding.x;
  const std::string why = context.session.draft.whyNotLearn();
  const bool same = context.now.spec && context.now.phase != link::Phase::Failed &&
                    *context.now.spec == context.session.draft.spec();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float right = at.x + ImGui::GetContentRegionAvail().x;
  ImGui::AlignTextToFramePadding();
  const std::size_t more = problems_.size() > 1 ? problems_.size() - 1 : 0;
  std::string text = why.empty() ? same ? "The run learns this network" : "Ready to be learned"
                                 : std::string(icon::kWarning) + " " + why;
  if (more > 0) text += " (and " + count(static_cast<std::int64_t>(more)) + " more)";
  const Ink ink = textInk(look, why.empty() ? look.quiet() : pack(look.warning));
  put(*ImGui::GetWindowDrawList(), ink, {at.x, at.y + ImGui::GetStyle().FramePadding.y},
      cut(ink, text, right - at.x - width - look.px(24)));
  ImGui::SetCursorScreenPos({right - width, at.y});
  ImGui::BeginDisabled(!why.empty() || same);
  ImGui::PushStyleColor(ImGuiCol_Button, look.accent());
  ImGui::PushStyleColor(ImGuiCol_Text, IM_COL32(255, 255, 255, 255));
  if (ImGui::Button(label)) {
    context.session.guard.wishLearn(context.session.draft.spec());
    context.session.live_architecture = true;
  }
  ImGui::PopStyleColor(2);
  ImGui::EndDisabled();
  if ((same || !why.empty()) && ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled))
    ImGui::SetTooltip("%s", why.empty() ? "The run learns this network already" : why.c_str());
}

}  // namespace dentate::ui
