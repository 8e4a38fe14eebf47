#include "ui/log_panel.h"

#include <ctime>

#include "ui/icons.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

std::string clock(std::chrono::system_clock::time_point time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm local{};
  localtime_r(&seconds, &local);
  char text[16];
  std::strftime(text, sizeof text, "%H:%M:%S", &local);
  return text;
}

void drawEntry(const Look& look, const LogEntry& entry) {
  const bool error = entry.kind == LogEntry::Kind::Error;
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ImGui::PushFont(look.fonts.mono, 0);
  ImGui::TextDisabled("%s", clock(entry.time).c_str());
  ImGui::PopFont();
  ImGui::TableNextColumn();
  if (error) ImGui::PushStyleColor(ImGuiCol_Text, pack(look.warning));
  ImGui::TextWrapped("%s %s%s%s%s", error ? icon::kWarning : icon::kNotice, entry.where.c_str(),
                     entry.where.empty() ? "" : ": ", entry.what.c_str(),
                     entry.times > 1 ? (" (" + std::to_string(entry.times) + " times)").c_str() : "");
  if (error) ImGui::PopStyleColor();
}

}  // namespace

void LogPanel::draw(const PanelContext& context) {
  auto& log = context.session.log;
  log.markRead();
  panelTitle(context, kTitle, "newest first");
  if (log.entries().empty())
    return emptyPanel(context.look, "Errors and notices appear here, with their time and place.");
  if (!ImGui::BeginTable("entries", 2, ImGuiTableFlags_ScrollY | ImGuiTableFlags_SizingFixedFit)) return;
  ImGui::TableSetupColumn("time");
  ImGui::TableSetupColumn("what", ImGuiTableColumnFlags_WidthStretch);
  for (auto entry = log.entries().rbegin(); entry != log.entries().rend(); ++entry)
    drawEntry(context.look, *entry);
  ImGui::EndTable();
}

}  // namespace dentate::ui
