#include "app/places.h"

#include <cstdlib>
#include <string>

namespace dentate::app {
namespace {

namespace fs = std::filesystem;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

fs::path settingsPlace() {
  if (const auto config = environment("XDG_CONFIG_HOME"); !config.empty())
    return fs::path(config) / "dentate";
  if (const auto home = environment("HOME"); !home.empty())
    return fs::path(home) / ".config" / "dentate";
  return fs::temp_directory_path() / "dentate";
}

}  // namespace

spec::Result<Places> findPlaces() {
  std::error_code bad;
  fs::path home = environment("DENTATE_HOME");
  if (home.empty()) home = fs::read_symlink("/proc/self/exe", bad).parent_path().parent_path();
  if (!fs::is_directory(home / "assets", bad))
    return spec::Error{spec::Error::Kind::Io, (home / "assets").string(),
                       "the program's assets are not here; build with scripts/run, or name the "
                       "folder that holds assets and configs in DENTATE_HOME"};
  return Places{home / "assets", home / "configs", settingsPlace()};
}

}  // namespace dentate::app
