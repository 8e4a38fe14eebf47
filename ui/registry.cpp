#include "ui/registry.h"

#include <array>

#include "ui/architecture_panel.h"
#include "ui/data_panel.h"
#include "ui/experiment_panel.h"
#include "ui/lesion_panel.h"
#include "ui/live_plots.h"
#include "ui/log_panel.h"
#include "ui/matrix_panel.h"
#include "ui/network_panel.h"
#include "ui/representations_panel.h"
#include "ui/runs_panel.h"
#include "ui/sparsity_panel.h"
#include "ui/stimulus_panel.h"
#include "ui/transport_panel.h"
#include "ui/units_panel.h"

namespace dentate::ui {
namespace {

template <class P>
std::unique_ptr<Panel> make() {
  return std::make_unique<P>();
}

template <class P>
constexpr PanelEntry entry(Place lecture, Place lab, Place architect, const char* about) {
  return {P::kTitle, make<P>, lecture, lab, architect, about};
}

// Places in the workspaces Lecture, Lab, Architect.
constexpr std::array kPanels{
    entry<StimulusPanel>(
        Place::Strip, Place::Hidden, Place::Hidden,
        "The images being learned: those learned already at the left, the one that "
        "the network answers now in a frame, those to come dimmed."),
    entry<NetworkPanel>(Place::Centre, Place::Centre, Place::Hidden,
                        "The network while it learns: tiles are units, lit by their activity; a "
                        "band is a path, as wide as its learning rate α; a ring is the share of "
                        "units that respond."),
    entry<ActiveFractionPanel>(Place::RightUpper, Place::BelowLeft, Place::BelowLeft,
                               "The share of units that respond, by layer, over the tasks."),
    entry<AlphaPanel>(Place::RightLower, Place::BelowRight, Place::BelowRight,
                      "The learned learning rate α of every path, over the tasks."),
    entry<ExperimentPanel>(Place::Hidden, Place::Left, Place::Left,
                           "What is learned and how: presets, and the values that can be changed."),
    entry<RunsPanel>(Place::Hidden, Place::Left, Place::Left,
                     "Branches of the run and saved runs, side by side in every plot: what differs "
                     "between them, and what can be changed in one of them alone."),
    entry<LivePlotsPanel>(Place::Hidden, Place::RightUpper, Place::Hidden,
                          "Inhibition m, meta-loss and accuracy over the tasks."),
    entry<MatrixPanel>(Place::Hidden, Place::RightLower, Place::Hidden,
                       "Accuracy on every task after every task, and what it sums up to."),
    entry<DataPanel>(Place::Hidden, Place::Centre, Place::Hidden,
                     "The images of the stream: one of every task, and those of one task in their "
                     "order, with their labels."),
    entry<UnitsPanel>(Place::Hidden, Place::Centre, Place::Hidden,
                      "Every unit of every layer for one image, from the stream or drawn; click a "
                      "unit for its weights and its tuning."),
    entry<LesionPanel>(Place::Hidden, Place::Centre, Place::Hidden,
                       "What the networks still know when a part of them is silenced, cut or kept "
                       "from learning, at test or for the rest of learning."),
    entry<ArchitecturePanel>(
        Place::Hidden, Place::Hidden, Place::Centre,
        "The network to be drawn: layers are nodes, paths are links; drag from a layer's right pin "
        "to another's left one. Live, it shows activity and learning rates."),
    entry<RepresentationsPanel>(Place::Hidden, Place::Centre, Place::Hidden,
                                "How alike the network answers tasks, categories and items, layer "
                                "by layer, over training."),
    entry<SparsityPanel>(Place::Hidden, Place::Centre, Place::Hidden,
                         "Dead units and unit variance of every layer, and how sparse the weights "
                         "of every path are, over the tasks."),
    entry<LogPanel>(Place::Hidden, Place::Hidden, Place::Hidden,
                    "Errors and notices of this sitting, and what happened to each run."),
    entry<TransportPanel>(Place::Bottom, Place::Bottom, Place::Bottom,
                          "Run, pause, step and reset; the speed limit, the progress, the device."),
};

}  // namespace

std::span<const PanelEntry> panelRegistry() { return kPanels; }

const char* workspaceName(Workspace workspace) {
  constexpr std::array kNames{"Lecture", "Lab", "Architect"};
  return kNames[static_cast<std::size_t>(workspace)];
}

std::optional<Workspace> workspaceNamed(std::string_view name) {
  for (const Workspace workspace : kWorkspaces)
    if (name == workspaceName(workspace)) return workspace;
  return std::nullopt;
}

}  // namespace dentate::ui
