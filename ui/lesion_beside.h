// What a lesion does to learning: the run in the panels beside another live one. The tests of the
// lab compare networks with themselves instead, the lesion lifted.
#pragma once
#include <cstddef>
#include <vector>

#include "ui/panel.h"

namespace dentate::ui {

// The run that the shown one left; else the first other live one; null where there is none.
[[nodiscard]] const link::RunEntry* runBeside(const link::Snapshot& now);

// Accuracy on all tasks learned, of the networks like the one in the diagram.
struct BesideRow {
  Head head = Head::Category;
  Moments here, there;
};
struct Beside {
  std::size_t tasks = 0;  // after so many, the last that both have measured
  std::vector<BesideRow> rows;
};
// Of every output that both have measured.
[[nodiscard]] Beside besideOf(const PanelContext& context, const link::RunEntry& other);

// Draws nothing where no live run is lesioned, unless one is about to be.
void drawBeside(const PanelContext& context, bool about_to);

}  // namespace dentate::ui
