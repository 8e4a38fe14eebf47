#include "ui/saved_runs.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>

#include "ui/format.h"

namespace dentate::ui {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMost = 100;
constexpr std::uintmax_t kMostBytes = 10'000'000;  // of a summary that is read for its facts
constexpr std::size_t kMostLookedAt = 10'000;      // folders, should `output` be somebody's home

}  // namespace

bool isSavedRun(const fs::path& folder) {
  const auto holds = [&](const char* file) {
    std::error_code ignored;
    return fs::is_regular_file(folder / file, ignored);
  };
  return holds("config.json") &&
         (holds("run.sqlite") || (holds("metrics.csv") && holds("accuracy.csv")));
}

std::string factsOf(const fs::path& folder) {
  std::error_code missing;
  if (fs::exists(folder / "run.sqlite", missing) && !fs::exists(folder / "metrics.csv", missing))
    return "broken off, as far as it was kept";
  if (const auto size = fs::file_size(folder / "summary.json", missing);
      missing || size > kMostBytes)
    return "";
  std::ifstream in(folder / "summary.json", std::ios::binary);
  const auto summary = nlohmann::json::parse(in, /*cb=*/nullptr, /*allow_exceptions=*/false);
  if (!summary.is_object() || !summary.contains("name") || !summary["name"].is_string() ||
      !summary.contains("replicas") || !summary["replicas"].is_array())
    return "";
  const auto& networks = summary["replicas"];
  double sum = 0;
  std::int64_t measured = 0;
  for (const auto& network : networks) {
    if (!network.is_object() || !network.contains("ra") || !network["ra"].is_number()) continue;
    sum += network["ra"].get<double>();
    ++measured;
  }
  std::string out = summary["name"].get<std::string>() + ", " +
                    plural(static_cast<std::int64_t>(networks.size()), "network", "networks");
  if (measured == 0) return out + ", not finished";
  return out + ", RA " + number(sum / static_cast<double>(measured));
}

std::vector<SavedFolder> savedRuns(const fs::path& output) {
  std::vector<SavedFolder> found;
  const auto look = [&](const fs::path& folder) {
    std::error_code ignored;
    if (isSavedRun(folder))
      found.push_back({folder, fs::last_write_time(folder / "config.json", ignored), ""});
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
  for (auto& one : found) one.facts = factsOf(one.path);
  return found;
}

}  // namespace dentate::ui
