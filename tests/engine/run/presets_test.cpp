// The shipped experiments, cut short: each goes on where it was stopped, and branches, in the same
// bits. CIFAR-100 is a small archive made here, of random pixels.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/data/random.h"
#include "engine/learn/registry.h"
#include "engine/spec/experiment_json.h"
#include "engine/spec/shape.h"
#include "tests/engine/data/tar_writer.h"
#include "tests/engine/data/temp_folder.h"
#include "tests/engine/run/going_on.h"

namespace dentate::test {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> presets() {
  std::vector<fs::path> all;
  for (const auto& entry : fs::recursive_directory_iterator("configs"))
    if (!entry.is_directory()) all.push_back(entry.path());
  std::ranges::sort(all);
  return all;
}

// `of_each` images of each of the hundred classes.
std::vector<std::uint8_t> cifarRecords(int of_each) {
  data::Random random(1, "pixels");
  std::vector<std::uint8_t> bytes;
  for (int i = 0; i < 100 * of_each; ++i) {
    bytes.push_back(static_cast<std::uint8_t>(i % 100 / 5));  // the coarse label, which is not read
    bytes.push_back(static_cast<std::uint8_t>(i % 100));
    for (int p = 0; p < 3072; ++p)
      bytes.push_back(static_cast<std::uint8_t>(255 * random.uniform()));
  }
  return bytes;
}

class Presets : public testing::Test {
 protected:
  // With images that are there, and no more networks and samples than it takes.
  [[nodiscard]] spec::ExperimentSpec small(const fs::path& preset) const {
    auto spec = spec::loadExperiment(preset).value();
    const bool heavy = spec::convolves(spec.network);
    if (heavy) spec.rule.batch = spec.rule.replay = 2;
    spec = cutShort(spec);
    spec.replicas.seeds = heavy ? 1 : 2;
    if (spec.replicas.alpha0.size() > 2) spec.replicas.alpha0.resize(2);
    if (spec.data.dataset != spec::DatasetKind::Cifar100) return spec;
    spec.data.path = (folder_.path() / "cifar.tar.gz").string();
    data::writeTar(spec.data.path, {{"cifar-100-binary/train.bin", cifarRecords(2)},
                                    {"cifar-100-binary/test.bin", cifarRecords(2)}});
    return spec;
  }

 private:
  data::TempFolder folder_;
};

class EachPreset : public Presets, public testing::WithParamInterface<fs::path> {};
INSTANTIATE_TEST_SUITE_P(Of, EachPreset, testing::ValuesIn(presets()), [](const auto& one) {
  auto name = one.param.parent_path().filename().string() + "_" + one.param.stem().string();
  std::ranges::replace(name, '-', '_');
  return name;
});

TEST_P(EachPreset, GoesOnAndBranchesInTheSameBits) {
  const auto spec = small(GetParam());
  if (spec::convolves(spec.network)) return expectGoesOn(spec, {2});  // they take long
  expectGoesOn(spec);
}

TEST_F(Presets, EveryRuleLearnsCifar100AndGoesOnInTheSameBits) {
  const auto preset = small("configs/cifar100-small.json");
  for (const auto& traits : learn::ruleTraits()) {
    SCOPED_TRACE(traits.name);
    auto spec = spec::setKeys(preset, spec::choosing(traits, preset)).value();
    spec.rule.order = traits.highest_order;
    spec.rule.alpha_per = spec::AlphaPer::Weight;
    expectGoesOn(spec, {2});
  }
}

}  // namespace
}  // namespace dentate::test
