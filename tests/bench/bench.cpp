// How fast networks learn and are tested, and what that is against a plain learner.
//   dentate_bench [--quick] [--json FILE] [--filter WORDS]
// A benchmark and no test: ratios of one run hold on a noisy machine, single rates less so.
#include <ATen/Parallel.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "engine/run/process.h"
#include "tests/bench/learning.h"
#include "tests/bench/upkeep.h"

namespace dentate::bench {
namespace {

struct Options {
  bool quick = false, default_malloc = false;
  std::string json, filter;
};

constexpr Pace kPace{0.3, 9}, kQuickPace{0.05, 3};

// Whether a row's description has every word of the filter.
Wanted wantedBy(const std::string& filter) {
  return [filter](const std::string& row) {
    std::istringstream words(filter);
    for (std::string word; words >> word;)
      if (row.find(word) == std::string::npos) return false;
    return true;
  };
}

template <class Row>
void append(std::vector<Row>& to, spec::Result<std::vector<Row>> found) {
  if (found)
    to.insert(to.end(), found->begin(), found->end());
  else
    std::fprintf(stderr, "bench: left out: %s\n", found.error().text().c_str());
}

void say(const std::string& what) { std::fprintf(stderr, "bench: %s\n", what.c_str()); }

Findings measureAll(const Options& options) {
  const auto wanted = wantedBy(options.filter);
  const auto pace = options.quick ? kQuickPace : kPace;
  Findings findings{thisMachine(), {}, {}};
  const auto groups = learningGroups(options.quick);
  for (std::size_t i = 0; i < groups.size(); ++i) {
    say("learning, " + groups[i].network + (groups[i].trained ? ", trained" : "") + " (" +
        std::to_string(i + 1) + " of " + std::to_string(groups.size()) + ")");
    append(findings.rows, measure(groups[i], wanted, pace));
  }
  say("evaluation");
  append(findings.other, measureEvaluation(options.quick, wanted, pace));
  say("snapshots");
  append(findings.other, measureSnapshots(wanted, pace));
  if (!options.quick) {
    say("sweep");
    append(findings.other, measureSweep(wanted));
  }
  return findings;
}

int bench(int argc, char** argv) {
  Options options;
  CLI::App app{"Times learning and testing, against a plain learner (BENCHMARKS.md)"};
  app.name("bench");
  app.add_flag("--quick", options.quick, "Fewer rows, shorter slices, no sweep");
  app.add_flag("--default-malloc", options.default_malloc,
               "Leave malloc's thresholds as they are, as a plain program does; slows autograd");
  app.add_option("--json", options.json, "Write the rows to this file too")->type_name("FILE");
  app.add_option("--filter", options.filter, "Only rows that have all of these words")
      ->type_name("WORDS");
  CLI11_PARSE(app, argc, argv);
  std::filesystem::path json;
  if (!options.json.empty()) json = std::filesystem::absolute(options.json);
  std::filesystem::current_path(DENTATE_ROOT);  // where configs/ and assets/ are
  if (options.default_malloc)
    at::set_num_threads(1);
  else
    run::prepareProcess();
  const auto findings = measureAll(options);
  std::fputs(table(findings).c_str(), stdout);
  if (options.json.empty()) return 0;
  std::ofstream file(json);
  file << toJson(findings).dump(2) << '\n';
  if (file.flush()) return 0;
  std::fprintf(stderr, "bench: %s cannot be written\n", options.json.c_str());
  return 1;
}

}  // namespace
}  // namespace dentate::bench

int main(int argc, char** argv) { return dentate::bench::bench(argc, argv); }
