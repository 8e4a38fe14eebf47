#include "engine/run/session_store.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "engine/run/fields.h"
#include "engine/run/run_folder.h"
#include "engine/run/whole_file.h"
#include "engine/spec/experiment_json.h"

namespace dentate::run {
namespace {

namespace fs = std::filesystem;
using json = nlohmann::json;
using spec::Error;

constexpr std::size_t kOlder = 0;  // checkpoints beside the newest two
constexpr std::chrono::seconds kApart(2);
constexpr std::chrono::milliseconds kLookEvery(250);  // at what may be due

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// session.json as values.
struct List {
  spec::ExperimentSpec loaded;
  std::vector<std::uint64_t> runs;
  std::uint64_t shown = 0;
  std::vector<std::string> compared;
};

std::string textOf(const Runs& runs, const spec::ExperimentSpec& loaded) {
  json out{{"loaded", spec::writeExperiment(loaded)},
           {"shown", runs.shown().run()},
           {"runs", json::array()},
           {"compared", json::array()}};
  for (const auto& entry : runs.entries()) {
    if (entry.live())
      out["runs"].push_back({{"run", entry.run}});
    else
      out["compared"].push_back({{"folder", entry.folder}});
  }
  return out.dump(2) + "\n";
}

spec::Result<List> listOf(const std::string& text, const fs::path& file) {
  auto document = Document::ofText(text);
  const auto from = document.root();
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  List out;
  out.shown = static_cast<std::uint64_t>(from.whole("shown", 1, kMost));
  for (const auto& run : from.objects("runs"))
    out.runs.push_back(static_cast<std::uint64_t>(run.whole("run", 1, kMost)));
  for (const auto& saved : from.objects("compared")) out.compared.push_back(saved.text("folder"));
  auto loaded = spec::parseExperiment(from.text("loaded"), file.string());
  if (!document.good() || !loaded || out.runs.size() > Runs::kMost)
    return Error{Error::Kind::Io, file.string(), "is damaged"};
  out.loaded = *std::move(loaded);
  return out;
}

}  // namespace

spec::Result<std::unique_ptr<SessionStore>> SessionStore::open(const fs::path& folder) {
  if (auto wrong = checkRunFolder(folder)) return *wrong;
  auto lock = FolderLock::take(folder);
  if (!lock)
    return Error{lock.error().kind, lock.error().where,
                 lock.error().what + "; the runs of this window are not kept for the next start"};
  return std::unique_ptr<SessionStore>(new SessionStore(folder, *std::move(lock)));
}

fs::path SessionStore::fileOf(std::uint64_t run) const {
  return folder_ / ("run-" + std::to_string(run) + ".sqlite");
}

// --- What the sitting before left.

SessionStore::Left SessionStore::takeLeft(const fs::path& assets, std::size_t threads) {
  Left out;
  list_ = read(listFile());
  if (list_.empty()) return out;
  auto list = listOf(list_, listFile());
  if (!list) {
    setAside(listFile(), list.error(), out);
    return out;
  }
  out.loaded = std::move(list->loaded);
  out.compared = std::move(list->compared);
  std::shared_ptr<const Setting> last;  // branches share the data
  const MakeSetting make = [&](const spec::ExperimentSpec& spec) {
    if (last && last->spec == spec) return spec::Result(last);
    auto made = makeSetting(spec, assets);
    if (made) last = *made;
    return made;
  };
  for (const auto number : list->runs) {
    auto run = readRun(number, make, threads);
    if (!run) {
      setAside(fileOf(number), run.error(), out);
      continue;
    }
    if (number == list->shown) out.shown = out.runs.size();
    out.runs.push_back(*std::move(run));
  }
  return out;
}

spec::Result<std::unique_ptr<LiveRun>> SessionStore::readRun(std::uint64_t run,
                                                             const MakeSetting& make,
                                                             std::size_t threads) {
  auto store = Store::open(fileOf(run), kOlder);
  if (!store) return store.error();
  auto found = (*store)->goOn(make);
  if (!found) return found.error();
  const auto points = (*store)->points();
  if (!points) return points.error();
  auto events = (*store)->events();
  if (!events) return events.error();
  auto& checkpoint = found->checkpoint;
  if (checkpoint.head.run != run)
    return Error{Error::Kind::Io, fileOf(run).string(), "holds another run"};
  auto made = LiveRun::restored(checkpoint, found->setting, *points, threads);
  auto& kept = kept_[run];
  kept.store = *std::move(store);
  kept.writer = std::make_unique<StoreWriter>(*kept.store, kApart);
  kept.mark = markOf(*made);
  kept.events = events->size();
  made->follow(*std::move(events));
  return made;
}

// It may be of use to whoever mends it, and must not be in the way of the next start.
void SessionStore::setAside(const fs::path& file, Error why, Left& to) {
  std::error_code ignored;
  const fs::path aside = file.string() + ".aside";
  fs::rename(file, aside, ignored);
  why.what += "; it is now " + aside.filename().string();
  to.not_whole.push_back(std::move(why));
}

// --- Keeping.

SessionStore::Mark SessionStore::markOf(const LiveRun& run) {
  return {run.experiment().done().all(), run.lesionChanges(), run.alphaLr(), run.mLr(), run.name()};
}

void SessionStore::add(std::uint64_t run, const std::vector<link::MetricPoint>& points) {
  if (const auto found = kept_.find(run); found != kept_.end()) found->second.writer->add(points);
}

void SessionStore::keepNew(const Runs& runs) {
  for (const auto* const run : runs.live()) {
    if (kept_.contains(run->run())) continue;
    auto store = Store::make(fileOf(run->run()), run->spec(), kOlder);
    if (!store) {
      failure_ = store.error();
      continue;
    }
    failure_.reset();
    auto& kept = kept_[run->run()];
    kept.store = *std::move(store);
    kept.writer = std::make_unique<StoreWriter>(*kept.store, kApart);
    kept.writer->add(run->measured());
    keepEvents(*run, kept);
  }
}

void SessionStore::keepEvents(const LiveRun& run, Kept& kept) {
  const auto& all = *run.events();
  kept.writer->addEvents({all.begin() + static_cast<std::ptrdiff_t>(kept.events), all.end()});
  kept.events = all.size();
}

void SessionStore::giveUpGone(const Runs& runs) {
  std::set<std::uint64_t> there;
  for (const auto* const run : runs.live()) there.insert(run->run());
  for (auto kept = kept_.begin(); kept != kept_.end();) {
    if (there.contains(kept->first)) {
      ++kept;
      continue;
    }
    const auto file = fileOf(kept->first);
    kept = kept_.erase(kept);  // closed
    Store::remove(file);
  }
}

void SessionStore::writeList(const Runs& runs, const spec::ExperimentSpec& loaded) {
  auto text = textOf(runs, loaded);
  if (text == list_) return;
  failure_ = writeWhole(listFile(), text);
  if (!failure_) list_ = std::move(text);
}

void SessionStore::keep(const Runs& runs, bool at_once) {
  if (!at_once && Clock::now() < next_look_) return;
  next_look_ = Clock::now() + kLookEvery;
  for (const auto* const run : runs.live()) {
    const auto found = kept_.find(run->run());
    if (found == kept_.end()) continue;
    auto& kept = found->second;
    if (kept.events < run->events()->size()) keepEvents(*run, kept);
    if (at_once || kept.writer->due()) keepState(*run, kept);
  }
}

void SessionStore::keepState(const LiveRun& run, Kept& kept) {
  auto mark = markOf(run);
  if (mark == kept.mark) return;
  kept.writer->add(run.checkpoint());
  kept.mark = std::move(mark);
}

void SessionStore::keepAtTaskEnds(LiveRun& run) {
  const auto found = kept_.find(run.run());
  if (found == kept_.end()) return;
  auto& kept = found->second;
  auto checkpoint = run.atTaskEnds(kept.writer->dueAtTaskEnd());
  if (!checkpoint) return;
  kept.mark = markOf(run);
  kept.mark.done = checkpoint->state.done.all();  // it may have learned on
  kept.writer->add(*std::move(checkpoint));
}

// In a run that was read back there may be checkpoints among its own events that are gone by now.
link::EventsPtr SessionStore::eventsOf(const LiveRun& run) {
  const auto found = kept_.find(run.run());
  if (found == kept_.end()) return run.events();
  auto& kept = found->second;
  const auto checkpoints = kept.writer->checkpoints();
  if (!checkpoints) return run.events();
  if (kept.told == run.events() && kept.checkpoints == checkpoints) return kept.shown;
  auto all = *run.events();
  std::erase_if(all, [](const Event& event) { return event.kind == EventKind::Checkpoint; });
  all.insert(all.end(), checkpoints->begin(), checkpoints->end());
  std::ranges::stable_sort(all, {},
                           [](const Event& event) { return std::pair(event.time, event.step); });
  kept.told = run.events();
  kept.checkpoints = checkpoints;
  kept.shown = std::make_shared<const std::vector<Event>>(std::move(all));
  return kept.shown;
}

void SessionStore::follow(const Runs& runs, const spec::ExperimentSpec& loaded) {
  keepNew(runs);
  writeList(runs, loaded);  // before what it no longer names is gone
  giveUpGone(runs);
}

void SessionStore::finish(const Runs& runs) {
  keep(runs, /*at_once=*/true);
  for (const auto* const run : runs.live()) {
    const auto& experiment = run->experiment();
    const auto found = kept_.find(run->run());
    if (found == kept_.end() || experiment.finished() || experiment.done().all() == 0) continue;
    found->second.writer->addEvents({{EventKind::Stopped, experiment.stepsDone()}});
  }
  for (auto& [run, kept] : kept_) (void)kept.writer->flush();
}

spec::Status SessionStore::failure() const {
  if (failure_) return failure_;
  for (const auto& [run, kept] : kept_)
    if (auto failed = kept.writer->failure()) return failed;
  return {};
}

}  // namespace dentate::run
