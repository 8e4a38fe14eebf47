#include <cstring>
#include <utility>

#include "engine/run/checksum.h"
#include "engine/run/state_bytes.h"
#include "engine/run/store.h"
#include "engine/spec/replicas.h"

namespace dentate::run {
namespace {

using spec::Error;

std::vector<float> floatsOf(std::span<const std::uint8_t> bytes) {
  std::vector<float> values(bytes.size() / sizeof(float));
  if (!values.empty()) std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
  return values;
}

bool within(std::int64_t value, std::int64_t end) { return value >= 0 && value < end; }

bool isReplica(std::size_t replica, const spec::ExperimentSpec& spec) {
  return replica < static_cast<std::size_t>(spec::replicaCount(spec));
}

bool fits(const link::StepPoint& p, const spec::ExperimentSpec& spec) {
  const auto layers = spec.network.layers.size();
  return isReplica(p.replica, spec) && within(p.step, spec::totalSteps(spec) + 1) &&
         within(p.task, spec.stream.tasks) && p.active_fraction.size() == layers &&
         p.m.size() == layers && p.alpha.size() == spec.network.paths.size();
}

bool fits(const link::AccuracyPoint& p, const spec::ExperimentSpec& spec) {
  return isReplica(p.replica, spec) && within(p.step, spec::totalSteps(spec) + 1) &&
         within(p.task, spec.stream.tasks) && within(p.after_task, spec.stream.tasks);
}

bool fits(const link::SparsityPoint& p, const spec::ExperimentSpec& spec) {
  const auto layers = spec.network.layers.size(), paths = spec.network.paths.size();
  return isReplica(p.replica, spec) && within(p.step, spec::totalSteps(spec) + 1) &&
         within(p.after_task, spec.stream.tasks) && p.dead.size() == layers &&
         p.variance.size() == layers && p.hoyer.size() == paths && p.near_zero.size() == paths;
}

}  // namespace

spec::Result<bool> Store::ended() {
  auto about = database_->prepare("SELECT 1 FROM about WHERE name = 'ended'");
  if (!about) return about.error();
  return about->next();
}

spec::Result<bool> Store::hasCheckpoint() {
  const auto ids = checkpoints();
  if (!ids) return ids.error();
  return !ids->empty();
}

spec::Result<Store::Found> Store::goOn(const MakeSetting& make) {
  const auto ids = checkpoints();
  if (!ids) return ids.error();
  spec::Status why = damaged("holds no checkpoint to go on from");
  for (const auto id : *ids) {
    auto found = read(id, make);
    if (!found) {
      if (found.error().kind != Error::Kind::Io) return found;  // the data or the memory
      if (id == ids->front()) why = found.error();
      continue;
    }
    if (id != ids->front())
      found->notice =
          "the newest checkpoint is damaged; it goes on from the one before, at "
          "meta-step " +
          std::to_string(found->checkpoint.state.done.steps) + " of all networks";
    if (auto failed = takeOutAfter(found->checkpoint.state)) return *failed;
    return found;
  }
  return *why;
}

spec::Result<Store::Found> Store::read(std::int64_t id, const MakeSetting& make) {
  auto row = database_->prepare("SELECT state, crc FROM checkpoints WHERE id = ?");
  if (!row) return row.error();
  const auto there = row->bind(0, id).next();
  if (!there) return there.error();
  const auto text = row->text(0);
  if (!*there || checksumOf(text) != row->whole(1)) return damaged("a checkpoint is damaged");
  auto checkpoint = checkpointOf(text);
  if (!checkpoint) return damaged(checkpoint.error().what);
  auto setting = make(checkpoint->spec);
  if (!setting) return setting.error();
  Found found{*std::move(checkpoint), *std::move(setting), ""};
  if (auto failed = readNetworks(id, found)) return *failed;
  return found;
}

spec::Status Store::readNetworks(std::int64_t id, Found& to) {
  auto rows = database_->prepare(
      "SELECT replica, state, crc FROM networks WHERE checkpoint = ? ORDER BY replica");
  if (!rows) return rows.error();
  rows->bind(0, id);
  auto& state = to.checkpoint.state;
  for (;;) {
    const auto row = rows->next();
    if (!row) return row.error();
    if (!*row) break;
    const auto replica = static_cast<std::size_t>(rows->whole(0));
    if (replica != state.courses.size() || replica >= to.setting->replicas() ||
        checksumOf(rows->bytes(1)) != rows->whole(2))
      return damaged("a network of a checkpoint is damaged");
    auto course = courseOf(rows->bytes(1), *to.setting, replica, state.regimes);
    if (!course) return damaged(course.error().text());
    state.courses.push_back(*std::move(course));
  }
  if (state.courses.size() != to.setting->replicas())
    return damaged("networks of a checkpoint are missing");
  return {};
}

spec::Status Store::takeOutAfter(const Experiment::State& state) {
  auto writing = Transaction::begin(*database_);
  if (!writing) return writing.error();
  auto steps = database_->prepare("DELETE FROM steps WHERE replica = ? AND step > ?");
  if (!steps) return steps.error();
  auto accuracy = database_->prepare("DELETE FROM accuracy WHERE replica = ? AND step > ?");
  if (!accuracy) return accuracy.error();
  auto sparsity = database_->prepare("DELETE FROM sparsity WHERE replica = ? AND step > ?");
  if (!sparsity) return sparsity.error();
  for (std::size_t r = 0; r < state.courses.size(); ++r) {
    const auto& course = state.courses[r];
    if (course.closed) continue;
    const auto replica = static_cast<std::int64_t>(r);
    const auto done = course.replica ? course.replica->step : -1;
    if (auto failed = steps->bind(0, replica).bind(1, done).run()) return failed;
    const auto tested = course.tests.empty() ? done : done - 1;
    if (auto failed = accuracy->bind(0, replica).bind(1, tested).run()) return failed;
    if (auto failed = sparsity->bind(0, replica).bind(1, tested).run()) return failed;
  }
  return writing->commit();
}

spec::Result<std::vector<link::MetricPoint>> Store::points() {
  std::vector<link::MetricPoint> points;
  auto steps = database_->prepare(
      "SELECT replica, step, task, meta_loss, work, active_fraction, alpha, m FROM steps");
  if (!steps) return steps.error();
  for (;;) {
    const auto row = steps->next();
    if (!row) return row.error();
    if (!*row) break;
    link::StepPoint p{0,
                      static_cast<std::size_t>(steps->whole(0)),
                      steps->whole(1),
                      steps->whole(2),
                      steps->real(3),
                      steps->real(4),
                      floatsOf(steps->bytes(5)),
                      floatsOf(steps->bytes(6)),
                      floatsOf(steps->bytes(7))};
    if (!fits(p, experiment_)) return damaged("a meta-step of another experiment is in it");
    points.emplace_back(std::move(p));
  }
  auto tests = database_->prepare(
      "SELECT replica, step, after_task, task, category, item, IFNULL(item_in_memory, -1),"
      " IFNULL(item_outside, -1), IFNULL(in_memory, 0), IFNULL(outside, 0)"
      " FROM accuracy LEFT JOIN items USING(replica, after_task, task)");
  if (!tests) return tests.error();
  for (;;) {
    const auto row = tests->next();
    if (!row) return row.error();
    if (!*row) break;
    const link::AccuracyPoint p{0,
                                static_cast<std::size_t>(tests->whole(0)),
                                tests->whole(1),
                                tests->whole(2),
                                tests->whole(3),
                                tests->real(4),
                                tests->real(5),
                                tests->real(6),
                                tests->real(7),
                                tests->whole(8),
                                tests->whole(9)};
    if (!fits(p, experiment_)) return damaged("a test of another experiment is in it");
    points.emplace_back(p);
  }
  if (auto failed = addSparsity(points)) return *failed;
  return points;
}

spec::Status Store::addSparsity(std::vector<link::MetricPoint>& to) {
  auto rows = database_->prepare(
      "SELECT replica, step, after_task, dead, variance, hoyer, near_zero FROM sparsity");
  if (!rows) return rows.error();
  for (;;) {
    const auto row = rows->next();
    if (!row) return row.error();
    if (!*row) return {};
    link::SparsityPoint p{0,
                          static_cast<std::size_t>(rows->whole(0)),
                          rows->whole(1),
                          rows->whole(2),
                          floatsOf(rows->bytes(3)),
                          floatsOf(rows->bytes(4)),
                          floatsOf(rows->bytes(5)),
                          floatsOf(rows->bytes(6))};
    if (!fits(p, experiment_)) return damaged("a sparsity of another experiment is in it");
    to.emplace_back(std::move(p));
  }
}

spec::Result<std::int64_t> Store::steps() {
  auto most = database_->prepare("SELECT IFNULL(MAX(step), 0) FROM steps");
  if (!most) return most.error();
  const auto row = most->next();
  if (!row) return row.error();
  return most->whole(0);
}

spec::Result<std::vector<Event>> Store::events() {
  std::vector<Event> out;
  auto rows = database_->prepare(
      "SELECT kind, step, text, IFNULL(replica, -1), time FROM events ORDER BY id");
  if (!rows) return rows.error();
  for (;;) {
    const auto row = rows->next();
    if (!row) return row.error();
    if (!*row) return out;
    const auto kind = link::eventNamed(rows->text(0));
    if (!kind) continue;
    const auto replica = rows->whole(3);
    out.push_back({*kind, rows->whole(1), rows->text(2),
                   replica < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(replica)),
                   rows->whole(4)});
  }
}

spec::Result<Course::State> Store::finalOf(std::size_t replica, const Setting& setting,
                                           const RegimeByStep& regimes) {
  auto row = database_->prepare("SELECT state, crc FROM finals WHERE replica = ?");
  if (!row) return row.error();
  const auto there = row->bind(0, static_cast<std::int64_t>(replica)).next();
  if (!there) return there.error();
  if (!*there || checksumOf(row->bytes(0)) != row->whole(1))
    return damaged("the last state of a network is missing or damaged");
  return courseOf(row->bytes(0), setting, replica, regimes);
}

}  // namespace dentate::run
