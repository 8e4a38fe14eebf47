// One unit: its incoming weights as an image, what it is tuned to, and where it sends.
#pragma once
#include "ui/image_texture.h"
#include "ui/panel.h"

namespace dentate::ui {

// "h2 · unit 17".
[[nodiscard]] std::string unitName(const spec::NetworkSpec& network, const link::UnitId& id);

struct UnitCard {
  const link::UnitPicture& picture;
  int width = 28, height = 28;  // of the input
  bool pinned = false;
};

enum class CardAsk { None, Pin, Unpin };

// In the room of `width` pixels. The texture is the card's own.
CardAsk drawUnitCard(const PanelContext& context, const UnitCard& card, ImageTexture& weights,
                     float width);

}  // namespace dentate::ui
