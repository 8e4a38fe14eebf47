// No inhibition: a layer's net inputs stay as they are.
#pragma once
#include "engine/spec/inhibition.h"

namespace dentate::spec {

inline constexpr InhibitionKind kNoInhibition{
    .name = "none",
    .words = "none",
    .about = "Nothing is taken off a unit's net input.",
};

}  // namespace dentate::spec
