// What the window costs a run and itself, and how soon a run pauses; see live_window.h.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>

#include "engine/run/experiment.h"
#include "engine/spec/experiment_json.h"
#include "engine/spec/graph.h"
#include "tests/bench/interleave.h"
#include "tests/bench/live_window.h"

namespace dentate::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPauses = 100, kLesions = 40;
// With all panels it takes seconds until everything is worked out and the window is at rest.
struct Turns {
  int repetitions;
  Seconds slice;
};
constexpr Turns kShort{40, Seconds(0.5)}, kLong{32, Seconds(1)};

// Long enough not to end while it is looked at.
spec::ExperimentSpec experiment(const std::string& preset, const std::vector<std::string>& set) {
  auto spec = orExit(spec::loadExperiment("configs/" + preset + ".json"));
  if (spec.stream.labels == spec::Labels::Category) spec.stream.samples_per_task = 8000;
  return orExit(spec::setKeys(spec, set));
}

const std::vector<std::string> kForty{"replicas.conditions=baseline,s,lr,s+lr", "replicas.seeds=10",
                                      "evaluate=final"};

// The same experiment without a window. It is held as far as the one with a window has come: what a
// meta-step takes changes with what has been learned.
class Headless {
 public:
  explicit Headless(const spec::ExperimentSpec& spec)
      : setting_(orExit(run::makeSetting(spec, "assets"))) {}
  // Units a second, over about as many as bring it to `done` in all.
  double follow(std::int64_t done) {
    if (!experiment_ || experiment_->finished() || experiment_->done().all() >= done) begin();
    const auto before = experiment_->done().all();
    const Seconds length =
        std::clamp(Seconds(static_cast<double>(done - before) / rate_), kShortest, kLongest);
    const auto began = Clock::now();
    const auto deadline = began + std::chrono::duration_cast<Clock::duration>(length);
    (void)experiment_->advance({.until = experiment_->end(), .deadline = deadline});
    return rate_ = static_cast<double>(experiment_->done().all() - before) /
                   Seconds(Clock::now() - began).count();
  }

 private:
  static constexpr Seconds kShortest{0.2}, kLongest{3};
  void begin() {
    const auto threads = std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
    experiment_ = std::make_unique<run::Experiment>(setting_, run::Effort{threads, 40, 0});
    (void)experiment_->begin();
  }
  std::shared_ptr<const run::Setting> setting_;
  std::unique_ptr<run::Experiment> experiment_;
  double rate_ = 1000;
};

void measureShare(const char* name, const spec::ExperimentSpec& spec, bool all_panels) {
  const auto turns = all_panels ? kLong : kShort;
  LiveWindow live(spec);
  if (all_panels) live.openAllPanels();
  Headless headless(spec);
  std::vector<double> with, without;
  (void)live.takeFrameSeconds();
  for (int i = 0; i < turns.repetitions; ++i) {
    with.push_back(live.rate(turns.slice));
    without.push_back(headless.follow(live.done()));
  }
  const auto share = spreadOfRatios(with, without);
  std::printf("%-34s %8.0f meta-steps/s, headless %.0f: share %.3f [%.3f, %.3f]\n", name,
              spread(with).median, spread(without).median, share.median, share.low, share.high);
  auto frames = live.takeFrameSeconds();
  std::sort(frames.begin(), frames.end());
  std::printf("%-34s %8.2f ms a frame, 95 of 100 below %.2f ms, worst %.2f ms\n",
              "  the window's thread", 1e3 * frames[frames.size() / 2],
              1e3 * frames[frames.size() * 95 / 100], 1e3 * frames.back());
  std::fflush(stdout);
}

void measurePauses(const std::string& preset, const std::vector<std::string>& set,
                   const char* networks) {
  LiveWindow live(experiment(preset, set));
  std::vector<double> seconds;
  for (int i = 0; i < kPauses; ++i)  // at moments that do not repeat
    seconds.push_back(live.pauseSeconds(Seconds(0.02 + 0.0013 * (i % 37))));
  const auto all = spread(seconds);
  std::printf("pause, %-3s %-22s worst of %d: %5.1f ms, median %.1f ms\n", networks, preset.c_str(),
              kPauses, 1e3 * *std::max_element(seconds.begin(), seconds.end()), 1e3 * all.median);
  std::fflush(stdout);
}

// Of the large path, on 1,000 items.
void measureLesions(bool learning) {
  const auto spec = experiment("split-two-path", {"evaluate=final"});
  LiveWindow live(spec);
  live.channel().commands.put(link::StepTask{});
  live.await([&](const auto& now) {
    return now.step >= spec::stepsPerTask(spec) && now.phase == link::Phase::Paused;
  });
  if (learning) live.channel().commands.put(link::Play{});
  live.frames(Seconds(0.5));
  std::size_t large = 0;
  while (spec.network.layers[large].pathway != spec::Pathway::Large) ++large;
  std::vector<double> coarse, exact;
  for (int i = 0; i < kLesions; ++i) {
    const auto took = live.lesionSeconds(large, 0.02 * (i + 1));
    coarse.push_back(took.coarse);
    exact.push_back(took.exact);
    live.frames(Seconds(0.1));
  }
  std::printf(
      "lesion, split-two-path, %-11s worst of %d: %5.1f ms, median %.1f ms; exact %.1f ms, "
      "median %.1f ms\n",
      learning ? "learning" : "paused", kLesions,
      1e3 * *std::max_element(coarse.begin(), coarse.end()), 1e3 * spread(coarse).median,
      1e3 * *std::max_element(exact.begin(), exact.end()), 1e3 * spread(exact).median);
  std::fflush(stdout);
}

int measure() {
  prepareLiveProcess();
  measureShare("live, 40 two-layer networks", experiment("two-layer", kForty), false);
  measureShare("live, 10 two-path, all panels",
               experiment("split-two-path", {"replicas.seeds=10", "evaluate=final"}), true);
  measurePauses("two-layer", kForty, "40");
  for (const char* preset :
       {"two-layer", "four-layer", "skip-two-path", "split-h3", "split-h3-1000", "split-two-path"})
    measurePauses(preset, {}, "1");
  for (const bool learning : {false, true}) measureLesions(learning);
  return 0;
}

}  // namespace
}  // namespace dentate::bench

int main() { return dentate::bench::measure(); }
