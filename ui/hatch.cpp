#include "ui/hatch.h"

#include <algorithm>

namespace dentate::ui {

void drawHatched(ImDrawList& list, const Look& look, ImVec2 low, ImVec2 high, figure::Color color) {
  if (high.x <= low.x || high.y <= low.y) return;
  const float height = high.y - low.y, pitch = look.px(6);
  list.PushClipRect(low, high, /*intersect_with_current_clip_rect=*/true);
  list.AddRectFilled(low, high, pack(color, 0.22F));
  for (float x = low.x - height; x < high.x; x += pitch)
    list.AddLine({x, high.y}, {x + height, low.y}, pack(color, 0.9F), look.px(2));
  list.PopClipRect();
  list.AddRect(low, high, pack(color, 0.9F), 0, look.hairline());
}

void drawBar(const Look& look, ImVec2 at, ImVec2 size, double share, figure::Color color,
             bool hatched) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, {at.x + size.x, at.y + size.y}, look.track(), look.px(2));
  const auto part = static_cast<float>(std::clamp(share, 0.0, 1.0));
  if (!(part > 0)) return;
  const ImVec2 end{at.x + std::max(look.px(2), size.x * part), at.y + size.y};
  if (hatched)
    drawHatched(list, look, at, end, color);
  else
    list.AddRectFilled(at, end, pack(color), look.px(2));
}

}  // namespace dentate::ui
