#include "app/progress.h"

#include <unistd.h>

#include <cmath>
#include <cstdio>

namespace dentate::app {
namespace {

constexpr int kBarWidth = 30;
constexpr double kPlainLineEvery = 10;  // seconds

}  // namespace

std::string duration(double seconds) {
  const auto whole = static_cast<long>(std::lround(seconds));
  if (whole < 60) return std::to_string(whole) + " s";
  if (whole < 3600) return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
  return std::to_string(whole / 3600) + " h " + std::to_string(whole % 3600 / 60) + " min";
}

ProgressLine::ProgressLine() : terminal_(isatty(STDERR_FILENO) != 0) {}

void ProgressLine::show(const run::Progress& p) {
  const bool done = p.done == p.in_all;
  if (!terminal_ && !done && last_shown_ >= 0 && p.seconds - last_shown_ < kPlainLineEvery) return;
  last_shown_ = p.seconds;
  const double share = static_cast<double>(p.done) / static_cast<double>(p.in_all);
  const std::string left =
      p.seconds_left < 0 ? "" : ", about " + duration(p.seconds_left) + " left";
  const double speed = p.seconds > 0 ? static_cast<double>(p.steps) / p.seconds : 0;
  if (!terminal_) {
    std::fprintf(stderr, "%3.0f %%  %ld of %ld meta-steps, %.0f a second%s\n", 100 * share, p.steps,
                 p.steps_in_all, speed, left.c_str());
    return;
  }
  const int filled = static_cast<int>(share * kBarWidth);
  std::string bar;
  for (int i = 0; i < kBarWidth; ++i) bar += i < filled ? "█" : "░";
  std::fprintf(stderr, "\r%s %3.0f %%  %ld of %ld meta-steps, %.0f a second%s\033[K", bar.c_str(),
               100 * share, p.steps, p.steps_in_all, speed, left.c_str());
  std::fflush(stderr);
}

void ProgressLine::end() {
  if (terminal_) std::fputc('\n', stderr);
}

}  // namespace dentate::app
