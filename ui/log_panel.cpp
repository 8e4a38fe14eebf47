#include "ui/log_panel.h"

#include <algorithm>
#include <ctime>
#include <vector>

#include "imgui_stdlib.h"
#include "ui/actions.h"
#include "ui/csv_cells.h"
#include "ui/event_list.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/plot_menu.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

constexpr std::size_t kMostShown =
    1000;  // events of a run, the newest; a copy and a table have all

std::string clock(std::time_t seconds, const char* format = "%H:%M:%S") {
  std::tm local{};
  localtime_r(&seconds, &local);
  char text[32];
  std::strftime(text, sizeof text, format, &local);
  return text;
}

std::time_t secondsOf(const LogEntry& entry) {
  return std::chrono::system_clock::to_time_t(entry.time);
}

std::string textOf(const LogEntry& entry) {
  return entry.where + (entry.where.empty() ? "" : ": ") + entry.what +
         (entry.times > 1 ? " (" + std::to_string(entry.times) + " times)" : "");
}

std::string linesOf(const std::vector<const LogEntry*>& entries) {
  std::string lines;
  for (const auto* entry : entries)
    lines += clock(secondsOf(*entry), "%Y-%m-%d %H:%M:%S") + "  " + textOf(*entry) + "\n";
  return lines;
}

std::string csvOf(const std::vector<const LogEntry*>& entries) {
  std::string out = "time,kind,where,what,times\n";
  for (const auto* entry : entries)
    out += clock(secondsOf(*entry), "%Y-%m-%d %H:%M:%S") +
           (entry->kind == LogEntry::Kind::Error ? ",error," : ",notice,") + quoted(entry->where) +
           "," + quoted(entry->what) + "," + std::to_string(entry->times) + "\n";
  return out;
}

void quietCell(const Look& look, const std::string& text) {
  ImGui::TableNextColumn();
  ImGui::PushFont(look.fonts.mono, 0);
  ImGui::TextDisabled("%s", text.c_str());
  ImGui::PopFont();
}

void wrappedCell(const Look& look, const std::string& text, bool wrong) {
  ImGui::TableNextColumn();
  if (wrong) ImGui::PushStyleColor(ImGuiCol_Text, pack(look.warning));
  ImGui::TextWrapped("%s", text.c_str());
  if (wrong) ImGui::PopStyleColor();
}

void drawEntry(const Look& look, const LogEntry& entry) {
  const bool error = entry.kind == LogEntry::Kind::Error;
  ImGui::TableNextRow();
  quietCell(look, clock(secondsOf(entry)));
  wrappedCell(look, std::string(error ? icon::kWarning : icon::kNotice) + " " + textOf(entry),
              error);
}

void drawEvent(const Look& look, const link::RunEntry& run, const link::Event& event) {
  const bool lost = event.kind == link::EventKind::Diverged;
  const auto task =
      static_cast<double>(event.step) / static_cast<double>(spec::stepsPerTask(*run.spec));
  ImGui::TableNextRow();
  quietCell(look, clock(event.time));
  tip(clock(event.time, "%Y-%m-%d %H:%M:%S").c_str());
  quietCell(look, count(event.step));
  tip(("Task " + tidy(task)).c_str());
  ImGui::TableNextColumn();
  ImGui::TextUnformatted(link::nameOf(event.kind).data());
  wrappedCell(look, (lost ? std::string(icon::kWarning) + " " : "") + eventText(run, event), lost);
}

}  // namespace

void LogPanel::draw(const PanelContext& context) {
  const auto& log = context.session.log;
  panelTitle(context, kTitle, "");
  if (!ImGui::BeginTabBar("lists")) return;
  // Whoever opens the panel because of an error finds it.
  const bool unread = log.unreadErrors() > 0;
  const auto flags = unread && ImGui::IsWindowAppearing() ? ImGuiTabItemFlags_SetSelected : 0;
  const std::string notices =
      std::string(unread ? icon::kWarning : "") + (unread ? " Notices" : "Notices") + "###notices";
  if (ImGui::BeginTabItem(notices.c_str(), nullptr, flags)) {
    drawNotices(context);
    ImGui::EndTabItem();
  }
  if (ImGui::BeginTabItem("Events of a run###events")) {
    drawEvents(context);
    ImGui::EndTabItem();
  }
  ImGui::EndTabBar();
}

// Words to look for, and what is made of the lines that have them.
void LogPanel::drawTools(const PanelContext& context, const Files& files) {
  const Look& look = context.look;
  const float button = look.px(64), gap = ImGui::GetStyle().ItemSpacing.x;
  ImGui::SetNextItemWidth(
      std::max(look.px(80), ImGui::GetContentRegionAvail().x - 2 * (button + gap)));
  ImGui::InputTextWithHint("##find", "Lines with these words", &filter_);
  ImGui::SameLine();
  if (ImGui::Button("Copy###copy", {button, 0})) ImGui::SetClipboardText(files.lines().c_str());
  tip("The lines below, as text");
  ImGui::SameLine();
  if (ImGui::Button("CSV###csv", {button, 0}))
    exportFiles(context, {files.name, files.title, {}, files.csv}, ExportKind::Csv);
  tip(("The lines below, as a table in\n" + (context.session.output / "figures").string()).c_str());
}

void LogPanel::drawNotices(const PanelContext& context) {
  auto& log = context.session.log;
  log.markRead();
  if (log.entries().empty())
    return emptyPanel(context.look, "Errors and notices appear here, with their time and place.");
  const auto find = [&] {  // an export adds to them
    std::vector<const LogEntry*> found;
    for (const auto& entry : log.entries())
      if (matches(textOf(entry), filter_)) found.push_back(&entry);
    return found;
  };
  drawTools(context,
            {"notices", "Notices", [&] { return linesOf(find()); }, [&] { return csvOf(find()); }});
  const auto found = find();
  if (found.empty()) return ImGui::TextDisabled("Nothing has these words.");
  if (!ImGui::BeginTable("entries", 2, ImGuiTableFlags_ScrollY | ImGuiTableFlags_SizingFixedFit))
    return;
  ImGui::TableSetupColumn("time");
  ImGui::TableSetupColumn("what", ImGuiTableColumnFlags_WidthStretch);
  for (auto entry = found.rbegin(); entry != found.rend(); ++entry)
    drawEntry(context.look, **entry);
  ImGui::EndTable();
}

// Null where there is none.
const link::RunEntry* LogPanel::chooseRun(const PanelContext& context) {
  const auto& runs = context.now.runs;
  auto found = std::ranges::find(runs, run_, &link::RunEntry::run);
  if (found == runs.end()) found = std::ranges::find(runs, context.now.run, &link::RunEntry::run);
  if (found == runs.end() || !found->spec) return nullptr;
  ImGui::SetNextItemWidth(-1);
  const auto nameOf = [](const link::RunEntry& run) {
    return run.name + (run.live() ? "" : ", saved in " + run.folder);
  };
  if (ImGui::BeginCombo("##run", nameOf(*found).c_str())) {
    for (const auto& run : runs)
      if (ImGui::Selectable((nameOf(run) + "###" + std::to_string(run.run)).c_str(),
                            &run == &*found))
        run_ = run.run;
    ImGui::EndCombo();
  }
  hoverTerm(context, "events");
  return &*found;
}

void LogPanel::drawEvents(const PanelContext& context) {
  const auto* const run = chooseRun(context);
  if (run == nullptr)
    return emptyPanel(context.look, "What happens to a run appears here. Choose an experiment.");
  if (!run->events || run->events->empty())
    return emptyPanel(context.look, "Nothing is kept of what happened to this run.");
  const auto found = eventsOf(*run, filter_);
  drawTools(context, {"events", "Events of " + run->name, [&] { return eventLines(found); },
                      [&] { return eventsCsv(*run, found); }});
  if (found.empty()) return ImGui::TextDisabled("Nothing has these words.");
  if (!ImGui::BeginTable("events", 4, ImGuiTableFlags_ScrollY | ImGuiTableFlags_SizingFixedFit))
    return;
  ImGui::TableSetupScrollFreeze(0, 1);
  ImGui::TableSetupColumn("time");
  ImGui::TableSetupColumn("meta-step");
  ImGui::TableSetupColumn("event");
  ImGui::TableSetupColumn("what", ImGuiTableColumnFlags_WidthStretch);
  ImGui::PushStyleColor(ImGuiCol_TableHeaderBg, 0);
  ImGui::PushStyleColor(ImGuiCol_Text, context.look.quiet());
  ImGui::TableHeadersRow();
  ImGui::PopStyleColor(2);
  const bool at_end = ImGui::GetScrollY() >= ImGui::GetScrollMaxY();
  for (std::size_t i = found.size() > kMostShown ? found.size() - kMostShown : 0; i < found.size();
       ++i)
    drawEvent(context.look, *run, *found[i]);
  if (at_end) ImGui::SetScrollHereY(1);
  ImGui::EndTable();
}

}  // namespace dentate::ui
