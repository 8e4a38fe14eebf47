// What the window costs a run, and how soon a run pauses: the real window over the real engine, its
// frames built but not drawn, since the rasteriser of a machine without a GPU would be what is
// measured. Needs a display; scripts/bench gives one.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>

#include "engine/run/experiment.h"
#include "engine/run/process.h"
#include "engine/run/run_thread.h"
#include "engine/spec/experiment_json.h"
#include "tests/bench/interleave.h"
#include "ui/laboratory.h"

namespace dentate::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;
using link::Phase;

constexpr int kRepetitions = 40, kPauses = 100;
constexpr Seconds kSlice(0.5), kFrame(1.0 / 30);

template <class T>
T orExit(spec::Result<T> result) {
  if (result) return std::move(result).value();
  std::fprintf(stderr, "dentate_bench_live: %s\n", result.error().text().c_str());
  std::exit(2);
}

// Long enough not to end while it is looked at.
spec::ExperimentSpec experiment(const std::string& preset, const std::vector<std::string>& set) {
  auto spec = orExit(spec::loadExperiment("configs/" + preset + ".json"));
  if (spec.stream.labels == spec::Labels::Category) spec.stream.samples_per_task = 8000;
  return orExit(spec::setKeys(spec, set));
}

const std::vector<std::string> kForty{"replicas.conditions=baseline,s,lr,s+lr", "replicas.seeds=10",
                                      "evaluate=final"};

// The window over a run, 30 frames a second, on this thread.
class Live {
 public:
  explicit Live(const spec::ExperimentSpec& spec) : thread_(channel_, "assets") {
    ui::WindowSetup window;
    window.paced = window.drawn = false;
    window_ = orExit(ui::Window::open(window));
    ui::LaboratorySetup lab;
    lab.assets = DENTATE_ASSETS;
    lab.configs = "configs";
    lab.experiment = spec;
    laboratory_ = orExit(ui::Laboratory::open(lab, channel_, *window_));
    await([](const auto& now) { return now.phase == Phase::Ready; });
  }

  // Meta-steps of all networks together, a second.
  double rate() {
    channel_.commands.put(link::Play{});
    frames(Seconds(0.2));
    const auto before = channel_.snapshots.get()->done;
    const auto began = Clock::now();
    frames(kSlice);
    const auto done = channel_.snapshots.get()->done - before;
    const double seconds = Seconds(Clock::now() - began).count();
    channel_.commands.put(link::Pause{});
    await([](const auto& now) { return now.phase == Phase::Paused; });
    return static_cast<double>(done) / seconds;
  }

  // From the command to the snapshot that says it is done.
  double pauseSeconds(Seconds after) {
    channel_.commands.put(link::Play{});
    frames(after);
    const auto asked = Clock::now();
    const auto ticket = channel_.commands.put(link::Pause{});
    while (channel_.snapshots.get()->applied < ticket ||
           channel_.snapshots.get()->phase == Phase::Running ||
           channel_.snapshots.get()->phase == Phase::Evaluating)
      std::this_thread::sleep_for(std::chrono::microseconds(100));
    return Seconds(Clock::now() - asked).count();
  }

 private:
  void frames(Seconds length) {
    const auto ticks = [](Seconds of) { return std::chrono::duration_cast<Clock::duration>(of); };
    const auto end = Clock::now() + ticks(length);
    for (auto due = Clock::now(); Clock::now() < end;) {
      laboratory_->frame();
      due += ticks(kFrame);
      std::this_thread::sleep_until(std::min(due, end));
    }
  }
  template <class Holds>
  void await(const Holds& holds) {
    while (!holds(*channel_.snapshots.get())) frames(kFrame);
  }

  link::Channel channel_;
  run::RunThread thread_;
  std::unique_ptr<ui::Window> window_;
  std::unique_ptr<ui::Laboratory> laboratory_;
};

// The same experiment without a window.
class Headless {
 public:
  explicit Headless(const spec::ExperimentSpec& spec)
      : experiment_(orExit(run::makeSetting(spec, "assets")),
                    {std::max<std::size_t>(std::thread::hardware_concurrency(), 1), 40, 0}) {
    (void)experiment_.begin();
  }
  double rate() {
    const auto before = experiment_.done().all();
    const auto began = Clock::now();
    const auto deadline = began + std::chrono::duration_cast<Clock::duration>(kSlice);
    (void)experiment_.advance({.until = experiment_.end(), .deadline = deadline});
    return static_cast<double>(experiment_.done().all() - before) /
           Seconds(Clock::now() - began).count();
  }

 private:
  run::Experiment experiment_;
};

void measureShare() {
  const auto spec = experiment("two-layer", kForty);
  Live live(spec);
  Headless headless(spec);
  std::vector<double> with, without;
  for (int i = 0; i < kRepetitions; ++i) {
    with.push_back(live.rate());
    without.push_back(headless.rate());
  }
  const auto share = spreadOfRatios(with, without);
  std::printf("%-34s %8.0f meta-steps/s, headless %.0f: share %.3f [%.3f, %.3f]\n",
              "live, 40 two-layer networks", spread(with).median, spread(without).median,
              share.median, share.low, share.high);
  std::fflush(stdout);
}

void measurePauses(const std::string& preset, const std::vector<std::string>& set,
                   const char* networks) {
  Live live(experiment(preset, set));
  std::vector<double> seconds;
  for (int i = 0; i < kPauses; ++i)  // at moments that do not repeat
    seconds.push_back(live.pauseSeconds(Seconds(0.02 + 0.0013 * (i % 37))));
  const auto all = spread(seconds);
  std::printf("pause, %-3s %-22s worst of %d: %5.1f ms, median %.1f ms\n", networks, preset.c_str(),
              kPauses, 1e3 * *std::max_element(seconds.begin(), seconds.end()), 1e3 * all.median);
  std::fflush(stdout);
}

int measure() {
  run::prepareProcess();
  constexpr int kYield = 5;  // as the program does: drawing yields to learning
  setpriority(PRIO_PROCESS, 0, kYield);
  measureShare();
  measurePauses("two-layer", kForty, "40");
  for (const char* preset :
       {"two-layer", "four-layer", "skip-two-path", "split-h3", "split-h3-1000", "split-two-path"})
    measurePauses(preset, {}, "1");
  return 0;
}

}  // namespace
}  // namespace dentate::bench

int main() { return dentate::bench::measure(); }
