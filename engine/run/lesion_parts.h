// The parts of a network that curves over lesion size are taken of. Internal to engine/run.
#pragma once
#include <vector>

#include "engine/link/lesion_curves.h"
#include "engine/spec/experiment.h"

namespace dentate::run {

// Every pathway that is more than one layer, every hidden layer, every path; nothing is measured yet.
[[nodiscard]] std::vector<link::LesionCurve> lesionableParts(
    const spec::NetworkSpec& network, const link::LesionCurvesRequest& request);

}  // namespace dentate::run
