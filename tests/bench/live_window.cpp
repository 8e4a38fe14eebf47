#include "tests/bench/live_window.h"

#include <sys/resource.h>

#include <algorithm>
#include <ctime>
#include <thread>
#include <utility>

#include "engine/run/process.h"
#include "imgui.h"
#include "imgui_internal.h"

namespace dentate::bench {
namespace {

using Clock = std::chrono::steady_clock;
using link::Phase;

constexpr Seconds kFrame(1.0 / 30);
constexpr Seconds kRested(0.3);
constexpr ImVec2 kPanel{760, 520};  // of each panel, where all are open
constexpr float kShift = 90;        // from one to the next

double threadSeconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

Clock::duration ticks(Seconds of) { return std::chrono::duration_cast<Clock::duration>(of); }

}  // namespace

void prepareLiveProcess() {
  run::prepareProcess();
  constexpr int kYield = 5;
  setpriority(PRIO_PROCESS, 0, kYield);
}

LiveWindow::LiveWindow(const spec::ExperimentSpec& spec) : thread_(channel_, "assets") {
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

void LiveWindow::openAllPanels() {
  laboratory_->workspaces().switchTo(ui::Workspace::Lab);
  frames(5 * kFrame);
  for (const auto& entry : ui::panelRegistry())
    laboratory_->workspaces().setOpen(entry.title, true);
  frames(5 * kFrame);
  for (const auto& entry : ui::panelRegistry())
    if (auto* const window = ImGui::FindWindowByName(entry.title))
      ImGui::DockContextQueueUndockWindow(ImGui::GetCurrentContext(), window);
  frames(5 * kFrame);
  float place = 0;
  for (const auto& entry : ui::panelRegistry()) {
    ImGui::SetWindowPos(entry.title, {20 + place, 40 + place / 2});
    ImGui::SetWindowSize(entry.title, kPanel);
    place = place > 800 ? 30 : place + kShift;
  }
  frames(5 * kFrame);
}

void LiveWindow::frame() {
  const double began = threadSeconds();
  laboratory_->frame();
  cost_.push_back(threadSeconds() - began);
}

void LiveWindow::frames(Seconds length) {
  const auto end = Clock::now() + ticks(length);
  for (auto due = Clock::now(); Clock::now() < end;) {
    frame();
    due += ticks(kFrame);
    std::this_thread::sleep_until(std::min(due, end));
  }
}

void LiveWindow::await(const std::function<bool(const link::Snapshot&)>& holds) {
  while (!holds(*channel_.snapshots.get())) frames(kFrame);
}

// What is viewed is worked out to the end while the run stands still: until nothing new comes.
void LiveWindow::rest() {
  const auto counted = cost_.size();
  for (auto last = channel_.snapshots.get();;) {
    frames(kRested);
    if (std::exchange(last, channel_.snapshots.get()) == channel_.snapshots.get()) break;
  }
  cost_.resize(counted);
}

double LiveWindow::rate(Seconds length) {
  for (;;) {
    if (channel_.snapshots.get()->phase == Phase::Finished) channel_.commands.put(link::Reset{});
    const auto begun = channel_.commands.put(link::Play{});
    await([=](const auto& now) { return now.applied >= begun; });
    frames(Seconds(0.2));
    const auto before = channel_.snapshots.get()->done;
    const auto began = Clock::now();
    frames(length);
    const auto done = channel_.snapshots.get()->done - before;
    const double seconds = Seconds(Clock::now() - began).count();
    const auto paused = channel_.commands.put(link::Pause{});
    await([=](const auto& now) {
      return now.applied >= paused && (now.phase == Phase::Paused || now.phase == Phase::Finished);
    });
    rest();
    // A run that ended within the slice learned in a part of it only.
    if (channel_.snapshots.get()->phase == Phase::Paused)
      return static_cast<double>(done) / seconds;
  }
}

double LiveWindow::pauseSeconds(Seconds after) {
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

// Without frames: a moved slider asks in the frame in which it moves, and is answered in one that is
// drawn as the answer comes.
LiveWindow::LesionSeconds LiveWindow::lesionSeconds(std::size_t layer, double share) {
  const link::LesionRequest request{{{spec::LesionPart::Layer, layer, share}}};
  link::SetWatch watch;
  watch.watch.lesion = request;
  const auto asked = Clock::now();
  channel_.commands.put(watch);
  const auto until = [&](auto holds) {
    for (;;) {
      const auto now = channel_.snapshots.get();
      const auto& view = now->views.lesion;
      if (view && view->request == request && view->samples > 0 && holds(*view)) break;
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    return Seconds(Clock::now() - asked).count();
  };
  const double coarse = until([](const auto&) { return true; });
  return {coarse, until([](const auto& view) { return view.samples == view.samples_in_all; })};
}

}  // namespace dentate::bench
