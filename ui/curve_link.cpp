#include "ui/curve_link.h"

#include "ui/live_plots.h"
#include "ui/network_panel.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

struct Target {
  const char *panel, *plot, *term;
};

Target targetOf(CurveLink::Of of) {
  switch (of) {
    case CurveLink::Of::M:
      return {LivePlotsPanel::kTitle, "inhibition_m", "m"};
    case CurveLink::Of::Alpha:
      return {AlphaPanel::kTitle, "alpha", "α"};
    case CurveLink::Of::ActiveFraction:
      break;
  }
  return {ActiveFractionPanel::kTitle, "active_fraction", "active fraction"};
}

}  // namespace

void followLink(const PanelContext& context, const CurveLink& link) {
  const auto& network = context.now.spec->network;
  const Target target = targetOf(link.of);
  const PlotDesk::Emphasis wanted{target.plot, link.of == CurveLink::Of::Alpha
                                                   ? figure::pathLabel(network, link.index)
                                                   : shortLayerTitle(network, link.index)};
  auto& emphasis = context.session.plots.emphasis;
  if (emphasis && emphasis->plot == wanted.plot && emphasis->curve == wanted.curve)
    return emphasis.reset();
  emphasis = wanted;
  context.session.panel_asked = target.panel;
}

void linkPlace(const PanelContext& context, ImVec2 low, ImVec2 high, const CurveLink& link) {
  if (hoverPlace(context, low, high, targetOf(link.of).term, kCurveClick) && clicked())
    followLink(context, link);
}

}  // namespace dentate::ui
