#include "tests/bench/upkeep.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "engine/measure/evaluate.h"
#include "engine/run/replica.h"
#include "tests/bench/cohort.h"

namespace dentate::bench {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPresets[] = {"two-layer", "four-layer", "skip-two-path", "split-h3",
                                    "split-two-path"};

std::string words(const OtherRow& row) { return row.what + " " + row.network + " " + row.activity; }

// Samples `first` to `first` + kPart of the first task.
constexpr std::size_t kPart = run::kPartSamples;
void testPart(const net::Parameters& parameters, const data::TestSets& tests, std::size_t first,
              measure::Evaluator& evaluator) {
  const auto count = std::min(kPart, tests.samples() - first);
  const auto categories = tests.categories(0).subspan(first, count);
  const auto size = tests.imageSize();
  // Any label does for an item.
  (void)evaluator.count(
      parameters,
      measure::Images{static_cast<std::int64_t>(count),
                      tests.pixels(0).subspan(first * size, count * size), categories, categories});
}

// Tests one network on the test images of the first task, from their 8 bit.
spec::Result<Candidate> tester(const std::string& network, bool trained) {
  auto spec = experimentOf(network);
  if (!spec) return spec.error();
  auto made = makeSubject(*spec);
  if (!made) return made.error();
  const auto subject = *made;
  auto cohort = std::make_shared<Cohort>(subject, 0, Turns{});
  if (trained) {
    auto learned = trainedCohort(subject);
    if (!learned) return learned.error();
    cohort = *learned;
  }
  const auto tests = std::make_shared<const data::TestSets>(subject->stream);
  return Candidate{
      network, onOneThread([=, evaluator = std::make_shared<measure::Evaluator>(subject->plan)] {
        const auto parameters = cohort->groups()[0].replica(0);
        for (std::size_t first = 0; first < tests->samples(); first += kPart)
          testPart(parameters, *tests, first, *evaluator);
        return static_cast<double>(tests->samples());
      })};
}

spec::Result<Candidate> shower(const std::string& network) {
  auto spec = experimentOf(network);
  if (!spec) return spec.error();
  auto setting = run::makeSetting(*spec, "assets");
  if (!setting) return setting.error();
  const auto stream =
      std::make_shared<const data::TaskStream>((*setting)->stream, (*setting)->seed(0));
  const auto replica = std::make_shared<const run::Replica>(*setting, 0, stream);
  return Candidate{network, onOneThread([replica] {
                     link::Snapshot shown;
                     replica->show(shown);
                     return 1.0;
                   })};
}

// Rates of all rows that are wanted, side by side.
template <class Make>
spec::Result<std::vector<OtherRow>> sideBySide(std::vector<OtherRow> rows, const Wanted& wanted,
                                               Pace pace, Make make) {
  std::erase_if(rows, [&](const OtherRow& row) { return !wanted(words(row)); });
  std::vector<Candidate> candidates;
  for (const auto& row : rows) {
    auto made = make(row.network);
    if (!made) return made.error();
    candidates.push_back(std::move(made).value());
  }
  const auto rates = interleaved(candidates, pace);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].value = spread(rates[i]);
  return rows;
}

}  // namespace

spec::Result<std::vector<OtherRow>> measureEvaluation(bool quick, const Wanted& wanted, Pace pace) {
  std::vector<OtherRow> rows;
  for (const auto* preset : kPresets)
    rows.push_back({"evaluation", preset, quick ? "untrained" : "trained", {}, "samples/s"});
  return sideBySide(std::move(rows), wanted, pace,
                    [&](const std::string& network) { return tester(network, !quick); });
}

spec::Result<std::vector<OtherRow>> measureSnapshots(const Wanted& wanted, Pace pace) {
  std::vector<OtherRow> rows;
  for (const auto* preset : kPresets) rows.push_back({"snapshot", preset, "untrained", {}, "ms"});
  auto measured = sideBySide(std::move(rows), wanted, pace, &shower);
  if (!measured) return measured;
  for (auto& row : *measured) {
    const auto rate = row.value;
    row.value = {1e3 / rate.median, 1e3 / rate.high, 1e3 / rate.low};
  }
  return measured;
}

spec::Result<std::vector<OtherRow>> measureSweep(const Wanted& wanted) {
  const fs::path config = "configs/rotations-sweep.json";
  OtherRow row{"sweep", "rotations-sweep", "", {}, "s"};
  if (!wanted(words(row))) return std::vector<OtherRow>{};
  if (!fs::exists(config)) {
    std::fprintf(stderr, "bench: left out the sweep: there is no %s\n", config.c_str());
    return std::vector<OtherRow>{};
  }
  const auto out = fs::temp_directory_path() / "dentate-bench-sweep";
  const std::string command = "'" DENTATE_PROGRAM "' run '" + config.string() + "' --out '" +
                              out.string() + "' > /dev/null";
  const auto begin = std::chrono::steady_clock::now();
  const int code = std::system(command.c_str());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  fs::remove_all(out);
  if (code != 0)
    return spec::Error{spec::Error::Kind::Io, config.string(), "the sweep did not end well"};
  row.value = {took.count(), took.count(), took.count()};
  return std::vector<OtherRow>{row};
}

}  // namespace dentate::bench
