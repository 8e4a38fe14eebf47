// The experiments that can be chosen: every configs/*.json, with a tiny picture of its network.
#pragma once
#include <filesystem>
#include <optional>
#include <vector>

#include "engine/spec/graph.h"
#include "engine/spec/result.h"
#include "ui/panel.h"

namespace dentate::ui {

struct Preset {
  std::filesystem::path file;
  spec::ExperimentSpec spec;
  std::optional<spec::Graph> graph;
};

struct Presets {
  std::vector<Preset> all;          // by file name
  std::vector<spec::Error> broken;  // files that could not be read
};
[[nodiscard]] Presets readPresets(const std::filesystem::path& folder);

// Draws the network into a box: a block a layer, as high as its units, and lines for paths.
void drawNetworkPicture(const Look& look, const Preset& preset, ImVec2 low, ImVec2 high);

// One row of the gallery; true when it was chosen.
bool presetRow(const Look& look, const Preset& preset, bool chosen);

}  // namespace dentate::ui
