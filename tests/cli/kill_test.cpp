// A run that is killed at any moment, again and again, ends in the numbers of one that never was.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "app/commands.h"
#include "engine/learn/registry.h"
#include "engine/run/process.h"
#include "engine/spec/experiment_json.h"
#include "tests/engine/data/temp_folder.h"
#include "tests/engine/run/small_experiment.h"

namespace dentate::test {
namespace {

namespace fs = std::filesystem;

constexpr int kKillsInAll = DENTATE_KILLS;
constexpr int kThreads = 3;  // most
// Of a life. A network is loaded and learns within the first tenth of a second.
constexpr double kLongest = 0.4;

// --- What learns: for half a second or so.

struct Case {
  std::string name;
  spec::ExperimentSpec spec;
};

spec::ExperimentSpec lasting(spec::ExperimentSpec spec, std::int64_t samples) {
  spec.stream.tasks = 4;
  spec.stream.samples_per_task = samples;
  spec.stream.test_samples = 100;
  spec.rule.memory = 50;
  return spec;
}

// Every rule at the highest order that it takes, and networks of other kinds.
std::vector<Case> cases() {
  std::vector<Case> all{
      {"two pathways, items", lasting(smallDualExperiment(), 200)},
      {"convolutional", lasting(smallConvolutionalExperiment(), 30)},
      {"every inhibition", lasting(smallInhibitionLab(), 200)},
      {"first order, twenty networks", lasting(smallExperiment(), 200)},
  };
  all[0].spec.network = spec::splitNetwork(784, 1, 10, 10, 800);
  all[3].spec.replicas.seeds = 20;
  for (const auto& traits : learn::ruleTraits()) {
    auto spec = lasting(smallExperiment(), 60);
    spec = spec::setKeys(spec, spec::choosing(traits, spec)).value();
    spec.rule.order = traits.highest_order;
    spec.rule.alpha_per = spec::AlphaPer::Weight;
    spec.rule.as_published = all.size() % 2 == 0;
    all.push_back({std::string(traits.name), spec});
  }
  return all;
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

// --- One life after the other.

struct Ended {
  int code = 0;  // exit code, or 128 + the signal's number
  std::string err;
};

// A copy of this process is the program: one that begins anew spends most of so short a life on loading
// LibTorch. It ends by itself, or is killed.
template <class Command>
Ended live(const Command& command, double seconds, const fs::path& err) {
  const pid_t child = fork();
  if (child == 0) {
    dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
    dup2(open(err.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600), STDERR_FILENO);
    run::prepareProcess();
    const int code = command(app::Places{"assets", "configs", {}});
    std::fflush(nullptr);
    _exit(code);
  }
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  siginfo_t ended{};  // it is not waited for before it is killed, so that its number stays its own
  while (std::chrono::steady_clock::now() < end && ended.si_pid == 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOHANG | WNOWAIT);
  }
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read(err)};
}

class Loop {
 public:
  explicit Loop(const Case& of) : spec_(of.spec) {
    std::ofstream(folder_.path() / "experiment.json") << spec::writeExperiment(spec_);
    const auto ended = begin(whole(), 1e3);
    EXPECT_EQ(ended.code, 0) << ended.err;
  }

  // Kills it until it ends by itself, or has been killed so often; gives how often, and compares.
  int kill(std::mt19937& chance, int most) {
    std::uniform_real_distribution<double> seconds(0, kLongest);
    const auto folder = folder_.path() / "killed";
    fs::remove_all(folder);
    int kills = 0;
    for (bool over = false; !over;) {
      const double life = kills < most ? seconds(chance) : 1e3;
      const bool begun = fs::exists(folder / "run.sqlite");
      const auto ended = begun ? goOn(folder, life) : begin(folder, life);
      over = ended.code == 0;
      EXPECT_TRUE(over || ended.code == 128 + SIGKILL) << ended.err;
      if (::testing::Test::HasFailure()) break;
      if (over || !fs::exists(folder / "run.sqlite")) continue;
      ++kills;
      expectWhole(folder / "run.sqlite");
    }
    expectSame(whole(), folder);
    return kills;
  }

 private:
  [[nodiscard]] fs::path whole() const { return folder_.path() / "whole"; }
  Ended begin(const fs::path& out, double seconds) {
    app::RunOptions options;
    options.config = (folder_.path() / "experiment.json").string();
    options.out = out.string();
    return live([&](const auto& places) { return runCommand(with(options), places); }, seconds,
                folder_.path() / "err");
  }
  Ended goOn(const fs::path& folder, double seconds) {
    app::ResumeOptions options;
    options.folder = folder.string();
    return live([&](const auto& places) { return resumeCommand(with(options), places); }, seconds,
                folder_.path() / "err");
  }
  template <class Options>
  Options with(Options options) {
    options.threads = lives_++ % kThreads + 1;
    options.keep_every = 0.02;
    return options;
  }

  spec::ExperimentSpec spec_;
  data::TempFolder folder_;
  int lives_ = 0;
};

TEST(Kill, DENTATE_PACE) {
  std::mt19937 chance(7);
  auto all = cases();
  std::ranges::shuffle(all, chance);
  std::map<std::size_t, Loop> loops;
  // A run may be killed a few times only, so that each of the cases has its turn.
  const int a_run = std::max(5, kKillsInAll / static_cast<int>(all.size()) + 1);
  int kills = 0, runs = 0;
  for (; kills < kKillsInAll && !::testing::Test::HasFailure(); ++runs) {
    const auto which = static_cast<std::size_t>(runs) % all.size();
    SCOPED_TRACE(all[which].name);
    kills += loops.try_emplace(which, all[which])
                 .first->second.kill(chance, std::min(kKillsInAll - kills, a_run));
  }
  std::cout << kills << " kills in " << runs << " runs, nothing lost\n";
}

}  // namespace
}  // namespace dentate::test
