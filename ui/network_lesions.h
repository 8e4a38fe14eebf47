// Lesions at test in the network diagram: what they silence is hatched there, and a right click sets
// and lifts them. The lesion lab has the same ones.
#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "ui/network_drawing.h"
#include "ui/panel.h"

namespace dentate::ui {

struct DiagramPart {
  bool path = false;
  std::size_t index = 0;  // in NetworkSpec::paths, else ::layers
};

[[nodiscard]] std::vector<spec::Lesion> lesionsAtTest(const PanelContext& context);
// The share of a layer that they silence, of a path that they cut; [0, 1].
[[nodiscard]] double shareAtTest(const std::vector<spec::Lesion>& lesions, DiagramPart part);

void drawLesionsAtTest(const NetworkDrawing& drawing);

// Of the part under the pointer; it stays that of `menu_of` while it is open.
void drawLesionMenu(const PanelContext& context, const std::optional<DiagramPart>& pointed,
                    DiagramPart& menu_of);

// What the network still knows with them, tested while they are set; null until it is known.
[[nodiscard]] const link::LesionView* watchLesionsAtTest(const PanelContext& context);

}  // namespace dentate::ui
