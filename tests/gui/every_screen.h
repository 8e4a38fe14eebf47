// Pictures of every workspace, panel and popup, in every theme and at two sizes of the window, over
// real runs; for eyes that look for what is cut or overlaps.
#pragma once
#include <filesystem>

namespace dentate::tests {

// Writes <folder>/<theme>-<width>x<height>[-<scale>]/<screen>.png; false where a run does not come
// so far or a screen cannot be opened. Needs a display of at least 1600 x 1000.
[[nodiscard]] bool pictureEveryScreen(const std::filesystem::path& folder);

}  // namespace dentate::tests
