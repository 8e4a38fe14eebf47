#include "ui/plot_menu.h"

#include <algorithm>
#include <string>
#include <utility>

#include "ui/icons.h"
#include "ui/plot_drawing.h"
#include "ui/plot_legend.h"
#include "ui/plot_reading.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

constexpr const char* kMenu = "plot_menu";
constexpr const char* kSizeTitle = "Picture of the plot";

void seriesMenu(const PanelContext& context, const PlotContent& content, PlotView& view) {
  if (!ImGui::BeginMenu("Curves###curves")) return;
  ImGui::PushItemFlag(ImGuiItemFlags_AutoClosePopups, false);
  if (ImGui::MenuItem("All", nullptr, view.hidden.empty())) {
    view.hidden.clear();
    view.fit = view.follow;
  }
  ImGui::Separator();
  for (std::size_t c = 0; c < content.curves.size(); ++c) {
    const PlotCurve& curve = content.curves[c];
    const bool shown = view.shows(curve);
    ImGui::PushStyleColor(ImGuiCol_Text, shown ? context.look.text() : context.look.quiet(0.6F));
    if (ImGui::MenuItem(curve.label.c_str(), nullptr, shown)) toggleCurves(content, {c}, view);
    ImGui::PopStyleColor();
  }
  ImGui::PopItemFlag();
  ImGui::EndMenu();
}

void exportItems(const PanelContext& context, const PlotFiles& files, bool& size_asked) {
  const auto item = [](const char* sign, const std::string& name, const char* key = nullptr) {
    return ImGui::MenuItem((std::string(sign) + "  " + name).c_str(), key);
  };
  const std::string folder = (context.session.output / "figures").string();
  ImGui::TextDisabled("Export to %s", folder.c_str());
  if (item(icon::kTable, std::string(files.csv_item) + "###csv"))
    exportFiles(context, files, ExportKind::Csv);
  if (item(icon::kImage, "PNG###png", "Ctrl+E")) exportFiles(context, files, ExportKind::Png);
  if (item(icon::kImage, "PNG of another size…###sized")) size_asked = true;
  if (item(icon::kImage, "SVG###svg")) exportFiles(context, files, ExportKind::Svg);
}

void pinItems(const PanelContext& context, const PlotView& view) {
  if (ImGui::MenuItem("Pin this moment###pin", "Ctrl+click"))
    context.session.plots.pin = PlotDesk::Pin{view.menu_step, context.now.begun};
  if (ImGui::MenuItem("Unpin###unpin", "Escape", false, isPinned(context)))
    context.session.plots.pin.reset();
  ImGui::Separator();
}

void drawMenu(const PanelContext& context, const PlotContent& content, PlotView& view) {
  // Opened here, outside of the plot, which has ids of its own.
  if (std::exchange(view.menu_asked, false)) ImGui::OpenPopup(kMenu);
  view.menu_open = ImGui::BeginPopup(kMenu);
  if (!view.menu_open) return;
  ImGui::TextDisabled("%s", content.title);
  if (ImGui::MenuItem("Fit", "double click")) view.follow = view.fit = true;
  if (ImGui::MenuItem("Log y axis###log", nullptr, &view.log)) view.follow = view.fit = true;
  if (ImGui::MenuItem("Log x axis###log_x", nullptr, &view.log_x)) view.follow = view.fit = true;
  if (content.isTraining()) ImGui::MenuItem("Smooth###smooth", nullptr, &view.smooth);
  seriesMenu(context, content, view);
  ImGui::Separator();
  if (content.isTraining()) pinItems(context, view);
  exportItems(context, filesOf(content, view), view.size_asked);
  ImGui::EndPopup();
}

void sizeField(const Look& look, const char* label, int& value) {
  ImGui::SetNextItemWidth(look.px(120));
  ImGui::InputInt(label, &value, 0);
  if (!ImGui::IsItemActive()) value = std::clamp(value, FigureSize::kLeast, FigureSize::kMost);
}

void drawSizeDialog(const PanelContext& context, const PlotFiles& files, bool& size_asked) {
  if (!beginDialog(kSizeTitle, size_asked)) return;
  FigureSize& size = context.session.plots.figure;
  ImGui::TextDisabled("%s, in pixels", files.title.c_str());
  sizeField(context.look, "width", size.width);
  sizeField(context.look, "height", size.height);
  const bool go = ImGui::Button("Export###go");
  if (go) exportFiles(context, files, ExportKind::Png);
  ImGui::SameLine();
  if (ImGui::Button("Cancel###cancel") || go || ImGui::IsKeyPressed(ImGuiKey_Escape))
    ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

// False where the request is not one for a file.
bool answerExport(const PanelContext& context, const PlotFiles& files, PlotRequest request,
                  bool& size_asked) {
  if (request == PlotRequest::SizedPng) {
    size_asked = true;
    return true;
  }
  for (const auto& [asked, kind] :
       {std::pair{PlotRequest::Csv, ExportKind::Csv}, std::pair{PlotRequest::Png, ExportKind::Png},
        std::pair{PlotRequest::Svg, ExportKind::Svg}}) {
    if (request != asked) continue;
    exportFiles(context, files, kind);
    return true;
  }
  return false;
}

// A curve that is to stand out is shown; a click into its plot lets it go.
void followEmphasis(const PlotContent& content, PlotView& view, PlotDesk& desk) {
  if (!desk.emphasis || desk.emphasis->plot != content.id) return;
  if (std::exchange(desk.emphasis->fresh, false))
    for (const PlotCurve& curve : content.curves)
      if (isCalled(curve, desk.emphasis->curve) && view.hidden.erase(curve.label) > 0)
        view.fit = view.follow;
  if (view.hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) desk.emphasis.reset();
}

}  // namespace

void exportFiles(const PanelContext& context, const PlotFiles& files, ExportKind kind) {
  const auto file = exportPlot(files, {kind, context.session.plots.figure}, context.session.output);
  if (!file) return context.session.log.error(file.error());
  context.session.log.notice(files.title, "saved to " + file->string());
  context.session.hint = {files.title + std::string(" saved to ") + file->string()};
}

void drawExportMenu(const PanelContext& context, const PlotFiles& files, bool hovered) {
  PlotDesk& desk = context.session.plots;
  desk.pointed |= hovered;
  if (hovered) desk.last = files.name;
  bool size_asked = false;
  if (desk.last == files.name) {
    const PlotRequest request = std::exchange(desk.asked, PlotRequest::None);
    if (!answerExport(context, files, request, size_asked) && request != PlotRequest::None)
      context.session.log.notice(files.title, "this can be exported, but not changed");
  }
  ImGui::PushID(files.name.c_str());
  if (hovered && ImGui::IsMouseReleased(ImGuiMouseButton_Right)) ImGui::OpenPopup(kMenu);
  if (ImGui::BeginPopup(kMenu)) {
    ImGui::TextDisabled("%s", files.title.c_str());
    exportItems(context, files, size_asked);
    ImGui::EndPopup();
  }
  drawSizeDialog(context, files, size_asked);
  ImGui::PopID();
}

void drawPlotMenu(const PanelContext& context, const PlotContent& content, PlotView& view) {
  drawMenu(context, content, view);
  drawSizeDialog(context, filesOf(content, view), view.size_asked);
}

void answerRequest(const PanelContext& context, const PlotContent& content, PlotView& view) {
  PlotDesk& desk = context.session.plots;
  followEmphasis(content, view, desk);
  if (desk.last != content.id) return;
  const PlotRequest request = std::exchange(desk.asked, PlotRequest::None);
  if (answerExport(context, filesOf(content, view), request, view.size_asked)) return;
  switch (request) {
    case PlotRequest::Log:
      view.log = !view.log;
      view.follow = view.fit = true;
      return;
    case PlotRequest::LogX:
      view.log_x = !view.log_x;
      [[fallthrough]];
    case PlotRequest::Fit:
      view.follow = view.fit = true;
      return;
    case PlotRequest::Smooth:
      if (content.isTraining()) {
        view.smooth = !view.smooth;
        return;
      }
      return context.session.log.notice(content.title, "smoothed are curves over training only");
    case PlotRequest::ShowAll:
      view.hidden.clear();
      view.fit = view.follow;
      return;
    default:
      return;
  }
}

}  // namespace dentate::ui
