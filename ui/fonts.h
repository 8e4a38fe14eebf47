// The faces of the window, read from the folder of fonts beside the program.
#pragma once
#include <filesystem>

#include "engine/spec/result.h"
#include "ui/look.h"

namespace dentate::ui {

// Adds the faces to the current ImGui context. Refuses where Roboto or Inconsolata is missing;
// signs that they lack come from DejaVu Sans, icons from Font Awesome 4.
spec::Result<Fonts> loadFonts(const std::filesystem::path& folder);

}  // namespace dentate::ui
