#include "ui/plot_menu.h"

#include <algorithm>
#include <string>
#include <utility>

#include "ui/icons.h"
#include "ui/plot_drawing.h"
#include "ui/plot_export.h"
#include "ui/plot_legend.h"
#include "ui/plot_reading.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

constexpr const char* kMenu = "plot_menu";
constexpr const char* kSizeTitle = "Picture of the plot";

void exportAs(const PanelContext& context, const PlotContent& content, const PlotView& view,
              ExportKind kind) {
  const auto file =
      exportPlot(content, view, {kind, context.session.plots.figure}, context.session.output);
  if (!file) {
    context.session.log.error(file.error());
    return;
  }
  context.session.log.notice(content.title, "saved to " + file->string());
}

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

void exportItems(const PanelContext& context, const PlotContent& content, PlotView& view) {
  const auto item = [](const char* sign, const char* name) {
    return std::string(sign) + "  " + name;
  };
  const std::string folder = (context.session.output / "figures").string();
  ImGui::TextDisabled("Export to %s", folder.c_str());
  if (ImGui::MenuItem(item(icon::kTable, "CSV, every meta-step and network group###csv").c_str()))
    exportAs(context, content, view, ExportKind::Csv);
  if (ImGui::MenuItem(item(icon::kImage, "PNG###png").c_str(), "Ctrl+E"))
    exportAs(context, content, view, ExportKind::Png);
  if (ImGui::MenuItem(item(icon::kImage, "PNG of another size…###sized").c_str()))
    view.size_asked = true;
  if (ImGui::MenuItem(item(icon::kImage, "SVG###svg").c_str()))
    exportAs(context, content, view, ExportKind::Svg);
}

void drawMenu(const PanelContext& context, const PlotContent& content, PlotView& view) {
  // Opened here, outside of the plot, which has ids of its own.
  if (std::exchange(view.menu_asked, false)) ImGui::OpenPopup(kMenu);
  view.menu_open = ImGui::BeginPopup(kMenu);
  if (!view.menu_open) return;
  ImGui::TextDisabled("%s", content.title);
  if (ImGui::MenuItem("Fit", "double click")) view.follow = view.fit = true;
  if (ImGui::MenuItem("Log axis", nullptr, &view.log)) view.follow = view.fit = true;
  ImGui::MenuItem("Smooth", nullptr, &view.smooth);
  seriesMenu(context, content, view);
  ImGui::Separator();
  if (ImGui::MenuItem("Pin this moment###pin", "Ctrl+click"))
    context.session.plots.pin = PlotDesk::Pin{view.menu_step, context.history.run()};
  if (ImGui::MenuItem("Unpin###unpin", "Escape", false, isPinned(context)))
    context.session.plots.pin.reset();
  ImGui::Separator();
  exportItems(context, content, view);
  ImGui::EndPopup();
}

void sizeField(const Look& look, const char* label, int& value) {
  ImGui::SetNextItemWidth(look.px(120));
  ImGui::InputInt(label, &value, 0);
  if (!ImGui::IsItemActive()) value = std::clamp(value, FigureSize::kLeast, FigureSize::kMost);
}

void drawSizeDialog(const PanelContext& context, const PlotContent& content, PlotView& view) {
  if (std::exchange(view.size_asked, false)) ImGui::OpenPopup(kSizeTitle);
  ImGui::SetNextWindowPos(ImGui::GetMainViewport()->GetCenter(), ImGuiCond_Appearing, {0.5F, 0.5F});
  if (!ImGui::BeginPopupModal(kSizeTitle, nullptr,
                              ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings))
    return;
  FigureSize& size = context.session.plots.figure;
  ImGui::TextDisabled("%s, in pixels", content.title);
  sizeField(context.look, "width", size.width);
  sizeField(context.look, "height", size.height);
  const bool go = ImGui::Button("Export###go");
  if (go) exportAs(context, content, view, ExportKind::Png);
  ImGui::SameLine();
  if (ImGui::Button("Cancel###cancel") || go || ImGui::IsKeyPressed(ImGuiKey_Escape))
    ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
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

void drawPlotMenu(const PanelContext& context, const PlotContent& content, PlotView& view) {
  drawMenu(context, content, view);
  drawSizeDialog(context, content, view);
}

void answerRequest(const PanelContext& context, const PlotContent& content, PlotView& view) {
  PlotDesk& desk = context.session.plots;
  followEmphasis(content, view, desk);
  if (desk.last != content.id) return;
  switch (std::exchange(desk.asked, PlotRequest::None)) {
    case PlotRequest::None:
      return;
    case PlotRequest::Log:
      view.log = !view.log;
      [[fallthrough]];
    case PlotRequest::Fit:
      view.follow = view.fit = true;
      return;
    case PlotRequest::Smooth:
      view.smooth = !view.smooth;
      return;
    case PlotRequest::ShowAll:
      view.hidden.clear();
      view.fit = view.follow;
      return;
    case PlotRequest::SizedPng:
      view.size_asked = true;
      return;
    case PlotRequest::Csv:
      return exportAs(context, content, view, ExportKind::Csv);
    case PlotRequest::Png:
      return exportAs(context, content, view, ExportKind::Png);
    case PlotRequest::Svg:
      return exportAs(context, content, view, ExportKind::Svg);
  }
}

}  // namespace dentate::ui
