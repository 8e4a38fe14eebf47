#include "ui/saved_runs.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/engine/data/temp_folder.h"

namespace dentate::ui {
namespace {

namespace fs = std::filesystem;

void makeRun(const fs::path& folder, int minutes_ago) {
  fs::create_directories(folder);
  for (const char* file : {"config.json", "metrics.csv", "accuracy.csv"})
    std::ofstream(folder / file) << "x";
  fs::last_write_time(folder / "config.json",
                      fs::file_time_type::clock::now() - std::chrono::minutes(minutes_ago));
}

TEST(SavedRuns, AreListedNewestFirst) {
  const data::TempFolder temp;
  makeRun(temp.path() / "old", 60);
  makeRun(temp.path() / "new", 1);
  fs::create_directories(temp.path() / "figures");
  makeRun(temp.path() / "broken", 0);
  fs::remove(temp.path() / "broken" / "metrics.csv");
  const auto found = savedRuns(temp.path());
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].path.filename(), "new");
  EXPECT_EQ(found[1].path.filename(), "old");
}

TEST(SavedRuns, SayWhatTheyAre) {
  const data::TempFolder temp;
  const auto facts = [&](const char* summary) {
    std::ofstream(temp.path() / "summary.json") << summary;
    return factsOf(temp.path());
  };
  EXPECT_EQ(factsOf(temp.path()), "");
  EXPECT_EQ(facts(R"({"name": "Two layers", "replicas": [{"ra": 0.5}, {"ra": 0.6}]})"),
            "Two layers, 2 networks, RA .550");
  EXPECT_EQ(facts(R"({"name": "Two layers", "replicas": [{"ra": null}]})"),
            "Two layers, 1 network, not finished");
  for (const char* damaged : {"", "{", "[]", R"({"name": 3, "replicas": []})", R"({"name": "x"})"})
    EXPECT_EQ(facts(damaged), "") << damaged;
}

TEST(SavedRuns, ThatWereBrokenOffAreListed) {
  const data::TempFolder temp;
  makeRun(temp.path(), 0);
  std::ofstream(temp.path() / "run.sqlite") << "x";
  EXPECT_EQ(factsOf(temp.path()), "");
  for (const char* file : {"metrics.csv", "accuracy.csv"}) fs::remove(temp.path() / file);
  EXPECT_TRUE(isSavedRun(temp.path()));
  EXPECT_EQ(factsOf(temp.path()), "broken off, as far as it was kept");
}

TEST(SavedRuns, TheFolderItselfMayBeOne) {
  const data::TempFolder temp;
  makeRun(temp.path(), 0);
  EXPECT_TRUE(isSavedRun(temp.path()));
  EXPECT_EQ(savedRuns(temp.path()).size(), 1U);
}

TEST(SavedRuns, NoFolderHasNone) { EXPECT_TRUE(savedRuns("/no/such/folder").empty()); }

}  // namespace
}  // namespace dentate::ui
