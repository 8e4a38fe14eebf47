#include "ui/stimulus_panel.h"

#include <algorithm>

#include "ui/caption.h"
#include "ui/format.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

// "Task 7 of 20"; "All 20 tasks learned".
std::string heading(const link::Snapshot& now) {
  const auto tasks = now.spec->stream.tasks;
  const auto task = shownTask(now);
  if (task >= tasks) return "All " + plural(tasks, "task", "tasks") + " learned";
  return "Task " + count(task + 1) + " of " + count(tasks);
}

std::string imagesOf(const spec::ExperimentSpec& spec) {
  return spec.data.dataset == spec::DatasetKind::Mnist10k ? "digits " : "images ";
}

}  // namespace

void StimulusPanel::draw(const PanelContext& context) {
  const auto& now = context.now;
  if (!now.spec || now.strip.stimuli.empty()) {
    panelTitle(context, kTitle, "");
    return emptyPanel(context.look, "The images being learned appear here.");
  }
  const Look& look = context.look;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Ink bold = titleInk(look, look.text());
  const std::string title = heading(now);
  put(list, bold, at, title);
  const float width = ImGui::GetContentRegionAvail().x;
  if (!now.strip.transform.empty() && now.task < now.spec->stream.tasks)
    put(list, textInk(look, look.quiet()),
        {at.x + widthOf(bold, title) + look.px(12), at.y + look.px(1)},
        imagesOf(*now.spec) + now.strip.transform);
  hoverPlace(context, at, {at.x + widthOf(bold, title), at.y + look.px(20)}, "task");
  put(list, textInk(look, look.quiet()), {at.x + width, at.y + look.px(1)},
      "learned · now · to come", 1);
  ImGui::Dummy({width, look.px(kTitleSize + 6)});
  const float label = look.px(92);
  drawStrip(context, width - label);
  drawNow(context, at.x + width - label + look.px(12));
}

void StimulusPanel::drawStrip(const PanelContext& context, float width) {
  const Look& look = context.look;
  const auto& strip = context.now.strip;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float side = std::max(look.px(24), ImGui::GetContentRegionAvail().y);
  const float pitch = side + look.px(8);
  const auto room = static_cast<std::size_t>(std::max(1.0F, (width + look.px(8)) / pitch));
  const std::size_t n = strip.stimuli.size();
  // The newest stands at two thirds, as far as there are stimuli to show on both sides.
  const std::size_t shown = std::min(room, n);
  const std::size_t before = std::min(strip.newest, shown * 2 / 3);
  const std::size_t first = std::min(strip.newest - std::min(strip.newest, before), n - shown);
  if (pictures_.size() < shown) pictures_.resize(shown);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool begun = context.now.step > 0;
  for (std::size_t i = 0; i < shown; ++i) {
    const auto& stimulus = strip.stimuli[first + i];
    pictures_[i].show(stimulus.pixels, strip.width, strip.height);
    const bool now = first + i == strip.newest,
               to_come = first + i > strip.newest || (now && !begun);
    const ImVec2 low{std::round(at.x + pitch * static_cast<float>(i)), at.y};
    const ImVec2 high{low.x + side, low.y + side};
    list.AddRectFilled(low, high, IM_COL32(0, 0, 0, 255), look.px(4));
    if (!pictures_[i].empty())
      list.AddImageRounded(pictures_[i].reference(), low, high, {0, 0}, {1, 1},
                           IM_COL32(255, 255, 255, to_come ? 90 : 255), look.px(4));
    const bool framed = now && begun;
    list.AddRect(low, high, framed ? look.accent() : look.line(), look.px(4),
                 framed ? look.px(3) : look.hairline());
    if (ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(low, high))
      ImGui::SetTooltip(
          "%s%d%s",
          to_come ? "to come: "
          : now   ? "now: "
                  : "learned: ",
          stimulus.category,
          stimulus.item < 0 ? "" : (", item " + std::to_string(stimulus.item)).c_str());
  }
}

void StimulusPanel::drawNow(const PanelContext& context, float left) const {
  const auto& strip = context.now.strip;
  if (strip.newest >= strip.stimuli.size() || context.now.step == 0) return;
  const Look& look = context.look;
  const auto& stimulus = strip.stimuli[strip.newest];
  const ImVec2 at{left, ImGui::GetCursorScreenPos().y};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  put(list, textInk(look, look.quiet()), at, "now");
  const float big = look.px(kBigSize);
  if (stimulus.category >= 0)
    put(list, bigInk(look, look.text()), {at.x + look.px(36), at.y - (big - look.textHeight()) / 2},
        std::to_string(stimulus.category));
  if (stimulus.item >= 0)
    put(list, monoInk(look, look.quiet()), {at.x, at.y + look.px(28)},
        "item " + std::to_string(stimulus.item));
  hoverPlace(context, at, {at.x + look.px(80), at.y + look.px(26)}, "stimulus");
  hoverPlace(context, {at.x, at.y + look.px(27)}, {at.x + look.px(80), at.y + look.px(48)}, "item");
}

}  // namespace dentate::ui
