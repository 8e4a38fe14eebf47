// The real window over the real engine, its frames built but not drawn, since the rasteriser of a
// machine without a GPU would be what is measured. Needs a display.
#pragma once
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/run/run_thread.h"
#include "ui/laboratory.h"

namespace dentate::bench {

using Seconds = std::chrono::duration<double>;

template <class T>
T orExit(spec::Result<T> result) {
  if (result) return std::move(result).value();
  std::fprintf(stderr, "dentate bench: %s\n", result.error().text().c_str());
  std::exit(2);
}

// Drawing yields to learning, as in the program.
void prepareLiveProcess();

class LiveWindow {
 public:
  explicit LiveWindow(const spec::ExperimentSpec& spec);

  // Every panel in a window of its own, none behind another's tab, each with something to show.
  void openAllPanels();

  // 30 frames a second.
  void frames(Seconds length);
  void await(const std::function<bool(const link::Snapshot&)>& holds);
  // Meta-steps and tests of all networks together, a second, over `length`; then it rests.
  double rate(Seconds length);
  // Meta-steps and tests of all networks together, since the run began.
  [[nodiscard]] std::int64_t done() { return channel_.snapshots.get()->done; }
  // From the command to the snapshot that says it is done, `after` so long a run.
  double pauseSeconds(Seconds after);

  // From the request for `share` of a layer to its first answer, and to that of all images.
  struct LesionSeconds {
    double coarse = 0, exact = 0;
  };
  LesionSeconds lesionSeconds(std::size_t layer, double share);

  // Seconds that this thread worked for each frame since the last call.
  [[nodiscard]] std::vector<double> takeFrameSeconds() { return std::exchange(cost_, {}); }
  [[nodiscard]] link::Channel& channel() { return channel_; }
  [[nodiscard]] ui::Laboratory& laboratory() { return *laboratory_; }

 private:
  void frame();
  void rest();

  link::Channel channel_;
  run::RunThread thread_;
  std::unique_ptr<ui::Window> window_;
  std::unique_ptr<ui::Laboratory> laboratory_;
  std::vector<double> cost_;
};

}  // namespace dentate::bench
