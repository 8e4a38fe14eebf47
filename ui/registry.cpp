#include "ui/registry.h"

#include <array>

#include "ui/experiment_panel.h"
#include "ui/lesion_panel.h"
#include "ui/live_plots.h"
#include "ui/log_panel.h"
#include "ui/matrix_panel.h"
#include "ui/network_panel.h"
#include "ui/stimulus_panel.h"
#include "ui/transport_panel.h"

namespace dentate::ui {
namespace {

template <class P>
std::unique_ptr<Panel> make() {
  return std::make_unique<P>();
}

template <class P>
constexpr PanelEntry entry(Place lecture, Place lab, const char* about) {
  return {P::kTitle, make<P>, lecture, lab, about};
}

constexpr std::array kPanels{
    entry<StimulusPanel>(
        Place::Strip, Place::Hidden,
        "The images being learned: those learned already at the left, the one that "
        "the network answers now in a frame, those to come dimmed."),
    entry<NetworkPanel>(Place::Centre, Place::Centre,
                        "The network while it learns: tiles are units, lit by their activity; a "
                        "band is a path, as wide as its learning rate α; a ring is the share of "
                        "units that respond."),
    entry<ActiveFractionPanel>(Place::RightUpper, Place::BelowLeft,
                               "The share of units that respond, by layer, over the tasks."),
    entry<AlphaPanel>(Place::RightLower, Place::BelowRight,
                      "The learned learning rate α of every path, over the tasks."),
    entry<ExperimentPanel>(Place::Hidden, Place::Left,
                           "What is learned and how: presets, and the values that can be changed."),
    entry<LivePlotsPanel>(Place::Hidden, Place::RightUpper,
                          "Inhibition m, meta-loss and accuracy over the tasks."),
    entry<MatrixPanel>(Place::Hidden, Place::RightLower,
                       "Accuracy on every task after every task, and what it sums up to."),
    entry<LesionPanel>(Place::Hidden, Place::Hidden,
                       "What the networks still know when a part of them is silenced, cut or kept "
                       "from learning, at test or for the rest of learning."),
    entry<LogPanel>(Place::Hidden, Place::Hidden, "Errors and notices of this sitting."),
    entry<TransportPanel>(Place::Bottom, Place::Bottom,
                          "Run, pause, step and reset; the speed limit, the progress, the device."),
};

}  // namespace

std::span<const PanelEntry> panelRegistry() { return kPanels; }

const char* workspaceName(Workspace workspace) {
  return workspace == Workspace::Lab ? "Lab" : "Lecture";
}

}  // namespace dentate::ui
