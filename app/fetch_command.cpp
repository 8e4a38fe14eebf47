#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>

#include "app/commands.h"
#include "engine/data/fetch.h"
#include "engine/spec/sources.h"

namespace dentate::app {
namespace {

using Clock = std::chrono::steady_clock;

// On a terminal one line that is written anew, else a line every ten seconds.
class Shown {
 public:
  bool operator()(std::uint64_t done, std::uint64_t all) {
    const auto now = Clock::now();
    if (last_ && now - *last_ < (terminal_ ? std::chrono::milliseconds(100)
                                           : std::chrono::milliseconds(10'000)))
      return true;
    last_ = now;
    constexpr double kMega = 1e6;
    const auto mega = static_cast<double>(done) / kMega;
    std::fprintf(stderr, terminal_ ? "\r%.1f" : "%.1f", mega);
    if (all > 0) std::fprintf(stderr, " of %.1f", static_cast<double>(all) / kMega);
    std::fputs(terminal_ ? " MB\033[K" : " MB\n", stderr);
    return true;
  }
  void end() const {
    if (terminal_) std::fputc('\n', stderr);
  }

 private:
  bool terminal_ = isatty(STDERR_FILENO) != 0;
  std::optional<Clock::time_point> last_;
};

}  // namespace

int fetchCommand(const FetchOptions& options) {
  const auto sources = spec::officialSources();
  const auto source = std::ranges::find(sources, options.dataset, &spec::Source::name);
  if (source == sources.end()) {
    std::string names;
    for (const auto& known : sources) names += (names.empty() ? "" : ", ") + known.name;
    complain({spec::Error::Kind::Usage, options.dataset, "expected one of " + names});
    return kWrongInput;
  }
  for (const auto& file : source->files) std::fprintf(stderr, "%s\n", file.url.c_str());
  Shown shown;
  const auto failed =
      data::fetch(*source, options.folder,
                  [&](std::uint64_t done, std::uint64_t all) { return shown(done, all); });
  shown.end();
  if (failed) {
    complain(*failed);
    return kCheckFailed;
  }
  std::printf("%s\n", source->pathBelow(options.folder).c_str());
  return kWell;
}

}  // namespace dentate::app
