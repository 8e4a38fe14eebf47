// From a number in a picture of the network to its curve: a click opens the panel that draws it and
// emphasises it there; a second click takes that back.
#pragma once
#include "ui/panel.h"

namespace dentate::ui {

struct CurveLink {
  enum class Of { ActiveFraction, M, Alpha };
  Of of = Of::ActiveFraction;
  std::size_t index = 0;  // layer; of Alpha path
};

constexpr const char* kCurveClick = "A click shows its curve.";

void followLink(const PanelContext& context, const CurveLink& link);
// The card of the number's term over a place of the draw list, and the click on it.
void linkPlace(const PanelContext& context, ImVec2 low, ImVec2 high, const CurveLink& link);

}  // namespace dentate::ui
