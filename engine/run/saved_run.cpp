#include "engine/run/saved_run.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "engine/measure/accuracy.h"
#include "engine/run/config_file.h"
#include "engine/run/csv.h"
#include "engine/run/kept_run.h"
#include "engine/run/saved_lesions.h"
#include "engine/run/saved_table.h"
#include "engine/spec/experiment_json.h"
#include "engine/spec/graph.h"
#include "engine/spec/replicas.h"

namespace dentate::run {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using spec::Error;

constexpr std::int64_t kLinesALook = 64;      // read between two looks at the clock
constexpr std::size_t kPointsALook = 20'000;  // of a store

std::optional<double> sizeOf(const fs::path& file) {
  std::error_code missing;
  const auto size = fs::file_size(file, missing);
  if (missing) return std::nullopt;
  return static_cast<double>(size);
}

// Null where they cannot be read.
link::EventsPtr eventsOf(Store& store) {
  auto events = store.events();
  if (!events) return nullptr;
  return std::make_shared<const std::vector<Event>>(*std::move(events));
}

// In the order of replicas.
struct Ends {
  std::vector<link::SummaryPoint> finished;
  std::vector<link::FailedNetwork> failed;
};

spec::Result<Ends> readEnds(const fs::path& file, std::size_t replicas) {
  Ends out;
  std::ifstream in(file);
  if (!in) return out;  // the curves do without
  const auto wrong = unreadable(file, "is not a summary of as many networks as config.json has");
  const auto root = nlohmann::json::parse(in, nullptr, /*allow_exceptions=*/false);
  if (!root.is_object() || !root.contains("replicas") || !root["replicas"].is_array() ||
      root["replicas"].size() > replicas)
    return wrong;
  for (std::size_t r = 0; r < root["replicas"].size(); ++r) {
    const auto& one = root["replicas"][r];
    if (!one.is_object()) return wrong;
    const auto number = [&](const char* key) {
      return one.contains(key) && one[key].is_number() ? one[key].get<double>()
                                                       : std::numeric_limits<double>::quiet_NaN();
    };
    if (one.contains("finished") && one["finished"] == true)
      out.finished.push_back({0, r, number("ra"), number("la"), number("bti")});
    if (!one.contains("failed")) continue;
    const auto& failed = one["failed"];
    if (!failed.is_object() || !failed.contains("step") || !failed["step"].is_number_unsigned() ||
        !failed.contains("why") || !failed["why"].is_string())
      return wrong;
    out.failed.push_back({r, failed["step"].get<std::int64_t>(), failed["why"].get<std::string>()});
  }
  return out;
}

}  // namespace

spec::Result<std::unique_ptr<SavedRun>> SavedRun::open(std::uint64_t run, std::string name,
                                                       const fs::path& folder) {
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored))
    return Error{Error::Kind::Io, folder.string(), "there is no such folder"};
  std::unique_ptr<SavedRun> out(new SavedRun);
  out->entry_.run = run;
  out->entry_.name = std::move(name);
  out->entry_.folder = folder.string();
  out->folder_ = folder;
  std::unique_ptr<Store> store;  // of a run that has not ended
  spec::Status unread;
  if (fs::exists(folder / kStoreFile, ignored)) {
    auto opened = Store::open(folder / kStoreFile);
    const auto ended = opened ? (*opened)->ended() : spec::Result<bool>(opened.error());
    if (!ended) unread = ended.error();
    if (ended && *ended) out->entry_.events = eventsOf(**opened);
    if (ended && !*ended) store = *std::move(opened);
  }
  const bool tables = sizeOf(folder / "metrics.csv") && sizeOf(folder / "accuracy.csv") &&
                      fs::exists(folder / kConfigFile, ignored);
  if (!store && !tables && unread) return *unread;
  if (!store && !tables)
    return unreadable(folder,
                      "is not a saved run; it must hold config.json, metrics.csv and accuracy.csv, "
                      "or the run.sqlite of one that has not ended");
  if (auto failed = store ? out->openStore(*store) : out->openTables()) return *failed;
  out->readLesions();
  out->entry_.alpha_lr = out->entry_.spec->rule.alpha_lr;
  out->entry_.m_lr = out->entry_.spec->rule.m_lr;
  out->entry_.sent = out->done() ? 1 : 0;
  return out;
}

// The run can do without them.
void SavedRun::readLesions() {
  auto read = readLesionCurves(folder_, *entry_.spec);
  if (!read) {
    notice_ += (notice_.empty() ? "" : "; ") + read.error().text() +
               ", so that its curves over lesion size are left out";
    return;
  }
  if (!*read) return;
  auto curves = std::make_shared<link::LesionCurves>(*std::move(*read));
  curves->run = entry_.run;
  lesion_curves_ = std::move(curves);
}

spec::Status SavedRun::openTables() {
  auto spec = spec::loadExperiment(configAsRun(folder_));
  if (!spec) return spec.error();
  entry_.spec = std::make_shared<const spec::ExperimentSpec>(std::move(spec).value());
  auto ends = readEnds(folder_ / "summary.json",
                       static_cast<std::size_t>(spec::replicaCount(*entry_.spec)));
  if (!ends) return ends.error();
  summaries_ = std::move(ends->finished);
  entry_.failed = std::move(ends->failed);
  for (const char* name : {"metrics.csv", "accuracy.csv", "sparsity.csv"})
    bytes_ += sizeOf(folder_ / name).value_or(0);
  return openNext();
}

spec::Status SavedRun::openStore(Store& store) {
  entry_.spec = std::make_shared<const spec::ExperimentSpec>(store.experiment());
  auto points = store.points();
  if (!points) return points.error();
  entry_.events = eventsOf(store);
  if (!entry_.events) return unreadable(folder_ / kStoreFile, "its events cannot be read");
  std::map<std::size_t, link::FailedNetwork> failed;  // one that went on may fail again
  for (const auto& event : *entry_.events)
    if (event.kind == EventKind::Diverged && event.replica)
      failed[*event.replica] = {*event.replica, event.step, event.text};
  for (auto& [replica, network] : failed) entry_.failed.push_back(std::move(network));
  kept_ = *std::move(points);
  for (const auto& point : kept_)
    if (const auto* step = std::get_if<link::StepPoint>(&point))
      entry_.step = std::max(entry_.step, step->step);
  takeSummaries();
  file_ = kFiles;
  notice_ = folder_.string() +
            " holds a run that is not finished: it is read as far as it was kept, " +
            "to meta-step " + std::to_string(entry_.step) + " of " +
            std::to_string(spec::totalSteps(*entry_.spec));
  return {};
}

// What was measured after the last task is written all at once.
void SavedRun::takeSummaries() {
  const auto& spec = *entry_.spec;
  const auto tasks = static_cast<std::size_t>(spec.stream.tasks);
  std::map<std::size_t, measure::AccuracyMatrix> finished;
  for (const bool last : {true, false})
    for (const auto& point : kept_) {
      const auto* test = std::get_if<link::AccuracyPoint>(&point);
      if (!test || (last && test->after_task != spec.stream.tasks - 1)) continue;
      const auto found =
          last ? finished.try_emplace(test->replica, tasks).first : finished.find(test->replica);
      if (found != finished.end())
        found->second.set(static_cast<std::size_t>(test->after_task),
                          static_cast<std::size_t>(test->task),
                          spec.stream.labels == spec::Labels::Item ? test->item : test->category);
    }
  for (const auto& [replica, matrix] : finished)
    summaries_.push_back({entry_.run, replica, matrix.ra(), matrix.la(), matrix.bti()});
}

std::vector<link::MetricPoint> SavedRun::giveKept() {
  const auto end = std::min(kept_.size(), given_ + kPointsALook);
  std::vector<link::MetricPoint> points(kept_.begin() + static_cast<std::ptrdiff_t>(given_),
                                        kept_.begin() + static_cast<std::ptrdiff_t>(end));
  given_ = end;
  return points;
}

// The file at hand is `file_`; its first line must name the columns that such a network has.
spec::Status SavedRun::openNext() {
  if (done()) return {};
  constexpr std::array kNames{"metrics.csv", "accuracy.csv", "sparsity.csv"};
  path_ = folder_ / kNames[static_cast<std::size_t>(file_)];
  std::error_code ignored;
  if (file_ == 2 && !fs::exists(path_, ignored)) {  // a run that an older version saved
    ++file_;
    return {};
  }
  in_ = std::ifstream(path_, std::ios::binary);
  std::string head;
  if (!in_ || !std::getline(in_, head)) return unreadable(path_, "cannot be read");
  line_ = 1;
  read_ += static_cast<double>(head.size() + 1);
  const auto& spec = *entry_.spec;
  older_accuracy_ = file_ == 1 && head == olderAccuracyHead(spec);
  if (older_accuracy_) return {};
  if (head != (file_ == 0   ? metricsHead(spec)
               : file_ == 1 ? accuracyHead(spec)
                            : sparsityHead(spec)))
    return unreadable(path_, "its columns are not those of the network in config.json");
  return {};
}

spec::Result<std::vector<link::MetricPoint>> SavedRun::read(Clock::time_point deadline) {
  std::vector<link::MetricPoint> points = giveKept();
  std::string line;
  while (file_ != kFiles && (points.empty() || Clock::now() < deadline)) {
    for (std::int64_t i = 0; i < kLinesALook && !done(); ++i) {
      if (!std::getline(in_, line)) {
        if (in_.bad()) return unreadable(path_, "cannot be read to its end");
        ++file_;
        if (auto failed = openNext()) return *failed;
        continue;
      }
      ++line_;
      read_ += static_cast<double>(line.size() + 1);
      auto point = file_ == 0 ? stepOf(line) : file_ == 1 ? accuracyOf(line) : sparsityOf(line);
      if (!point) return point.error();
      if (const auto* step = std::get_if<link::StepPoint>(&*point))
        entry_.step = std::max(entry_.step, step->step);
      points.push_back(std::move(point).value());
    }
  }
  if (!kept_.empty()) {
    read_ = static_cast<double>(given_);
    bytes_ = static_cast<double>(kept_.size());
  }
  entry_.sent = done() ? 1 : std::min(1.0, read_ / std::max(bytes_, 1.0));
  if (done())
    for (auto& summary : std::exchange(summaries_, {})) points.emplace_back(summary);
  for (auto& point : points) std::visit([this](auto& p) { p.run = entry_.run; }, point);
  return points;
}

spec::Result<link::MetricPoint> SavedRun::stepOf(std::string_view line) const {
  const auto& spec = *entry_.spec;
  const auto& layers = spec.network.layers;
  Cells cells(line);
  link::StepPoint point;
  point.run = entry_.run;
  point.replica = static_cast<std::size_t>(cells.index(spec::replicaCount(spec)));
  cells.skipVariant(spec);
  point.step = cells.index(spec::totalSteps(spec) + 1);
  point.task = cells.index(spec.stream.tasks);
  point.meta_loss = cells.number();
  point.work = cells.number();
  for (auto* values : {&point.active_fraction, &point.m}) {
    values->assign(layers.size(), 0.0F);
    for (std::size_t l = 0; l < layers.size(); ++l)
      if (layers[l].role == spec::LayerRole::Hidden)
        (*values)[l] = static_cast<float>(cells.number());
  }
  for (std::size_t p = 0; p < spec.network.paths.size(); ++p)
    point.alpha.push_back(static_cast<float>(cells.number()));
  if (!cells.good())
    return unreadable(path_, "line " + std::to_string(line_) + " is not a meta-step of this run");
  return link::MetricPoint(std::move(point));
}

spec::Result<link::MetricPoint> SavedRun::accuracyOf(std::string_view line) const {
  const auto& spec = *entry_.spec;
  const auto share = [](double value) { return value >= 0 && value <= 1 ? value : -1; };
  Cells cells(line);
  link::AccuracyPoint point;
  point.run = entry_.run;
  point.replica = static_cast<std::size_t>(cells.index(spec::replicaCount(spec)));
  cells.skipVariant(spec);
  point.after_task = cells.index(spec.stream.tasks);
  point.task = cells.index(spec.stream.tasks);
  point.step = (point.after_task + 1) * spec::stepsPerTask(spec);
  point.category = share(cells.number());
  point.item = share(cells.number());
  if (spec.stream.labels != spec::Labels::Category && !older_accuracy_) {
    point.item_in_memory = share(cells.number());
    point.item_outside = share(cells.number());
    point.in_memory = cells.index(spec.stream.samples_per_task + 1);
    point.outside = spec.stream.samples_per_task - point.in_memory;
  }
  if (!cells.good())
    return unreadable(path_, "line " + std::to_string(line_) + " is not an accuracy of this run");
  return link::MetricPoint(point);
}

spec::Result<link::MetricPoint> SavedRun::sparsityOf(std::string_view line) const {
  const auto& spec = *entry_.spec;
  const auto& layers = spec.network.layers;
  Cells cells(line);
  link::SparsityPoint point;
  point.run = entry_.run;
  point.replica = static_cast<std::size_t>(cells.index(spec::replicaCount(spec)));
  cells.skipVariant(spec);
  point.after_task = cells.index(spec.stream.tasks);
  point.step = (point.after_task + 1) * spec::stepsPerTask(spec);
  for (auto* by_layer : {&point.dead, &point.variance}) {
    by_layer->assign(layers.size(), 0.0F);
    for (std::size_t l = 0; l < layers.size(); ++l)
      if (layers[l].role == spec::LayerRole::Hidden)
        (*by_layer)[l] = static_cast<float>(cells.number());
  }
  for (auto* by_path : {&point.hoyer, &point.near_zero})
    for (std::size_t p = 0; p < spec.network.paths.size(); ++p)
      by_path->push_back(static_cast<float>(cells.number()));
  if (!cells.good())
    return unreadable(path_, "line " + std::to_string(line_) + " is not a sparsity of this run");
  return link::MetricPoint(std::move(point));
}

}  // namespace dentate::run
