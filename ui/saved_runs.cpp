#include "ui/saved_runs.h"

#include <algorithm>
#include <array>
#include <system_error>

namespace dentate::ui {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMost = 100;
constexpr std::size_t kMostLookedAt = 10'000;  // folders, should `output` be somebody's home

}  // namespace

bool isSavedRun(const fs::path& folder) {
  constexpr std::array kFiles{"config.json", "metrics.csv", "accuracy.csv"};
  return std::all_of(kFiles.begin(), kFiles.end(), [&](const char* file) {
    std::error_code ignored;
    return fs::is_regular_file(folder / file, ignored);
  });
}

std::vector<SavedFolder> savedRuns(const fs::path& output) {
  std::vector<SavedFolder> found;
  const auto look = [&](const fs::path& folder) {
    std::error_code ignored;
    if (isSavedRun(folder))
      found.push_back({folder, fs::last_write_time(folder / "config.json", ignored)});
  };
  look(output);
  std::error_code problem;
  std::size_t looked_at = 0;
  for (fs::directory_iterator one(output, problem), end; !problem && one != end;
       one.increment(problem))
    if (++looked_at <= kMostLookedAt) look(one->path());
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.saved > b.saved; });
  if (found.size() > kMost) found.resize(kMost);
  return found;
}

}  // namespace dentate::ui
