// Small things that panels draw: text in the three sizes, panel titles, hover cards, rings, dashed
// lines, thin sliders. Positions and sizes are pixels; kTextSize and the like are design pixels.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/figure/palette.h"
#include "ui/panel.h"

namespace dentate::ui {

struct Ink {
  ImFont* font = nullptr;
  float size = 16;  // pixels
  ImU32 color = 0;
};
[[nodiscard]] Ink textInk(const Look& look, ImU32 color);   // 16
[[nodiscard]] Ink boldInk(const Look& look, ImU32 color);   // 16
[[nodiscard]] Ink monoInk(const Look& look, ImU32 color);   // 16
[[nodiscard]] Ink titleInk(const Look& look, ImU32 color);  // 18, bold
[[nodiscard]] Ink bigInk(const Look& look, ImU32 color);    // 28, monospaced

[[nodiscard]] float widthOf(const Ink& ink, std::string_view text);
// `align` 0: `at` is the left end, 0.5 the middle, 1 the right end; at.y is the top.
void put(ImDrawList& list, const Ink& ink, ImVec2 at, std::string_view text, float align = 0);
// `text` cut to `width` with an ellipsis where it is longer.
[[nodiscard]] std::string cut(const Ink& ink, std::string_view text, float width);

// The same without its middle and, where it has to be cut, without the words that it begins with like
// one of the others: what is left tells it from them.
[[nodiscard]] std::string cutMiddle(const Ink& ink, const std::string& text, float width,
                                    const std::vector<std::string>& others = {});

// The same in ever fewer words.
using Notes = std::vector<std::string>;
// The first that is no wider than `width`; where none is, the last, cut.
[[nodiscard]] std::string fitting(const Ink& ink, const Notes& notes, float width);

// Title at the left and a quiet note at the right of the panel's first line, in as many words as
// have room. The title has the card of `term`, where it is one; a note on the SEM has that. `taken`:
// pixels after the title that something else stands in.
void panelTitle(const PanelContext& context, const char* title, const Notes& notes,
                std::string_view term = "", float taken = 0);
void panelTitle(const PanelContext& context, const char* title, const std::string& note,
                std::string_view term = "");
// The sentence of an empty panel: what will appear and what to press.
void emptyPanel(const Look& look, const char* sentence);

// Card of a term over the item drawn last; F1 then explains that term.
void hoverTerm(const PanelContext& context, std::string_view name);
// The same for a place of the draw list; true while hovered. `click`: what one does there.
bool hoverPlace(const PanelContext& context, ImVec2 low, ImVec2 high, std::string_view name,
                const char* click = nullptr);
// Whether the left button was let go where it was pressed.
[[nodiscard]] bool clicked();
// The text of a card, inside a tooltip or a popup.
void termCard(const Look& look, const Term& term);
// The card of a term over the item drawn last, and below it what a click does.
void termTip(const PanelContext& context, std::string_view name, const char* click);
// A quiet label with its card.
void termLabel(const PanelContext& context, const char* label, std::string_view name);
// Tooltip over the item drawn last.
void tip(const char* text);

// Arc over the share of a full ring.
void drawRing(ImDrawList& list, const Look& look, ImVec2 centre, float radius,
              const std::pair<double, figure::Color>& share);
void drawLine(ImDrawList& list, const std::vector<ImVec2>& points, ImU32 color, float thickness,
              figure::Dash dash, float scale);

// The marks of a curve through these points.
void drawMarks(ImDrawList& list, const std::vector<ImVec2>& points, ImU32 color, figure::Mark mark,
               float scale);
// A piece of a curve in that style, as in a legend; `at` is its left end.
void drawSample(const Look& look, ImVec2 at, float width, const figure::Style& style,
                float alpha = 1);

// A slider as a thin line with a knob; `width` in pixels. As ImGui::SliderFloat otherwise.
bool thinSlider(const Look& look, const char* label, float* value, float width);

// A dialog in the middle of the window, opened where `opening` says so, which this clears. As
// ImGui::BeginPopupModal otherwise.
bool beginDialog(const char* title, bool& opening);

// An error with its icon, wrapped.
void errorText(const Look& look, const std::string& text);

}  // namespace dentate::ui
