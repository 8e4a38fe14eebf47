#include "ui/theme.h"

#include "implot.h"

namespace dentate::ui {
namespace {

using figure::Color;

ImVec4 vec(Color c, float alpha = 1) { return ImGui::ColorConvertU32ToFloat4(pack(c, alpha)); }

void setSpacing(ImGuiStyle& style, float scale) {
  style = ImGuiStyle();
  style.FontSizeBase = kTextSize;
  style.WindowPadding = {12, 12};
  style.FramePadding = {8, 5};
  style.ItemSpacing = {8, 8};
  style.ItemInnerSpacing = {8, 4};
  style.CellPadding = {4, 4};
  style.ScrollbarSize = 12;
  style.GrabMinSize = 14;
  for (float* rounding : {&style.WindowRounding, &style.ChildRounding, &style.FrameRounding,
                          &style.PopupRounding, &style.GrabRounding, &style.TabRounding})
    *rounding = 4;
  style.ScrollbarRounding = 6;
  style.WindowBorderSize = 0;  // panels draw their own hairline
  style.PopupBorderSize = 1;
  style.FrameBorderSize = 1;
  style.TabBarBorderSize = 0;
  style.DockingSeparatorSize = 8;
  style.WindowMinSize = {64, 48};
  style.ScaleAllSizes(scale);
  style.FontScaleDpi = scale;
  style.HoverDelayNormal = 0.35F;
}

void setGroundColors(ImVec4* c, const figure::Ground& g) {
  c[ImGuiCol_Text] = vec(g.text);
  c[ImGuiCol_TextDisabled] = vec(g.quiet);
  c[ImGuiCol_WindowBg] = vec(g.panel);
  c[ImGuiCol_ChildBg] = vec(g.panel, 0);
  c[ImGuiCol_PopupBg] = vec(g.panel);
  c[ImGuiCol_Border] = vec(g.line);
  c[ImGuiCol_BorderShadow] = vec(g.line, 0);
  c[ImGuiCol_MenuBarBg] = vec(g.ground);
  c[ImGuiCol_DockingEmptyBg] = vec(g.ground);
  c[ImGuiCol_Separator] = vec(g.ground, 0);  // between docks: the ground shows
  c[ImGuiCol_SeparatorHovered] = vec(g.accent, 0.35F);
  c[ImGuiCol_SeparatorActive] = vec(g.accent, 0.6F);
  c[ImGuiCol_TitleBg] = c[ImGuiCol_TitleBgActive] = c[ImGuiCol_TitleBgCollapsed] = vec(g.ground);
  c[ImGuiCol_ScrollbarBg] = vec(g.panel, 0);
  c[ImGuiCol_ScrollbarGrab] = vec(g.line);
  c[ImGuiCol_ModalWindowDimBg] = vec(g.ground, 0.6F);
}

void setControlColors(ImVec4* c, const figure::Ground& g, bool dark) {
  const Color field = mix(g.panel, g.ground, 0.75F);
  const Color hover = mix(g.line, g.accent, 0.25F);
  c[ImGuiCol_FrameBg] = vec(field);
  c[ImGuiCol_FrameBgHovered] = vec(mix(field, g.accent, 0.18F));
  c[ImGuiCol_FrameBgActive] = vec(mix(field, g.accent, 0.28F));
  c[ImGuiCol_Button] = vec(dark ? g.line : mix(g.panel, g.line, 0.4F));
  c[ImGuiCol_ButtonHovered] = vec(hover);
  c[ImGuiCol_ButtonActive] = vec(g.accent);
  c[ImGuiCol_Header] = vec(g.accent, 0.30F);
  c[ImGuiCol_HeaderHovered] = vec(g.accent, 0.22F);
  c[ImGuiCol_HeaderActive] = vec(g.accent, 0.40F);
  c[ImGuiCol_CheckMark] = c[ImGuiCol_SliderGrabActive] = vec(g.accent);
  c[ImGuiCol_SliderGrab] = vec(g.text);
  c[ImGuiCol_Tab] = c[ImGuiCol_TabDimmed] = vec(g.ground);
  c[ImGuiCol_TabHovered] = vec(hover);
  c[ImGuiCol_TabSelected] = c[ImGuiCol_TabDimmedSelected] = vec(g.panel);
  c[ImGuiCol_TabSelectedOverline] = vec(g.accent);
  c[ImGuiCol_TabDimmedSelectedOverline] = vec(g.line);
  c[ImGuiCol_DockingPreview] = vec(g.accent, 0.5F);
  c[ImGuiCol_NavCursor] = vec(g.accent);
  c[ImGuiCol_TextSelectedBg] = vec(g.accent, 0.4F);
  c[ImGuiCol_ResizeGrip] = vec(g.line, 0);
}

void setPlotStyle(const figure::Ground& g, float scale) {
  ImPlotStyle& style = ImPlot::GetStyle();
  style = ImPlotStyle();
  style.PlotBorderSize = 0;
  style.PlotPadding = {0, 0};
  style.LabelPadding = {6 * scale, 4 * scale};
  style.MajorTickLen = style.MinorTickLen = {0, 0};
  style.MajorGridSize = style.MinorGridSize = {1, 1};
  style.PlotMinSize = {40, 30};
  style.MinorAlpha = 0;
  style.FitPadding = {0, 0.05F};
  ImVec4* c = style.Colors;
  c[ImPlotCol_FrameBg] = c[ImPlotCol_PlotBg] = vec(g.panel, 0);
  c[ImPlotCol_PlotBorder] = vec(g.line);
  c[ImPlotCol_AxisText] = vec(g.quiet);
  c[ImPlotCol_AxisGrid] = vec(g.line);
  c[ImPlotCol_AxisTick] = vec(g.line, 0);
  c[ImPlotCol_AxisBg] = c[ImPlotCol_AxisBgHovered] = c[ImPlotCol_AxisBgActive] = vec(g.panel, 0);
  c[ImPlotCol_Selection] = vec(g.accent);
}

}  // namespace

Look applyTheme(figure::Theme theme, float scale, const Fonts& fonts) {
  Look look;
  look.theme = theme;
  look.ground = figure::ground(theme);
  look.scale = scale;
  look.fonts = fonts;
  if (theme != figure::Theme::Dark) look.warning = {176, 84, 0, 255};
  setSpacing(ImGui::GetStyle(), scale);
  if (theme == figure::Theme::Dark)
    ImGui::StyleColorsDark();
  else
    ImGui::StyleColorsLight();
  setGroundColors(ImGui::GetStyle().Colors, look.ground);
  setControlColors(ImGui::GetStyle().Colors, look.ground, theme == figure::Theme::Dark);
  setPlotStyle(look.ground, scale);
  return look;
}

std::string_view themeName(figure::Theme theme) {
  switch (theme) {
    case figure::Theme::Light: return "light";
    case figure::Theme::Projector: return "projector";
    case figure::Theme::Dark: break;
  }
  return "dark";
}

figure::Theme themeFromName(std::string_view name) {
  for (const auto theme : {figure::Theme::Light, figure::Theme::Projector})
    if (name == themeName(theme)) return theme;
  return figure::Theme::Dark;
}

}  // namespace dentate::ui
