// Measuring side by side on a machine that is not quiet: the candidates take short slices in turn,
// again and again, so that what slows one slows the others, and ratios hold.
#pragma once
#include <functional>
#include <string>
#include <vector>

namespace dentate::bench {

// Units of work done in a slice, and the seconds that they took.
struct Slice {
  double units = 0, seconds = 0;
};

struct Candidate {
  std::string name;
  std::function<Slice(double seconds)> run;  // works for about so long
};

struct Pace {
  double slice_seconds = 0.3;
  int repetitions = 9;
};

// Rates, units a second, by candidate and repetition. One slice each before the first is not
// counted.
using Rates = std::vector<std::vector<double>>;
[[nodiscard]] Rates interleaved(const std::vector<Candidate>& candidates, Pace pace);

// `work` does a little and returns its units; called again until the time is over. Seconds are
// those of the calling thread on its processor, so that other programs take none of them.
[[nodiscard]] std::function<Slice(double)> onOneThread(std::function<double()> work);
// The same of several at once, each on a thread of its own. Seconds are those of the clock.
[[nodiscard]] std::function<Slice(double)> onThreads(std::vector<std::function<double()>> works);

// Median and quartiles.
struct Spread {
  double median = 0, low = 0, high = 0;
};
[[nodiscard]] Spread spread(std::vector<double> values);
// Of a[i] / b[i].
[[nodiscard]] Spread spreadOfRatios(const std::vector<double>& a, const std::vector<double>& b);

}  // namespace dentate::bench
