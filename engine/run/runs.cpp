#include "engine/run/runs.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "engine/run/process.h"
#include "engine/spec/memory.h"

namespace dentate::run {
namespace {

using spec::Error;

constexpr const char* kLoadedName = "main";
constexpr std::size_t kLongestName = 60;  // bytes
constexpr std::size_t kPointsAtOnce = 20'000;

template <class Value, class Of>
Value sumOver(const std::vector<std::unique_ptr<LiveRun>>& runs, Of of) {
  return std::accumulate(runs.begin(), runs.end(), Value{},
                         [&](Value sum, const auto& run) { return sum + of(run->experiment()); });
}

Error noSuchRun() { return {Error::Kind::Usage, "run", "there is no such run any more"}; }

template <class Run>
auto numbered(const std::vector<std::unique_ptr<Run>>& runs, std::uint64_t number) {
  return std::find_if(runs.begin(), runs.end(),
                      [=](const auto& run) { return run->entry().run == number; });
}

}  // namespace

spec::Result<Runs::Points> Runs::begin(const std::shared_ptr<const Setting>& setting) {
  auto made = std::make_unique<LiveRun>(last_run_ + 1, kLoadedName, setting, threads_);
  auto points = made->begin();
  if (!points) return points.error();
  live_.clear();
  dropped_.clear();
  giveBackMemory();
  made->rename(freeName(kLoadedName));  // a saved run may have that name
  live_.push_back(std::move(made));
  ++last_run_;
  shown_ = 0;
  branches_ = 0;
  return points;
}

void Runs::restore(std::vector<std::unique_ptr<LiveRun>> runs, std::size_t shown) {
  live_ = std::move(runs);
  shown_ = shown;
  branches_ = 0;
  for (const auto& run : live_) {
    last_run_ = std::max(last_run_, run->run());
    if (run->entry().from != 0) ++branches_;
  }
}

std::vector<const LiveRun*> Runs::live() const {
  std::vector<const LiveRun*> all;
  for (const auto& run : live_) all.push_back(run.get());
  return all;
}

spec::Status Runs::checkRoom() const {
  if (count() >= kMost)
    return Error{Error::Kind::Usage, "runs",
                 std::to_string(kMost) + " runs are open, which is the most; drop one first"};
  return {};
}

// For one more branch. What is set aside gives way.
spec::Status Runs::checkMemory() {
  const auto& spec = shown().spec();
  const auto need = spec::memoryNeed(spec, spec::workingThreads(spec));
  const auto one = need.networks + need.working;
  const auto all = need.all() + static_cast<double>(live_.size()) * one;
  const auto may = spec::kMemoryShare * spec::machineMemory();
  auto aside = std::count_if(dropped_.begin(), dropped_.end(),
                             [](const Dropped& dropped) { return dropped.live != nullptr; });
  for (; aside > 0 && all + static_cast<double>(aside) * one > may; --aside) {
    dropped_.erase(std::find_if(dropped_.begin(), dropped_.end(),
                                [](const Dropped& dropped) { return dropped.live != nullptr; }));
    giveBackMemory();
  }
  if (all > may)
    return Error{Error::Kind::Resource, "branch",
                 "with one more branch the runs need about " + spec::gigabytes(all) +
                     " of memory and may take " + spec::gigabytes(may) + "; drop one first"};
  return {};
}

spec::Status Runs::branch() {
  if (empty()) return Error{Error::Kind::Usage, "branch", "there is no run to branch off yet"};
  if (auto full = checkRoom()) return full;
  if (auto full = checkMemory()) return full;
  auto made = shown().branch(last_run_ + 1, freeName("branch " + std::to_string(branches_ + 1)));
  live_.push_back(std::move(made));
  ++last_run_;
  ++branches_;
  shown_ = live_.size() - 1;
  return {};
}

spec::Status Runs::select(std::uint64_t run) {
  const auto found = numbered(live_, run);
  if (found == live_.end()) return noSuchRun();
  shown_ = static_cast<std::size_t>(found - live_.begin());
  return {};
}

spec::Status Runs::rename(std::uint64_t run, const std::string& name) {
  const auto live_run = numbered(live_, run);
  const auto saved_run = numbered(saved_, run);
  if (live_run == live_.end() && saved_run == saved_.end()) return noSuchRun();
  const auto& before = live_run != live_.end() ? (*live_run)->name() : (*saved_run)->entry().name;
  if (name == before) return {};
  if (name.empty() || name.size() > kLongestName)
    return Error{Error::Kind::Usage, "name of a run",
                 "expected 1 to " + std::to_string(kLongestName) + " characters"};
  if (isNamed(name))
    return Error{Error::Kind::Usage, "name of a run", "another run is called \"" + name + "\""};
  if (live_run != live_.end())
    (*live_run)->rename(name);
  else
    (*saved_run)->rename(name);
  return {};
}

spec::Status Runs::drop(std::uint64_t run) {
  if (const auto saved = numbered(saved_, run); saved != saved_.end()) {
    const auto place = static_cast<std::size_t>(saved - saved_.begin());
    setAside({nullptr, std::move(saved_[place]), false});
    saved_.erase(saved);
    return {};
  }
  const auto found = numbered(live_, run);
  if (found == live_.end()) return noSuchRun();
  if (live_.size() == 1)
    return Error{Error::Kind::Usage, "run", "the only run that learns cannot be dropped"};
  const auto place = static_cast<std::size_t>(found - live_.begin());
  setAside({std::move(live_[place]), nullptr, shown_ == place});
  live_.erase(found);
  if (shown_ > place || shown_ == live_.size()) --shown_;
  return {};
}

void Runs::setAside(Dropped dropped) {
  dropped_.push_back(std::move(dropped));
  if (dropped_.size() > kMostDropped) dropped_.erase(dropped_.begin());
  giveBackMemory();
}

spec::Status Runs::bringBack(std::uint64_t run) {
  const auto found = std::find_if(dropped_.begin(), dropped_.end(), [=](const Dropped& dropped) {
    return dropped.entry().run == run;
  });
  if (found == dropped_.end())
    return Error{Error::Kind::Usage, "run", "that run cannot be brought back any more"};
  if (auto full = checkRoom()) return full;
  Dropped back = std::move(*found);
  dropped_.erase(found);
  const auto at = [=](const auto& runs) {  // they lie in the order in which they were made
    return std::find_if(runs.begin(), runs.end(),
                        [=](const auto& other) { return other->entry().run > run; });
  };
  if (back.saved) {  // another may have its name now
    back.saved->rename(freeName(back.saved->entry().name));
    saved_.insert(at(saved_), std::move(back.saved));
    return {};
  }
  back.live->rename(freeName(back.live->name()));
  const auto place = static_cast<std::size_t>(at(live_) - live_.begin());
  live_.insert(at(live_), std::move(back.live));
  if (back.shown)
    shown_ = place;
  else if (place <= shown_)
    ++shown_;
  return {};
}

std::vector<link::RunEntry> Runs::dropped() const {
  std::vector<link::RunEntry> all;
  for (const auto& dropped : dropped_) all.push_back(dropped.entry());
  return all;
}

spec::Result<std::string> Runs::open(const std::filesystem::path& folder) {
  if (auto full = checkRoom()) return *full;
  const auto whole = folder.lexically_normal();
  for (const auto& saved : saved_)
    if (saved->entry().folder == whole.string())
      return Error{Error::Kind::Usage, whole.string(),
                   "is open already, as \"" + saved->entry().name + "\""};
  const auto last = whole.has_filename() ? whole.filename() : whole.parent_path().filename();
  auto opened = SavedRun::open(last_run_ + 1, freeName(last.string()), whole);
  if (!opened) return opened.error();
  saved_.push_back(std::move(opened).value());
  ++last_run_;
  return saved_.back()->notice();
}

LiveRun* Runs::live(std::uint64_t run) const {
  const auto found = numbered(live_, run);
  return found == live_.end() ? nullptr : found->get();
}

LiveRun* Runs::furthestBehind(const Until& until) const {
  LiveRun* found = nullptr;
  for (const auto& run : live_)
    if (!run->experiment().reached(until) &&
        (!found || run->experiment().stepsDone() < found->experiment().stepsDone()))
      found = run.get();
  return found;
}

bool Runs::finished() const {
  return std::all_of(live_.begin(), live_.end(),
                     [](const auto& run) { return run->experiment().finished(); });
}

std::int64_t Runs::stepsDone() const {
  std::int64_t least = shown().experiment().stepsDone();
  for (const auto& run : live_) least = std::min(least, run->experiment().stepsDone());
  return least;
}

std::size_t Runs::networks() const {
  return sumOver<std::size_t>(live_, [](const Experiment& e) { return e.size(); });
}

std::int64_t Runs::stepsOfAllNetworks() const {
  return sumOver<std::int64_t>(live_, [](const Experiment& e) { return e.done().steps; });
}

double Runs::secondsTesting() const {
  return sumOver<double>(live_, [](const Experiment& e) { return e.secondsTesting(); });
}

// They learn one after another. One that has not learned yet takes as long as the slowest.
double Runs::secondsLeft() const {
  double sum = 0, longest = -1;
  for (const auto& run : live_) longest = std::max(longest, run->experiment().secondsLeft());
  if (longest < 0) return -1;
  for (const auto& run : live_) {
    const auto left = run->experiment().secondsLeft();
    sum += left < 0 ? longest : left;
  }
  return sum;
}

bool Runs::branchHasUnsent() const {
  return std::any_of(live_.begin(), live_.end(), [](const auto& run) { return !run->allSent(); });
}

bool Runs::hasUnsent() const {
  return branchHasUnsent() ||
         std::any_of(saved_.begin(), saved_.end(), [](const auto& run) { return !run->done(); });
}

spec::Result<Runs::Points> Runs::takeUnsent(std::chrono::steady_clock::time_point deadline) {
  for (const auto& run : live_)
    if (!run->allSent()) return run->takeUnsent(kPointsAtOnce);
  for (auto saved = saved_.begin(); saved != saved_.end(); ++saved) {
    if ((*saved)->done()) continue;
    auto points = (*saved)->read(deadline);
    if (!points) saved_.erase(saved);
    return points;
  }
  return Points();
}

std::vector<link::RunEntry> Runs::entries() const {
  std::vector<link::RunEntry> all;
  for (const auto& run : live_) all.push_back(run->entry());
  for (const auto& run : saved_) all.push_back(run->entry());
  return all;
}

std::vector<link::LesionCurvesPtr> Runs::savedLesionCurves() const {
  std::vector<link::LesionCurvesPtr> all;
  for (const auto& run : saved_)
    if (run->lesionCurves()) all.push_back(run->lesionCurves());
  return all;
}

bool Runs::isNamed(const std::string& name) const {
  const auto all = entries();
  return std::any_of(all.begin(), all.end(), [&](const auto& run) { return run.name == name; });
}

std::string Runs::freeName(const std::string& wanted) const {
  auto name = wanted.empty() ? std::string("run") : wanted.substr(0, kLongestName);
  for (int i = 2; isNamed(name); ++i) name = wanted + " (" + std::to_string(i) + ")";
  return name;
}

}  // namespace dentate::run
