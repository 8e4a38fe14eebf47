// What a saved run knows of its parts: lesions.csv and lesions.json, read back. Internal to engine/run.
#pragma once
#include <filesystem>
#include <optional>

#include "engine/link/lesion_curves.h"
#include "engine/spec/experiment.h"
#include "engine/spec/result.h"

namespace dentate::run {

// None where the folder has no lesions.csv. An error names the file, and the line of the table. The
// run and the meta-steps of a file are taken as they are.
[[nodiscard]] spec::Result<std::optional<link::LesionCurves>> readLesionCurves(
    const std::filesystem::path& folder, const spec::ExperimentSpec& spec);

}  // namespace dentate::run
