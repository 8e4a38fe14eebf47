#include "engine/run/store.h"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <span>

#include "engine/run/checksum.h"
#include "engine/run/state_bytes.h"
#include "engine/spec/experiment_json.h"

namespace dentate::run {
namespace {

namespace fs = std::filesystem;
using spec::Error;
using Bytes = std::span<const std::uint8_t>;

constexpr std::int64_t kVersion = 1;
constexpr std::int64_t kApplication = 0x446e7431;  // "Dnt1"
constexpr double kOlderBytes = 1e9;                // that older checkpoints may take together

constexpr const char* kTables =
    "CREATE TABLE about(name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
    "CREATE TABLE steps(replica INTEGER, step INTEGER, task INTEGER, meta_loss REAL, work REAL,"
    "  active_fraction BLOB, alpha BLOB, m BLOB, PRIMARY KEY(replica, step)) WITHOUT ROWID;"
    "CREATE TABLE accuracy(replica INTEGER, after_task INTEGER, task INTEGER, step INTEGER,"
    "  category REAL, item REAL, PRIMARY KEY(replica, after_task, task)) WITHOUT ROWID;"
    "CREATE TABLE checkpoints(id INTEGER PRIMARY KEY, steps INTEGER, bytes INTEGER,"
    "  state TEXT, crc INTEGER);"
    "CREATE TABLE networks(checkpoint INTEGER REFERENCES checkpoints ON DELETE CASCADE,"
    "  replica INTEGER, state BLOB, crc INTEGER, PRIMARY KEY(checkpoint, replica));"
    "CREATE TABLE finals(replica INTEGER PRIMARY KEY, state BLOB, crc INTEGER);";

// Also in a store that an older version made.
constexpr const char* kSparsityTable =
    "CREATE TABLE IF NOT EXISTS sparsity(replica INTEGER, after_task INTEGER, step INTEGER,"
    "  dead BLOB, variance BLOB, hoyer BLOB, near_zero BLOB, PRIMARY KEY(replica, after_task))"
    " WITHOUT ROWID;";

// Beside each row of accuracy of networks with item labels; likewise.
constexpr const char* kItemsTable =
    "CREATE TABLE IF NOT EXISTS items(replica INTEGER, after_task INTEGER, task INTEGER,"
    "  in_memory INTEGER, outside INTEGER, item_in_memory REAL, item_outside REAL,"
    "  PRIMARY KEY(replica, after_task, task)) WITHOUT ROWID;";

// Likewise. That of a checkpoint goes with it.
constexpr const char* kEventsTable =
    "CREATE TABLE IF NOT EXISTS events(id INTEGER PRIMARY KEY, step INTEGER, time INTEGER,"
    "  replica INTEGER, kind TEXT, text TEXT,"
    "  checkpoint INTEGER REFERENCES checkpoints ON DELETE CASCADE);";

// Meta-steps that all of its networks had done which have not failed.
std::int64_t stepsOf(const Experiment::State& state) {
  std::int64_t least = std::numeric_limits<std::int64_t>::max(), most = 0;
  for (const auto& course : state.courses) {
    if (course.replica && !course.failure) least = std::min(least, course.steps);
    most = std::max(most, course.steps);
  }
  return std::min(least, most);
}

std::string sizeInWords(std::int64_t bytes) {
  const bool small = bytes < 100'000;
  char text[32];
  std::snprintf(text, sizeof text, small ? "%.0f kB" : "%.1f MB",
                static_cast<double>(bytes) / (small ? 1e3 : 1e6));
  return text;
}

Bytes bytesOf(const std::vector<float>& values) {
  return {reinterpret_cast<const std::uint8_t*>(values.data()), values.size() * sizeof(float)};
}

spec::Status insertStep(Statement& into, const link::StepPoint& point) {
  return into.bind(0, static_cast<std::int64_t>(point.replica))
      .bind(1, point.step)
      .bind(2, point.task)
      .bind(3, point.meta_loss)
      .bind(4, point.work)
      .bind(5, bytesOf(point.active_fraction))
      .bind(6, bytesOf(point.alpha))
      .bind(7, bytesOf(point.m))
      .run();
}

spec::Status insertAccuracy(Statement& into, const link::AccuracyPoint& point) {
  return into.bind(0, static_cast<std::int64_t>(point.replica))
      .bind(1, point.after_task)
      .bind(2, point.task)
      .bind(3, point.step)
      .bind(4, point.category)
      .bind(5, point.item)
      .run();
}

spec::Status insertItems(Statement& into, const link::AccuracyPoint& point) {
  return into.bind(0, static_cast<std::int64_t>(point.replica))
      .bind(1, point.after_task)
      .bind(2, point.task)
      .bind(3, point.in_memory)
      .bind(4, point.outside)
      .bind(5, point.item_in_memory)
      .bind(6, point.item_outside)
      .run();
}

spec::Status insertSparsity(Statement& into, const link::SparsityPoint& point) {
  return into.bind(0, static_cast<std::int64_t>(point.replica))
      .bind(1, point.after_task)
      .bind(2, point.step)
      .bind(3, bytesOf(point.dead))
      .bind(4, bytesOf(point.variance))
      .bind(5, bytesOf(point.hoyer))
      .bind(6, bytesOf(point.near_zero))
      .run();
}

// Of points between two others, the one that leaves the smallest gap.
std::size_t leastMissed(const std::vector<std::int64_t>& newest_first, std::size_t first) {
  std::size_t least = first;
  std::int64_t gap = std::numeric_limits<std::int64_t>::max();
  for (std::size_t i = first; i < newest_first.size(); ++i) {
    const auto below = i + 1 < newest_first.size() ? newest_first[i + 1] : 0;
    if (newest_first[i - 1] - below >= gap) continue;
    gap = newest_first[i - 1] - below;
    least = i;
  }
  return least;
}

}  // namespace

// --- Opening.

void Store::remove(const fs::path& file) {
  std::error_code missing;
  for (const char* tail : {"", "-wal", "-shm"}) fs::remove(file.string() + tail, missing);
}

// A log that was left at `to` would be taken for one of the file that comes there.
spec::Status Store::move(const fs::path& file, const fs::path& to) {
  std::error_code bad;
  for (const char* tail : {"-wal", "-shm"}) fs::remove(to.string() + tail, bad);
  fs::rename(file, to, bad);
  if (bad) return Error{Error::Kind::Io, to.string(), "cannot be written: " + bad.message()};
  return {};
}

spec::Result<std::unique_ptr<Store>> Store::make(const fs::path& file,
                                                 const spec::ExperimentSpec& spec,
                                                 std::size_t older) {
  const fs::path part = file.string() + ".part";
  remove(part);
  {
    auto database = Database::open(part, /*make=*/true);
    if (!database) return database.error();
    Store made(*std::move(database), older);
    if (auto failed = made.begin(spec)) return *failed;
  }
  if (auto failed = move(part, file)) return *failed;
  return open(file, older);
}

spec::Status Store::begin(const spec::ExperimentSpec& spec) {
  experiment_ = spec;
  auto writing = Transaction::begin(*database_);
  if (!writing) return writing.error();
  if (auto failed = database_->execute(kTables)) return failed;
  auto about = database_->prepare("INSERT INTO about VALUES(?, ?)");
  if (!about) return about.error();
  if (auto failed =
          about->bind(0, std::string("experiment")).bind(1, spec::writeExperiment(spec)).run())
    return failed;
  if (auto failed = database_->execute("PRAGMA application_id = " + std::to_string(kApplication) +
                                       "; PRAGMA user_version = " + std::to_string(kVersion)))
    return failed;
  return writing->commit();
}

spec::Result<std::unique_ptr<Store>> Store::open(const fs::path& file, std::size_t older) {
  auto database = Database::open(file, /*make=*/false);
  if (!database) return database.error();
  std::unique_ptr<Store> made(new Store(*std::move(database), older));
  if (auto failed = made->recognise()) return *failed;
  return made;
}

spec::Status Store::recognise() {
  const auto number = [this](const char* pragma) -> spec::Result<std::int64_t> {
    auto asked = database_->prepare(pragma);
    if (!asked) return asked.error();
    auto row = asked->next();
    if (!row) return row.error();
    return *row ? asked->whole(0) : 0;
  };
  const auto application = number("PRAGMA application_id");
  if (!application) return application.error();
  if (*application != kApplication) return damaged("is no run of this program");
  const auto version = number("PRAGMA user_version");
  if (!version) return version.error();
  if (*version > kVersion)
    return damaged("was written by a newer version of this program (" + std::to_string(*version) +
                   "; this one reads up to " + std::to_string(kVersion) + "); update it");
  auto about = database_->prepare("SELECT value FROM about WHERE name = 'experiment'");
  if (!about) return about.error();
  const auto row = about->next();
  if (!row) return row.error();
  auto spec = spec::parseExperiment(*row ? about->text(0) : "", database_->file().string());
  if (!spec) return spec.error();
  experiment_ = *std::move(spec);
  for (const char* table : {kSparsityTable, kItemsTable, kEventsTable})
    if (auto failed = database_->execute(table)) return failed;
  return {};
}

spec::Error Store::damaged(const std::string& what) const {
  return {Error::Kind::Io, database_->file().string(), what};
}

// --- Writing.

spec::Status Store::add(const std::vector<link::MetricPoint>& points) {
  if (points.empty()) return {};
  auto writing = Transaction::begin(*database_);
  if (!writing) return writing.error();
  auto steps = database_->prepare("INSERT OR REPLACE INTO steps VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
  if (!steps) return steps.error();
  auto accuracy = database_->prepare("INSERT OR REPLACE INTO accuracy VALUES(?, ?, ?, ?, ?, ?)");
  if (!accuracy) return accuracy.error();
  auto sparsity = database_->prepare("INSERT OR REPLACE INTO sparsity VALUES(?, ?, ?, ?, ?, ?, ?)");
  if (!sparsity) return sparsity.error();
  auto items = database_->prepare("INSERT OR REPLACE INTO items VALUES(?, ?, ?, ?, ?, ?, ?)");
  if (!items) return items.error();
  for (const auto& point : points) {
    spec::Status failed;
    if (const auto* step = std::get_if<link::StepPoint>(&point)) failed = insertStep(*steps, *step);
    if (const auto* test = std::get_if<link::AccuracyPoint>(&point)) {
      failed = insertAccuracy(*accuracy, *test);
      if (!failed && test->in_memory + test->outside > 0) failed = insertItems(*items, *test);
    }
    if (const auto* found = std::get_if<link::SparsityPoint>(&point))
      failed = insertSparsity(*sparsity, *found);
    if (failed) return failed;
  }
  return writing->commit();
}

spec::Status Store::add(const Checkpoint& checkpoint) {
  auto writing = Transaction::begin(*database_);
  if (!writing) return writing.error();
  if (auto failed = insert(checkpoint)) return failed;
  if (auto failed = thin()) return failed;
  return writing->commit();
}

spec::Status Store::insert(const Checkpoint& checkpoint) {
  auto head = database_->prepare("INSERT INTO checkpoints VALUES(?, ?, ?, ?, ?)");
  if (!head) return head.error();
  auto networks = database_->prepare("INSERT INTO networks VALUES(?, ?, ?, ?)");
  if (!networks) return networks.error();
  const auto before = checkpoints();
  if (!before) return before.error();
  const std::int64_t id = before->empty() ? 1 : before->front() + 1;
  std::vector<std::vector<std::uint8_t>> states;
  std::int64_t size = 0;
  for (const auto& course : checkpoint.state.courses) {
    states.push_back(run::bytesOf(course, checkpoint.state.regimes));
    size += static_cast<std::int64_t>(states.back().size());
  }
  const auto text = textOf(checkpoint);
  if (auto failed = head->bind(0, id)
                        .bind(1, checkpoint.state.done.steps)
                        .bind(2, size)
                        .bind(3, text)
                        .bind(4, checksumOf(text))
                        .run())
    return failed;
  for (std::size_t r = 0; r < states.size(); ++r)
    if (auto failed = networks->bind(0, id)
                          .bind(1, static_cast<std::int64_t>(r))
                          .bind(2, Bytes(states[r]))
                          .bind(3, checksumOf(states[r]))
                          .run())
      return failed;
  return insert({EventKind::Checkpoint, stepsOf(checkpoint.state), sizeInWords(size)}, id);
}

spec::Status Store::insert(const Event& event, std::int64_t checkpoint) {
  auto into = database_->prepare(
      "INSERT INTO events(step, time, replica, kind, text, checkpoint)"
      " VALUES(?, ?, NULLIF(?, -1), ?, ?, NULLIF(?, 0))");
  if (!into) return into.error();
  return into->bind(0, event.step)
      .bind(1, event.time)
      .bind(2, event.replica ? static_cast<std::int64_t>(*event.replica) : -1)
      .bind(3, std::string(nameOf(event.kind)))
      .bind(4, event.text)
      .bind(5, checkpoint)
      .run();
}

spec::Status Store::addEvents(const std::vector<Event>& events) {
  if (events.empty()) return {};
  auto writing = Transaction::begin(*database_);
  if (!writing) return writing.error();
  for (const auto& event : events)
    if (auto failed = insert(event, /*checkpoint=*/0)) return failed;
  return writing->commit();
}

spec::Result<std::vector<std::int64_t>> Store::checkpoints() {
  auto rows = database_->prepare("SELECT id FROM checkpoints ORDER BY id DESC");
  if (!rows) return rows.error();
  std::vector<std::int64_t> ids;
  for (;;) {
    const auto row = rows->next();
    if (!row) return row.error();
    if (!*row) return ids;
    ids.push_back(rows->whole(0));
  }
}

spec::Status Store::thin() {
  auto rows = database_->prepare("SELECT id, steps, bytes FROM checkpoints ORDER BY id DESC");
  if (!rows) return rows.error();
  std::vector<std::int64_t> ids, steps;
  double most = static_cast<double>(older_);
  for (;;) {
    const auto row = rows->next();
    if (!row) return row.error();
    if (!*row) break;
    ids.push_back(rows->whole(0));
    steps.push_back(rows->whole(1));
    most = std::min(most,
                    kOlderBytes / static_cast<double>(std::max<std::int64_t>(rows->whole(2), 1)));
  }
  constexpr std::size_t kNewest = 2;
  while (static_cast<double>(ids.size()) > static_cast<double>(kNewest) + most) {
    const auto goes = static_cast<std::ptrdiff_t>(leastMissed(steps, kNewest));
    if (auto failed = database_->execute("DELETE FROM checkpoints WHERE id = " +
                                         std::to_string(ids[static_cast<std::size_t>(goes)])))
      return failed;
    ids.erase(ids.begin() + goes);
    steps.erase(steps.begin() + goes);
  }
  return {};
}

spec::Status Store::setEnded() {
  return database_->execute("INSERT OR REPLACE INTO about VALUES('ended', '1')");
}

spec::Status Store::addFinal(std::size_t replica, const Course::State& state,
                             const RegimeByStep& regimes) {
  auto finals = database_->prepare("INSERT OR REPLACE INTO finals VALUES(?, ?, ?)");
  if (!finals) return finals.error();
  const auto bytes = run::bytesOf(state, regimes);
  return finals->bind(0, static_cast<std::int64_t>(replica))
      .bind(1, Bytes(bytes))
      .bind(2, checksumOf(bytes))
      .run();
}

}  // namespace dentate::run
