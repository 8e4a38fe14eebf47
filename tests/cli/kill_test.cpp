// A run that is killed at any moment, again and again, ends in the numbers of one that never was.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tests/cli/process.h"
#include "tests/engine/data/temp_folder.h"

namespace dentate::test {
namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

constexpr int kKillsInAll = DENTATE_KILLS;

// Runs of a second or so, each of another rule, order, network or number of threads.
struct Case {
  const char* config;
  Arguments more;
};
const std::vector<Case>& cases() {
  static const std::vector<Case> kCases{
      {"two-layer",
       {"--seeds", "3", "--set", "tasks=20", "--set", "samples_per_task=400", "--threads", "2"}},
      {"two-layer",
       {"--set", "tasks=4", "--set", "samples_per_task=150", "--set", "order=2", "--set",
        "as_published=false"}},
      {"split-two-path", {"--set", "tasks=3", "--set", "samples_per_task=60", "--threads", "1"}},
      {"four-layer", {"--seeds", "20", "--set", "tasks=4", "--set", "samples_per_task=200"}},
      {"skip-two-path",
       {"--set", "tasks=6", "--set", "samples_per_task=200", "--set",
        "replicas.conditions=baseline,s+lr"}},
  };
  return kCases;
}

Arguments joined(Arguments a, const Arguments& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The rows of a query, as text.
std::vector<std::string> rows(const fs::path& store, const std::string& query) {
  sqlite3* database = nullptr;
  std::vector<std::string> all;
  const auto add = [](void* to, int columns, char** values, char** /*names*/) {
    std::string row;
    for (int i = 0; i < columns; ++i) row += std::string(values[i] ? values[i] : "NULL") + "|";
    static_cast<std::vector<std::string>*>(to)->push_back(row);
    return 0;
  };
  EXPECT_EQ(sqlite3_open_v2(store.c_str(), &database, SQLITE_OPEN_READWRITE, nullptr), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, query.c_str(), add, &all, nullptr), SQLITE_OK)
      << sqlite3_errmsg(database);
  sqlite3_close(database);
  return all;
}

void expectSame(const fs::path& a, const fs::path& b) {
  for (const char* file : {"metrics.csv", "accuracy.csv", "summary.json", "config.json"})
    EXPECT_EQ(read(a / file), read(b / file)) << file;
  const std::string finals = "SELECT replica, crc, hex(state) FROM finals ORDER BY replica";
  const auto weights = rows(a / "run.sqlite", finals);
  EXPECT_FALSE(weights.empty());
  EXPECT_EQ(weights, rows(b / "run.sqlite", finals));
  for (const std::string query :
       {"SELECT replica, step, meta_loss, hex(alpha), hex(m), hex(active_fraction) FROM steps",
        "SELECT * FROM accuracy"})
    EXPECT_EQ(rows(a / "run.sqlite", query), rows(b / "run.sqlite", query)) << query;
}

void expectWhole(const fs::path& store) {
  EXPECT_EQ(rows(store, "PRAGMA integrity_check"), std::vector<std::string>{"ok|"});
}

// Kills it until it ends by itself, or has been killed so often; gives how often.
int killAgainAndAgain(const Case& of, const fs::path& folder, std::mt19937& chance, int most) {
  const Arguments often{"--keep-every", "0.02"};
  auto next =
      joined({"run", std::string("configs/") + of.config + ".json", "--out", folder.string()},
             joined(of.more, often));
  std::uniform_real_distribution<double> seconds(0.02, 0.9);
  for (int kills = 0; kills < most;) {
    const auto ended = dentateKilledAfter(seconds(chance), next);
    if (ended.code == 0) return kills;
    EXPECT_EQ(ended.code, 128 + SIGKILL) << ended.err;
    if (ended.code != 128 + SIGKILL) return kills;
    ++kills;
    if (!fs::exists(folder / "run.sqlite")) continue;  // killed before it began
    expectWhole(folder / "run.sqlite");
    next = joined({"resume", folder.string()}, often);
    const auto threads = std::find(of.more.begin(), of.more.end(), "--threads");
    if (threads != of.more.end()) next = joined(next, {threads[0], threads[1]});
  }
  EXPECT_EQ(dentate(next).code, 0);
  return most;
}

TEST(Kill, DENTATE_PACE) {
  std::mt19937 chance(7);
  std::vector<std::unique_ptr<data::TempFolder>> whole;
  for (const auto& of : cases()) {
    whole.push_back(std::make_unique<data::TempFolder>());
    const auto run = dentate(joined({"run", std::string("configs/") + of.config + ".json", "--out",
                                     whole.back()->path().string()},
                                    of.more));
    ASSERT_EQ(run.code, 0) << run.err;
  }
  int kills = 0, runs = 0;
  for (; kills < kKillsInAll && !::testing::Test::HasFailure(); ++runs) {
    const auto which = static_cast<std::size_t>(runs) % cases().size();
    SCOPED_TRACE(cases()[which].config);
    const data::TempFolder folder;
    // A run may be killed a few times only, so that each of the cases has its turn.
    const int most = std::min(kKillsInAll - kills, std::max(4, kKillsInAll / 20));
    kills += killAgainAndAgain(cases()[which], folder.path(), chance, most);
    expectSame(whole[which]->path(), folder.path());
  }
  std::cout << kills << " kills in " << runs << " runs, nothing lost\n";
}

}  // namespace
}  // namespace dentate::test
