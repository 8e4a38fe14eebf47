#include "ui/lesion_beside.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "ui/format.h"
#include "ui/heads.h"
#include "ui/live_plots.h"
#include "ui/widgets.h"

namespace dentate::ui {

const link::RunEntry* runBeside(const link::Snapshot& now) {
  const auto find = [&](const auto& wanted) -> const link::RunEntry* {
    const auto found = std::find_if(now.runs.begin(), now.runs.end(), wanted);
    return found == now.runs.end() ? nullptr : &*found;
  };
  const auto* const shown = find([&](const auto& entry) { return entry.run == now.run; });
  if (shown == nullptr) return nullptr;
  const auto other = [&](const auto& entry) {
    return entry.live() && entry.spec && entry.run != now.run;
  };
  if (const auto* const origin =
          find([&](const auto& entry) { return other(entry) && entry.run == shown->from; }))
    return origin;
  return find(other);
}

Beside besideOf(const PanelContext& context, const link::RunEntry& other) {
  Beside out;
  const auto& now = context.now;
  const std::size_t here = shownCell(now);
  const std::size_t there = groupLike(*other.spec, spec::cellVariant(*now.spec, here));
  const History& history = context.histories.of(other.run);
  for (const Head head : {Head::Category, Head::Item}) {
    const auto &mine = context.history.learned(head, here), &its = history.learned(head, there);
    std::size_t tasks = std::min(mine.size(), its.size());
    while (tasks > 0 && (mine[tasks - 1].n == 0 || its[tasks - 1].n == 0)) --tasks;
    if (tasks < 2) continue;
    out.tasks = tasks - 1;
    out.rows.push_back({head, mine[tasks - 1], its[tasks - 1]});
  }
  return out;
}

namespace {

void cell(const PanelContext& context, const std::string& text) {
  ImGui::TableNextColumn();
  ImGui::PushFont(context.look.fonts.mono, 0);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopFont();
}

void drawRows(const PanelContext& context, const Beside& beside, const link::RunEntry& other) {
  constexpr auto kFlags = static_cast<int>(ImGuiTableFlags_SizingFixedFit) |
                          static_cast<int>(ImGuiTableFlags_NoHostExtendX);
  if (!ImGui::BeginTable("beside", 4, kFlags)) return;
  const Look& look = context.look;
  const std::string name = cutMiddle(textInk(look, 0), other.name, look.px(88));
  for (const std::string& head :
       {std::string("accuracy"), std::string("here"), name, std::string("difference")}) {
    ImGui::TableNextColumn();
    ImGui::TextDisabled("%s", head.c_str());
  }
  for (const BesideRow& row : beside.rows) {
    ImGui::TableNextColumn();
    termLabel(context, nameOf(row.head), accuracyTerm(row.head));
    cell(context, percent(row.here.mean));
    cell(context, percent(row.there.mean));
    const double less = static_cast<double>(row.here.mean) - static_cast<double>(row.there.mean);
    cell(context, (less < 0 ? "−" : "+") + percent(std::abs(less)));
    const Moments apart = difference(row.here, row.there);
    if (apart.n > 1)
      tip(("± " + percent(apart.sem()) + " SEM, of two independent groups of networks").c_str());
  }
  ImGui::EndTable();
}

void drawLink(const PanelContext& context, const link::RunEntry& other) {
  if (ImGui::SmallButton("See both curves###see_curves")) {
    Comparison& comparison = context.session.comparison;
    comparison.hidden_runs.erase(other.run);
    comparison.head = Head::Item;
    context.session.panel_asked = LivePlotsPanel::kTitle;
  }
  tip("Live plots, Accuracy by task: the mean of all learned tasks, in both runs");
}

}  // namespace

void drawBeside(const PanelContext& context, bool about_to) {
  const auto& now = context.now;
  const bool lesioned = std::any_of(now.runs.begin(), now.runs.end(), [](const auto& entry) {
    return entry.live() && !entry.lesions.empty();
  });
  if (!lesioned && !about_to) return;
  const auto* const other = runBeside(now);
  if (other == nullptr) {
    ImGui::PushStyleColor(ImGuiCol_Text, context.look.quiet());
    ImGui::TextWrapped(
        "What a lesion does to learning shows beside a run without it: branch first, then lesion "
        "the branch.");
    ImGui::PopStyleColor();
    if (ImGui::SmallButton("Branch here###branch_first")) context.emit(link::Branch{});
    tip("Copies the run with all that it has learned; both go on from the same numbers (Ctrl+B)");
  } else {
    const Beside beside = besideOf(context, *other);
    const std::string name = nameInNote(other->name);
    if (beside.rows.empty())
      ImGui::TextWrapped("Beside %s once both have learned a task.", name.c_str());
    else
      ImGui::TextWrapped("Beside %s, after task %zu, on all learned:", name.c_str(), beside.tasks);
    hoverTerm(context, "all learned");
    if (!beside.rows.empty()) drawRows(context, beside, *other);
    drawLink(context, *other);
  }
  ImGui::Dummy({0, context.look.px(6)});
}

}  // namespace dentate::ui
