// The folders of saved runs under an output folder. No ImGui.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace dentate::ui {

struct SavedFolder {
  std::filesystem::path path;
  std::filesystem::file_time_type saved;
};

// Whether the folder holds what a saved run must have.
[[nodiscard]] bool isSavedRun(const std::filesystem::path& folder);
// In `output` itself and its folders, newest first, at most a hundred.
[[nodiscard]] std::vector<SavedFolder> savedRuns(const std::filesystem::path& output);

}  // namespace dentate::ui
