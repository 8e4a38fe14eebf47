// The outputs whose accuracy is shown, and of which items: what is looked at, and what guessing would get
// right there. Pure functions; no ImGui.
#pragma once
#include "engine/spec/experiment.h"
#include "ui/comparison.h"

namespace dentate::ui {

[[nodiscard]] bool hasHead(const spec::NetworkSpec& network, Head head);
// The one that the person chose, for all panels; where the network has not got it, its other one.
[[nodiscard]] Head shownHead(const spec::NetworkSpec& network, const Comparison& comparison);
// Share that guessing gets right: 1 / answers. The network has that output.
[[nodiscard]] double chanceOf(const spec::NetworkSpec& network, Head head);

// "category", "item", "in memory", "outside"; and the term of its accuracy.
[[nodiscard]] const char* nameOf(Head head);
[[nodiscard]] const char* accuracyTerm(Head head);

}  // namespace dentate::ui
