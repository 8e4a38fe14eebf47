// A run of each rule that one process begins and another ends.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "engine/learn/registry.h"
#include "engine/run/kept_run.h"
#include "engine/spec/experiment_json.h"
#include "tests/cli/process.h"
#include "tests/engine/data/temp_folder.h"
#include "tests/engine/run/going_on.h"

namespace dentate::test {
namespace {

using Bytes = std::vector<std::uint8_t>;

// At the highest order that the rule takes.
spec::ExperimentSpec experimentOf(const spec::RuleTraits& traits) {
  auto spec = cutShort(smallExperiment());
  spec = spec::setKeys(spec, spec::choosing(traits, spec)).value();
  spec.rule.order = traits.highest_order;
  spec.rule.alpha_per = spec::AlphaPer::Weight;
  return spec;
}

// The last state of each network, by replica, and what was measured.
struct Whole {
  std::vector<Bytes> networks;
  run::Record record;
  run::RegimeByStep regimes;
};

Whole learned(const std::shared_ptr<const run::Setting>& setting) {
  run::Experiment experiment(setting, {.at_once = 1, .keep_last = true});
  Whole out;
  out.record = recordOf(advanceToEnd(experiment));
  out.regimes = experiment.regimes();
  out.networks.resize(experiment.size());
  for (const auto& [place, last] : experiment.takeLast())
    out.networks[place] = run::bytesOf(last, out.regimes);
  return out;
}

// In this process, up to an odd place.
void begin(const std::shared_ptr<const run::Setting>& setting, const std::string& folder) {
  auto kept = run::beginKeptRun(folder, setting, /*overwrite=*/false);
  ASSERT_TRUE(kept.ok()) << kept.error().text();
  run::Experiment experiment(setting);
  ASSERT_FALSE(kept->store->add(experiment.advance({.until = {3, /*tests=*/false}})));
  run::Checkpoint checkpoint;
  checkpoint.spec = setting->spec;
  checkpoint.state = experiment.state();
  ASSERT_FALSE(kept->store->add(checkpoint));
}

TEST(Resume, ANewProcessEndsARunOfEveryRuleInTheSameBits) {
  int threads = 0;
  for (const auto& traits : learn::ruleTraits()) {
    SCOPED_TRACE(traits.name);
    const auto shared = setting(experimentOf(traits));
    ASSERT_NE(shared, nullptr);
    const auto whole = learned(shared);
    const data::TempFolder temp;
    const auto folder = (temp.path() / "run").string();
    begin(shared, folder);
    threads = threads % 3 + 1;
    const auto ended = dentate({"resume", folder, "--threads", std::to_string(threads)});
    ASSERT_EQ(ended.code, 0) << ended.err;
    auto store = run::Store::open(temp.path() / "run" / run::kStoreFile).value();
    expectSameRecord(recordOf(store->points().value()), whole.record);
    for (std::size_t r = 0; r < whole.networks.size(); ++r) {
      const auto last = store->finalOf(r, *shared, whole.regimes);
      ASSERT_TRUE(last.ok()) << last.error().text();
      EXPECT_EQ(run::bytesOf(*last, whole.regimes), whole.networks[r]) << "network " << r;
    }
  }
}

}  // namespace
}  // namespace dentate::test
