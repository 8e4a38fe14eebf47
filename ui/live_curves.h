// What the plots of the runs hold, apart from how they are drawn: a curve for every layer or path and
// every condition; where several runs are compared, for every run instead, coloured alike.
#pragma once
#include "ui/plot.h"

namespace dentate::ui {

// Which networks: those that the person chose to see, or all of the runs, as a file has them.
enum class Groups { Shown, All };

// The curves' content, apart from how they are drawn. Empty curves where nothing is known yet.
[[nodiscard]] PlotContent activeFractionContent(const PanelContext& context,
                                                Groups groups = Groups::Shown);
[[nodiscard]] PlotContent alphaContent(const PanelContext& context, Groups groups = Groups::Shown);
[[nodiscard]] PlotContent inhibitionContent(const PanelContext& context,
                                            Groups groups = Groups::Shown);
[[nodiscard]] PlotContent lossContent(const PanelContext& context, Groups groups = Groups::Shown);
// Of the output that is chosen: of one group of networks the newest task and all learned ones, of
// several the latter; and chance, where they are no differences.
[[nodiscard]] PlotContent accuracyContent(const PanelContext& context,
                                          Groups groups = Groups::Shown);
// Paths that have stopped learning, of the networks like the one in the diagram.
[[nodiscard]] std::size_t stoppedPaths(const PanelContext& context);

}  // namespace dentate::ui
