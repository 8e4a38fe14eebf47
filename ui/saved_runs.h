// The folders of saved runs under an output folder. No ImGui.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace dentate::ui {

struct SavedFolder {
  std::filesystem::path path;
  std::filesystem::file_time_type saved;
  std::string facts;  // "Two layers, 4 networks, RA .576"; empty where summary.json does not tell
};

// Whether the folder holds what a saved run must have: its tables, or what was kept of it until it
// broke off.
[[nodiscard]] bool isSavedRun(const std::filesystem::path& folder);
// What summary.json says of the run: its experiment, how many networks, what they retained.
[[nodiscard]] std::string factsOf(const std::filesystem::path& folder);
// In `output` itself and its folders, newest first, at most a hundred.
[[nodiscard]] std::vector<SavedFolder> savedRuns(const std::filesystem::path& output);

}  // namespace dentate::ui
