#include "tests/bench/interleave.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <thread>

namespace dentate::bench {
namespace {

double threadSeconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double wallSeconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count();
}

Slice workFor(double seconds, const std::function<double()>& work, double (*clock)()) {
  const double begin = clock();
  Slice slice;
  do {
    slice.units += work();
    slice.seconds = clock() - begin;
  } while (slice.seconds < seconds);
  return slice;
}

// Between the two nearest values, for values in order.
double quantile(const std::vector<double>& sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(at));
  const auto above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - std::floor(at)) * (sorted[above] - sorted[below]);
}

}  // namespace

Rates interleaved(const std::vector<Candidate>& candidates, Pace pace) {
  Rates rates(candidates.size());
  for (int repetition = -1; repetition < pace.repetitions; ++repetition) {
    for (std::size_t c = 0; c < candidates.size(); ++c) {
      const auto slice = candidates[c].run(pace.slice_seconds);
      if (repetition >= 0) rates[c].push_back(slice.units / slice.seconds);
    }
  }
  return rates;
}

std::function<Slice(double)> onOneThread(std::function<double()> work) {
  return
      [work = std::move(work)](double seconds) { return workFor(seconds, work, &threadSeconds); };
}

// The time is that of the whole slice, threads' start and end included; the units are those of all.
std::function<Slice(double)> onThreads(std::vector<std::function<double()>> works) {
  return [works = std::move(works)](double seconds) {
    std::vector<Slice> slices(works.size());
    const double begin = wallSeconds();
    {
      std::vector<std::jthread> threads;
      for (std::size_t i = 0; i < works.size(); ++i)
        threads.emplace_back([&, i] { slices[i] = workFor(seconds, works[i], &wallSeconds); });
    }
    Slice all{0, wallSeconds() - begin};
    for (const auto& slice : slices) all.units += slice.units;
    return all;
  };
}

Spread spread(std::vector<double> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  return {quantile(values, 0.5), quantile(values, 0.25), quantile(values, 0.75)};
}

Spread spreadOfRatios(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < a.size(); ++i) ratios.push_back(a[i] / b[i]);
  return spread(std::move(ratios));
}

}  // namespace dentate::bench
