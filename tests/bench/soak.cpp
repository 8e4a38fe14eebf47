// A long sitting in minutes: all panels open, experiments learned to their end and again, branched,
// lesioned, saved runs opened and closed, themes and networks changed. Prints the memory in use, and
// fails where it grew by more than a twentieth after the first sixth of the time.
//   dentate_soak [MINUTES]      30 unless said; needs a display
#include <malloc.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "engine/spec/experiment_json.h"
#include "tests/bench/live_window.h"

namespace dentate::bench {
namespace {

using Clock = std::chrono::steady_clock;
using link::Phase;

constexpr double kMostGrowth = 1.05;

// Resident, in MB.
double memory() {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with("VmRSS:")) return std::atof(line.c_str() + 6) / 1024;
  return 0;
}

// Of that, what the program holds, in MB; the rest is what malloc keeps for later.
double held() {
  const auto info = mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd) / (1024 * 1024);
}

class Sitting {
 public:
  Sitting(const spec::ExperimentSpec& spec, std::filesystem::path folder)
      : live_(spec), folder_(std::move(folder)) {
    live_.openAllPanels();
  }

  // Learns to the end once, and does on the way what a person does.
  void cycle(int number) {
    const auto& lab = live_.laboratory();
    const auto play = [&](double share) {
      put(link::Play{});
      live_.await([&](const auto& now) {
        return now.phase == Phase::Finished ||
               static_cast<double>(now.step) >= share * static_cast<double>(now.total_steps);
      });
      put(link::Pause{});
      live_.await([](const auto& now) {
        return now.phase == Phase::Paused || now.phase == Phase::Finished;
      });
    };
    put(link::Reset{});
    live_.await([](const auto& now) { return now.phase == Phase::Ready; });
    live_.laboratory().setTheme(static_cast<figure::Theme>(number % 3));
    play(0.3);
    const auto main = lab.snapshot().run;
    put(link::Branch{});
    put(link::SetLesions{{{spec::LesionPart::Layer, 2, 0.5}}});
    put(link::SelectReplica{static_cast<std::size_t>(number) % lab.snapshot().variants.size()});
    play(0.6);
    put(link::SaveRun{folder_.string()});
    put(link::OpenRun{folder_.string()});
    live_.await([](const auto& now) { return now.runs.size() == 3 && now.runs[2].sent == 1; });
    put(link::SelectRun{main});
    play(1);
    live_.frames(Seconds(2));  // what is worked out when the run stands still
    put(link::DropRun{live_.channel().snapshots.get()->runs.back().run});
    live_.await([](const auto& now) { return now.runs.size() == 2; });
  }

 private:
  void put(link::Command command) {
    const auto ticket = live_.channel().commands.put(std::move(command));
    live_.await([=](const auto& now) { return now.applied >= ticket; });
  }
  LiveWindow live_;
  std::filesystem::path folder_;
};

int soak(double minutes) {
  prepareLiveProcess();
  auto spec = orExit(spec::loadExperiment("configs/split-two-path.json"));
  spec = orExit(
      spec::setKeys(spec, {"replicas.seeds=4", "stream.tasks=5", "stream.samples_per_task=100"}));
  const auto folder = std::filesystem::temp_directory_path() / "dentate-soak";
  Sitting sitting(spec, folder);
  const auto began = Clock::now();
  const auto elapsed = [&] { return Seconds(Clock::now() - began).count() / 60; };
  double settled = 0, now = 0;
  for (int number = 0; elapsed() < minutes; ++number) {
    sitting.cycle(number);
    now = memory();
    if (elapsed() >= minutes / 6 && settled == 0) settled = now;
    std::printf("%6.2f min, cycle %3d: %7.1f MB, %7.1f held\n", elapsed(), number, now, held());
    std::fflush(stdout);
  }
  std::filesystem::remove_all(folder);
  if (settled == 0) return 0;  // one cycle took all the time
  std::printf("grew to %.3f of what it was after %.1f min\n", now / settled, minutes / 6);
  return now <= kMostGrowth * settled ? 0 : 1;
}

}  // namespace
}  // namespace dentate::bench

int main(int argc, char** argv) {
  const double minutes = argc > 1 ? std::atof(argv[1]) : 30;
  if (argc > 2 || !(minutes > 0)) {
    std::fputs("dentate_soak [MINUTES]\n", stderr);
    return 2;
  }
  return dentate::bench::soak(minutes);
}
