#include "ui/fonts.h"

#include <filesystem>
#include <string_view>
#include <system_error>

namespace dentate::ui {
namespace {

namespace fs = std::filesystem;

// Adds one face and merges into it what it lacks, in the order of `more`.
ImFont* addFace(const fs::path& folder, const char* file, std::initializer_list<const char*> more) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  ImFont* face = atlas.AddFontFromFileTTF((folder / file).string().c_str(), kTextSize);
  for (const char* name : more) {
    std::error_code ignored;
    if (!fs::exists(folder / name, ignored)) continue;  // signs are then missing, words are not
    ImFontConfig config;
    config.MergeMode = true;
    if (std::string_view(name).starts_with("fontawesome")) config.GlyphOffset.y = 1;
    atlas.AddFontFromFileTTF((folder / name).string().c_str(), kTextSize, &config);
  }
  return face;
}

}  // namespace

spec::Result<Fonts> loadFonts(const fs::path& folder) {
  for (const char* file : {"Roboto-Regular.ttf", "Roboto-Bold.ttf", "Inconsolata-Medium.ttf"}) {
    std::error_code ignored;
    if (!fs::exists(folder / file, ignored))
      return spec::Error{spec::Error::Kind::Io, (folder / file).string(),
                         "a font of the window is missing; scripts/build puts it there"};
  }
  constexpr const char* kSigns = "DejaVuSans.ttf";
  constexpr const char* kIcons = "fontawesome-webfont.ttf";
  Fonts fonts;
  fonts.text = addFace(folder, "Roboto-Regular.ttf", {kIcons, kSigns});
  fonts.bold = addFace(folder, "Roboto-Bold.ttf", {kIcons, kSigns});
  fonts.mono = addFace(folder, "Inconsolata-Medium.ttf", {kSigns});
  ImGui::GetIO().FontDefault = fonts.text;
  return fonts;
}

}  // namespace dentate::ui
