// Icons of Font Awesome 4, as text of the merged face. Each button with one has a tooltip.
#pragma once

namespace dentate::ui::icon {

constexpr const char* kPlay = "\uf04b";
constexpr const char* kPause = "\uf04c";
constexpr const char* kStep = "\uf051";
constexpr const char* kTask = "\uf050";
constexpr const char* kReset = "\uf01e";
constexpr const char* kOpen = "\uf07c";
constexpr const char* kSave = "\uf0c7";
constexpr const char* kUndo = "\uf0e2";
constexpr const char* kRedo = "\uf01e";
constexpr const char* kWarning = "\uf071";
constexpr const char* kNotice = "\uf05a";
constexpr const char* kImage = "\uf03e";
constexpr const char* kTable = "\uf0ce";
constexpr const char* kFrozen = "\uf2dc";
constexpr const char* kSearch = "\uf002";
constexpr const char* kHelp = "\uf059";

}  // namespace dentate::ui::icon
