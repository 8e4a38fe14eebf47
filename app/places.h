// Where the program finds what it needs and keeps what it remembers.
#pragma once
#include <filesystem>

#include "engine/spec/result.h"

namespace dentate::app {

struct Places {
  std::filesystem::path assets;    // digits, fonts
  std::filesystem::path configs;   // the presets
  std::filesystem::path settings;  // remembered between starts; may not exist yet
};

// Beside the executable's folder, or in $DENTATE_HOME. Refuses a place without assets.
spec::Result<Places> findPlaces();

}  // namespace dentate::app
