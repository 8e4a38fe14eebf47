#include "ui/matrix_panel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "ui/comparison_bar.h"
#include "ui/format.h"
#include "ui/heads.h"
#include "ui/plot.h"
#include "ui/plot_menu.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

// Design pixels. Below the least side of the matrix the panel scrolls.
constexpr float kLeastSide = 150, kLeastName = 70, kMostName = 150, kColumns = 178;
constexpr std::size_t kMostCells = 64;  // a side; beyond it a cell shows one entry of several

// ".583", "−.056": three decimals, so that a column lines up.
std::string thousandths(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", std::abs(value));
  const std::string digits = text[0] == '0' ? text + 1 : text;
  return (value <= -0.0005 ? "−" : "") + digits;
}

void bigNumber(const PanelContext& context, const char* name, const Moments& value) {
  const Look& look = context.look;
  termLabel(context, name, name);
  if (value.n > 1) {
    ImGui::SameLine();
    ImGui::TextDisabled("± %s SEM", number(value.sem()).c_str());
  }
  ImDrawList& list = *ImGui::GetWindowDrawList();
  put(list, bigInk(look, look.text()), ImGui::GetCursorScreenPos(),
      value.n > 0 ? number(value.mean) : "–");
  ImGui::Dummy({look.px(120), look.px(kBigSize + 4)});
}

void drawChance(const PanelContext& context, Head head) {
  const std::string text = "chance " + tidy(chanceOf(context.now.spec->network, head));
  termLabel(context, text.c_str(), "chance");
}

// The column of the names in the table; those of runs may be long, and are cut.
template <class Rows>
float namesWidth(const PanelContext& context, const Rows& rows, float most) {
  const Look& look = context.look;
  float width = look.px(kLeastName);
  for (const auto& row : rows)
    width = std::max(width, widthOf(boldInk(look, 0), row.of.name) + look.px(8));
  return std::clamp(width, look.px(kLeastName), std::max(look.px(kLeastName), most));
}

}  // namespace

void MatrixPanel::draw(const PanelContext& context) {
  panelTitle(context, kTitle, Notes{"tested on task →, after task ↓", "tested on →, after ↓"},
             "accuracy matrix");
  if (!context.now.spec || context.history.measuredTasks() == 0)
    return emptyPanel(context.look, "Accuracy appears here after the first task.");
  chooseHead(context);
  head_ = shownHead(context.now.spec->network, context.session.comparison);
  const auto shown = rowsOf(context);
  choose(context, shown);
  top_ = topOf(context);
  if (ImGui::BeginChild("content", {0, 0})) drawContent(context, shown);
  ImGui::EndChild();
}

void MatrixPanel::drawContent(const PanelContext& context, const std::vector<Row>& shown) {
  const Look& look = context.look;
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float least = std::min({look.px(kLeastSide), room.x, room.y});
  names_ =
      namesWidth(context, shown, std::min(look.px(kMostName), room.x - least - look.px(kColumns)));
  const float numbers = shown.size() > 1 ? names_ + look.px(kColumns) : look.px(156);
  const float below =
      context.look.px(shown.size() > 1 ? 94 + 38 * static_cast<float>(shown.size()) : 212);
  const float side_beside = std::min(room.y, room.x - numbers);
  const float side_above = std::min(room.x, std::max(room.y - below, 0.4F * room.y));
  // Wherever the matrix is larger; where it is small in both, above what then is scrolled to.
  const bool beside = side_beside >= side_above && side_beside >= 0.8F * least;
  const float side = beside ? side_beside : std::max(side_above, least);
  side_ = side;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  drawMap(context, {beside ? room.x - numbers : side, side});
  if (beside) ImGui::SetCursorScreenPos({at.x + room.x - numbers + context.look.px(16), at.y});
  ImGui::BeginGroup();
  if (shown.size() > 1)
    drawTable(context, shown);
  else
    drawNumbers(context);
  ImGui::EndGroup();
}

// Conditions of the shown run; where several runs are compared, of each the networks like the one in
// the diagram.
std::vector<MatrixPanel::Row> MatrixPanel::rowsOf(const PanelContext& context) {
  const auto& now = context.now;
  std::vector<Row> rows;
  if (const auto runs = shownRuns(now, context.session.comparison); runs.size() > 1) {
    const auto& like = spec::cellVariant(*now.spec, shownCell(now));
    for (const ShownRun& run : runs) {
      const auto& spec = *run.entry->spec;
      rows.push_back(
          {{&context.histories.of(run.entry->run), &spec, groupLike(spec, like), run.entry->name},
           context.look.ground.text,
           run.entry->run,
           like.compared()});
    }
    return rows;
  }
  for (const ShownGroup& group : shownGroups(*now.spec, context.session.comparison))
    rows.push_back({{&context.history, now.spec.get(), group.group, group.label},
                    figure::comparedStyle(*now.spec, group.compared, context.look.theme).color,
                    now.run,
                    group.compared});
  return rows;
}

// Of several the matrix shows one: that of the network in the diagram, until another is chosen.
void MatrixPanel::choose(const PanelContext& context, const std::vector<Row>& rows) {
  const auto find = [&](std::uint64_t run, const spec::Compared& compared) {
    return std::find_if(rows.begin(), rows.end(),
                        [&](const Row& row) { return row.run == run && row.compared == compared; });
  };
  const auto own = shownCompared(context.now);
  const bool runs = rows.size() > 1 && rows.front().run != rows.back().run;
  auto chosen = runs ? find(run_.value_or(context.now.run), rows.front().compared)
                     : find(context.now.run, compared_.value_or(own));
  if (chosen == rows.end()) chosen = find(context.now.run, runs ? rows.front().compared : own);
  if (chosen == rows.end()) chosen = rows.begin();
  shown_ = chosen->of;
  if (rows.size() < 2) return;
  ImGui::SetNextItemWidth(context.look.px(runs ? 220 : 116));
  if (!ImGui::BeginCombo("##matrix_of", chosen->of.name.c_str())) return;
  for (const Row& row : rows) {
    if (!ImGui::Selectable(row.of.name.c_str(), &row == &*chosen)) continue;
    if (runs)
      run_ = row.run;
    else
      compared_ = row.compared;
  }
  ImGui::EndCombo();
}

// Of items hundredths are much: the scale then ends above the largest entry of all shown runs, so
// that their colours can be compared.
double MatrixPanel::topOf(const PanelContext& context) const {
  if (head_ == Head::Category) return 1;
  double most = 0;
  for (const ShownRun& run : shownRuns(context.now, context.session.comparison)) {
    const History& history = context.histories.of(run.entry->run);
    for (std::size_t group = 0; group < history.groups(); ++group)
      most = std::max(most, history.highest(head_, group));
  }
  return niceAbove(most);
}

Summary MatrixPanel::summaryOf(const History& history, std::size_t group) const {
  const auto final_summary = history.summary(group);
  return final_summary && head_ == Head::Category ? *final_summary : history.soFar(head_, group);
}

// RA, LA and BTI of every condition or run shown, each SEM below its mean.
void MatrixPanel::drawTable(const PanelContext& context, const std::vector<Row>& rows) const {
  const Look& look = context.look;
  constexpr float kNumber = 54;  // design pixels
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float first = names_, step = look.px(kNumber), line = look.textHeight() * 1.2F;
  constexpr std::array<const char*, 3> kNames{"RA", "LA", "BTI"};
  const auto right = [&](std::size_t column) {
    return at.x + first + step * static_cast<float>(column + 1);
  };
  for (std::size_t c = 0; c < kNames.size(); ++c) {
    put(list, textInk(look, look.quiet()), {right(c), at.y}, kNames[c], 1);
    hoverPlace(context, {right(c) - look.px(40), at.y}, {right(c), at.y + line}, kNames[c]);
  }
  float y = at.y + line * 1.15F;
  const bool spread = context.now.spec->replicas.seeds > 1;
  std::vector<std::string> names;
  for (const Row& row : rows) names.push_back(row.of.name);
  for (const Row& row : rows) {
    const Summary summary = summaryOf(*row.of.history, row.of.group);
    const Ink ink = boldInk(look, pack(row.color));
    put(list, ink, {at.x, y}, cutMiddle(ink, row.of.name, first - look.px(8), names));
    const std::array<Moments, 3> values{summary.ra, summary.la, summary.bti};
    for (std::size_t c = 0; c < values.size(); ++c) {
      const bool known = values[c].n > 0;
      put(list, monoInk(look, look.text()), {right(c), y},
          known ? thousandths(values[c].mean) : "–", 1);
      if (known && values[c].n > 1)
        put(list, monoInk(look, look.quiet()), {right(c), y + line * 0.9F},
            "±" + thousandths(values[c].sem()), 1);
    }
    y += line * (spread ? 1.95F : 1.2F);
  }
  ImGui::Dummy({look.px(232), y - at.y});
  const auto measured = static_cast<std::int64_t>(context.history.measuredTasks());
  drawChance(context, head_);
  ImGui::TextDisabled("%s\n%s of %s tasks", meanNote(context).c_str(), count(measured).c_str(),
                      count(context.now.spec->stream.tasks).c_str());
}

void MatrixPanel::drawMap(const PanelContext& context, ImVec2 size) const {
  const Look& look = context.look;
  const auto tasks = static_cast<std::size_t>(shown_.spec->stream.tasks);
  const std::size_t cells = std::min(tasks, kMostCells);
  const float foot = 1.3F * look.textHeight();
  const float cell =
      std::max(2.0F, std::floor(std::min(size.x, size.y - foot) / static_cast<float>(cells)));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float side = cell * static_cast<float>(cells);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, {at.x + side, at.y + side}, look.base(), look.px(2));
  const auto entryOf = [&](std::size_t i) { return i * tasks / cells; };
  for (std::size_t row = 0; row < cells; ++row) {
    for (std::size_t column = 0; column < cells; ++column) {
      const Moments value =
          shown_.history->accuracy(entryOf(row), entryOf(column), head_, shown_.group);
      if (value.n == 0) continue;
      const ImVec2 low{at.x + cell * static_cast<float>(column),
                       at.y + cell * static_cast<float>(row)};
      const ImVec2 high{low.x + cell, low.y + cell};
      list.AddRectFilled(low, high, pack(figure::viridis(value.mean / top_)));
      if (!ImGui::IsWindowHovered() || !ImGui::IsMouseHoveringRect(low, high)) continue;
      ImGui::SetTooltip("after task %zu, tested on task %zu\n%s correct%s", entryOf(row) + 1,
                        entryOf(column) + 1, percent(value.mean).c_str(),
                        value.n > 1 ? (" ± " + percent(value.sem()) + " SEM").c_str() : "");
    }
  }
  const bool hovered =
      ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(at, {at.x + side, at.y + side});
  drawExportMenu(context, matrixFiles(shown_, head_, top_), hovered);
  ImGui::SetCursorScreenPos({at.x, at.y + side});
  drawScale(context, std::max(side, look.px(120)));
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({size.x, side + foot});
}

// In one line below the map.
void MatrixPanel::drawScale(const PanelContext& context, float width) const {
  const Look& look = context.look;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Ink mono = monoInk(look, look.quiet());
  const std::string top = tidy(top_);
  const float y = at.y + look.px(6), left = at.x + look.px(14);
  const float right = at.x + width - widthOf(mono, top) - look.px(6);
  put(list, mono, {at.x, y}, "0");
  put(list, mono, {at.x + width, y}, top, 1);
  constexpr int kSteps = 24;
  for (int i = 0; i < kSteps; ++i) {
    const float t = static_cast<float>(i) / kSteps, next = static_cast<float>(i + 1) / kSteps;
    list.AddRectFilled({left + (right - left) * t, y + look.px(4)},
                       {left + (right - left) * next, y + look.px(13)},
                       pack(figure::viridis(static_cast<double>(t))));
  }
  hoverPlace(context, at, {at.x + width, y + look.textHeight()}, accuracyTerm(head_));
}

void MatrixPanel::drawNumbers(const PanelContext& context) const {
  const auto final_summary = shown_.history->summary(shown_.group);
  const Summary shown = summaryOf(*shown_.history, shown_.group);
  const ImVec2 spacing = ImGui::GetStyle().ItemSpacing;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {spacing.x, context.look.px(2)});
  bigNumber(context, "RA", shown.ra);
  bigNumber(context, "LA", shown.la);
  bigNumber(context, "BTI", shown.bti);
  drawChance(context, head_);
  const auto measured = static_cast<std::int64_t>(context.history.measuredTasks());
  ImGui::TextDisabled("%s of %s tasks%s", count(measured).c_str(),
                      count(context.now.spec->stream.tasks).c_str(),
                      final_summary ? "" : " so far");
  ImGui::PopStyleVar();
}

}  // namespace dentate::ui
