#include "ui/similarity_drawing.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/format.h"
#include "ui/similarity_text.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

using Level = link::SimilarityRequest::Level;

constexpr float kThumbnail = 72;  // design pixels

bool pointed(ImVec2 at, float side) {
  return ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(at, {at.x + side, at.y + side});
}

// Ten that can be told apart; the sign beside or in place of the point says which.
figure::Color categoryColor(std::int32_t category, const Look& look) {
  constexpr std::array<figure::Color, 10> kColors{{{91, 184, 201},
                                                   {232, 163, 61},
                                                   {121, 192, 138},
                                                   {228, 87, 46},
                                                   {179, 157, 219},
                                                   {193, 138, 107},
                                                   {244, 143, 177},
                                                   {152, 162, 179},
                                                   {200, 196, 90},
                                                   {90, 140, 235}}};
  const auto color = kColors[static_cast<std::size_t>(std::max(category, 0)) % kColors.size()];
  return look.theme == figure::Theme::Dark ? color : mix(color, {0, 0, 0, 255}, 0.35F);
}

figure::Color signColor(const link::SimilarityView& view, std::size_t row, const Look& look) {
  if (view.request.level != Level::Tasks) return categoryColor((*view.rows)[row].category, look);
  const auto last = std::max<std::size_t>(1, view.rows->size() - 1);
  const double along = static_cast<double>(row) / static_cast<double>(last);
  const auto color =
      figure::viridis(look.theme == figure::Theme::Dark ? 0.25 + 0.75 * along : 0.85 * along);
  return color;
}

const link::SimilarityPlane& planeOf(const SimilarityTile& tile, SimilarityPicture kind) {
  return kind == SimilarityPicture::Components ? tile.layer().components : tile.layer().scaling;
}

// From coordinates to pixels: about the middle, the same scale on both axes.
struct PlaneFrame {
  ImVec2 middle;
  float scale = 1;
  [[nodiscard]] ImVec2 place(float x, float y) const {
    return {middle.x + x * scale, middle.y - y * scale};
  }
};

PlaneFrame frameOf(const link::SimilarityPlane& plane, ImVec2 at, float side, float margin) {
  float most = 0;
  for (std::size_t r = 0; r < plane.x.size(); ++r)
    if (!std::isnan(plane.x[r]))
      most = std::max({most, std::abs(plane.x[r]), std::abs(plane.y[r])});
  return {{at.x + side / 2, at.y + side / 2}, most > 0 ? (side / 2 - margin) / most : 0};
}

// The row whose place is nearest to the pointer, within `reach`; none: their number.
std::size_t nearest(const link::SimilarityPlane& plane, const PlaneFrame& frame, float reach) {
  const ImVec2 mouse = ImGui::GetMousePos();
  std::size_t best = plane.x.size();
  float least = reach * reach;
  for (std::size_t r = 0; r < plane.x.size(); ++r) {
    const ImVec2 p = frame.place(plane.x[r], plane.y[r]);
    const float d = (p.x - mouse.x) * (p.x - mouse.x) + (p.y - mouse.y) * (p.y - mouse.y);
    if (d < least) {
      least = d;
      best = r;
    }
  }
  return best;
}

void axisNames(const PanelContext& context, const link::SimilarityPlane& plane,
               SimilarityPicture kind, ImVec2 at, float side) {
  const Look& look = context.look;
  const Ink quiet = textInk(look, look.quiet());
  const char* const name = kind == SimilarityPicture::Components ? "PC" : "MDS";
  const auto axis = [&](const char* number, double share) {
    return std::string(name) + " " + number + ", " + wholePercent(share);
  };
  ImDrawList& list = *ImGui::GetWindowDrawList();
  put(list, quiet, {at.x + look.px(4), at.y + look.px(2)}, "↑ " + axis("2", plane.share[1]));
  put(list, quiet, {at.x + side - look.px(4), at.y + side - look.textHeight() - look.px(3)},
      axis("1", plane.share[0]) + " →", 1);
}

// Tasks follow each other: a faint line says in which order.
void drawOrder(const Look& look, const link::SimilarityPlane& plane, const PlaneFrame& frame) {
  std::vector<ImVec2> line;
  for (std::size_t r = 0; r < plane.x.size(); ++r)
    if (!std::isnan(plane.x[r])) line.push_back(frame.place(plane.x[r], plane.y[r]));
  drawLine(*ImGui::GetWindowDrawList(), line, look.quiet(0.35F), look.hairline(),
           figure::Dash::Solid, look.scale);
}

}  // namespace

void SimilarityHover::row(const PanelContext& context, const link::SimilarityView& view,
                          std::size_t row, std::size_t place) {
  const auto& of = (*view.rows)[row];
  ImGui::BeginGroup();
  pictures_[place].show(of.pixels, view.width, view.height);
  const float side = context.look.px(kThumbnail);
  if (!of.pixels.empty() && !pictures_[place].empty())
    ImGui::Image(pictures_[place].reference(), {side, side});
  ImGui::TextUnformatted(rowName(view, row).c_str());
  if (view.request.level != Level::Items)
    ImGui::TextDisabled("mean of %s", plural(of.images, "image", "images").c_str());
  ImGui::EndGroup();
}

void MatrixPicture::draw(const PanelContext& context, const SimilarityTile& tile, float low,
                         ImVec2 at, float side) {
  const Look& look = context.look;
  if (shown_ != tile.moment || low_ != low || side_ != side || none_ != look.track()) {
    shown_ = tile.moment;
    low_ = low;
    side_ = side;
    none_ = look.track();
    const auto n = tile.moment->rows->size(), pixels = static_cast<std::size_t>(side);
    std::vector<ImU32> cells, colors;
    for (const float value : tile.layer().matrix) {
      const double along = static_cast<double>((value - low) / (1 - low));
      cells.push_back(std::isnan(value) ? none_ : pack(figure::viridis(along)));
    }
    for (std::size_t y = 0; y < pixels; ++y)
      for (std::size_t x = 0; x < pixels; ++x)
        colors.push_back(cells[y * n / pixels * n + x * n / pixels]);
    silent_ = std::all_of(cells.begin(), cells.end(), [&](ImU32 c) { return c == none_; });
    texture_.show(colors, static_cast<int>(pixels), static_cast<int>(pixels));
  }
  if (texture_.empty()) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddImage(texture_.reference(), at, {at.x + side, at.y + side});
  if (silent_ && side > look.px(60))
    put(list, textInk(look, look.quiet()),
        {at.x + side / 2, at.y + side / 2 - look.textHeight() / 2}, "silent", 0.5F);
}

void drawMarks(const PanelContext& context, const link::SimilarityView& view, ImVec2 at,
               float side) {
  const Look& look = context.look;
  const Ink ink = monoInk(look, look.quiet());
  const float cell = side / static_cast<float>(view.rows->size());
  const auto marks = axisMarks(view);
  float widest = 0;
  for (const AxisMark& mark : marks) widest = std::max(widest, widthOf(ink, mark.text));
  // Every so many where they are alike; of categories of items, which are not, those that fit.
  const bool alike = view.request.level != Level::Items;
  const auto stepFor = [&](float room) {
    return alike ? static_cast<std::size_t>(std::max(1.0F, std::ceil(room / cell))) : 1U;
  };
  const std::size_t down = stepFor(look.textHeight()), across = stepFor(widest + look.px(7));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  float free_y = -1e9F, free_x = -1e9F;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const AxisMark& mark = marks[i];
    const float middle = mark.at * cell, width = widthOf(ink, mark.text);
    if (i % down == 0 && (alike || middle - look.textHeight() / 2 >= free_y)) {
      put(list, ink, {at.x - look.px(5), at.y + middle - look.textHeight() / 2}, mark.text, 1);
      free_y = middle + look.textHeight() / 2;
    }
    if (i % across == 0 && (alike || middle - width / 2 >= free_x)) {
      put(list, ink, {at.x + middle, at.y - look.textHeight() - look.px(2)}, mark.text, 0.5F);
      free_x = middle + width / 2 + look.px(7);
    }
  }
}

void hoverMatrix(const PanelContext& context, const SimilarityTile& tile, SimilarityHover& hover,
                 ImVec2 at, float side) {
  if (!pointed(at, side)) return;
  const Look& look = context.look;
  const auto n = tile.moment->rows->size();
  const float cell = side / static_cast<float>(n);
  const ImVec2 mouse = ImGui::GetMousePos();
  const auto index = [&](float offset) {
    return std::min(n - 1, static_cast<std::size_t>(std::max(0.0F, offset / cell)));
  };
  const std::size_t row = index(mouse.y - at.y), column = index(mouse.x - at.x);
  const ImVec2 low{at.x + cell * static_cast<float>(column), at.y + cell * static_cast<float>(row)};
  ImGui::GetWindowDrawList()->AddRect(low, {low.x + cell, low.y + cell}, look.text(), 0,
                                      look.px(1.5F));
  const float value = tile.layer().matrix[row * n + column];
  ImGui::BeginTooltip();
  ImGui::PushFont(look.fonts.mono, 0);
  ImGui::TextUnformatted(std::isnan(value) ? "no similarity" : number(value).c_str());
  ImGui::PopFont();
  if (std::isnan(value))
    ImGui::TextDisabled("one of the patterns is silent, or the same in every unit");
  hover.row(context, *tile.moment, row, 0);
  ImGui::SameLine(0, look.px(16));
  hover.row(context, *tile.moment, column, 1);
  ImGui::EndTooltip();
}

void drawPlane(const PanelContext& context, const SimilarityTile& tile, SimilarityPicture kind,
               SimilarityHover& hover, ImVec2 at, float side) {
  const Look& look = context.look;
  const auto& plane = planeOf(tile, kind);
  const ImVec2 high{at.x + side, at.y + side};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, high, look.base(), look.px(2));
  list.AddRect(at, high, look.line(), look.px(2), look.hairline());
  const PlaneFrame frame = frameOf(plane, at, side, 1.8F * look.textHeight());
  if (tile.moment->request.level == Level::Tasks) drawOrder(look, plane, frame);
  const std::size_t under = pointed(at, side) ? nearest(plane, frame, look.px(14)) : plane.x.size();
  std::size_t placed = 0;
  for (std::size_t r = 0; r < plane.x.size(); ++r) {
    if (std::isnan(plane.x[r])) continue;
    ++placed;
    const ImVec2 p = frame.place(plane.x[r], plane.y[r]);
    const Ink ink = boldInk(look, pack(signColor(*tile.moment, r, look)));
    put(list, ink, {p.x, p.y - look.textHeight() / 2}, rowSign(*tile.moment, r), 0.5F);
    if (r == under) list.AddCircle(p, look.px(13), look.text(), 0, look.px(1.5F));
  }
  if (placed == 0)
    return put(list, textInk(look, look.quiet()),
               {at.x + side / 2, at.y + side / 2 - look.textHeight() / 2}, "silent", 0.5F);
  axisNames(context, plane, kind, at, side);
  if (under == plane.x.size()) return;
  ImGui::BeginTooltip();
  hover.row(context, *tile.moment, under, 0);
  ImGui::EndTooltip();
}

void drawColorBar(const PanelContext& context, float low, ImVec2 at, float width) {
  const Look& look = context.look;
  const Ink mono = monoInk(look, look.quiet());
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const std::string from = tidy(low);
  const float left = at.x + widthOf(mono, from) + look.px(6);
  const float right = at.x + width - widthOf(mono, "1") - look.px(6);
  put(list, mono, at, from);
  put(list, mono, {at.x + width, at.y}, "1", 1);
  constexpr int kSteps = 32;
  for (int i = 0; i < kSteps; ++i) {
    const float t = static_cast<float>(i) / kSteps, next = static_cast<float>(i + 1) / kSteps;
    const ImU32 from_color = pack(figure::viridis(static_cast<double>(t)));
    const ImU32 to_color = pack(figure::viridis(static_cast<double>(next)));
    list.AddRectFilledMultiColor({std::round(left + (right - left) * t), at.y + look.px(4)},
                                 {std::round(left + (right - left) * next), at.y + look.px(13)},
                                 from_color, to_color, to_color, from_color);
  }
}

}  // namespace dentate::ui
