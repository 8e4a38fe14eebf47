#include "ui/history.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace dentate::ui {

void Moments::add(double value) {
  ++n;
  const double delta = value - mean;
  const double next = mean + delta / n;
  square_sum = static_cast<float>(square_sum + delta * (value - next));
  mean = static_cast<float>(next);
}

double Moments::sem() const {
  if (n < 2) return 0;
  const double pairs = static_cast<double>(n) * (n - 1);
  const double sem = std::sqrt(std::max(0.0F, square_sum) / pairs);
  return sem < 1e-6 * std::abs(mean) ? 0 : sem;  // what rounding to float leaves is no spread
}

Moments difference(const Moments& a, const Moments& b) {
  Moments out;
  out.n = std::min(a.n, b.n);
  out.mean = a.mean - b.mean;
  if (a.n == b.n && a.mean == b.mean && a.square_sum == b.square_sum) return out;
  const double sem = std::hypot(a.sem(), b.sem());
  const double pairs = static_cast<double>(out.n) * (out.n > 0 ? out.n - 1 : 0);
  out.square_sum = static_cast<float>(sem * sem * pairs);
  return out;
}

Trace difference(const Trace& a, const Trace& b) {
  Trace out = a;
  if (b.empty()) return {};
  out.less = b.data;
  out.less_each = a.pace() / b.pace();
  const auto reach = std::floor((static_cast<double>(b.size) - 0.5) / out.less_each - 1e-9);
  out.size = std::min(a.size, static_cast<std::size_t>(std::max(0.0, reach + 1)));
  return out;
}

std::optional<std::size_t> Trace::nearest(double step) const {
  if (places != nullptr) {
    if (empty()) return std::nullopt;
    const auto after =
        static_cast<std::size_t>(std::lower_bound(places, places + size, step) - places);
    if (after == 0) return 0;
    const bool before = after == size || step - places[after - 1] < places[after] - step;
    return before ? after - 1 : after;
  }
  const double at = std::round(step / pace());
  if (at < 0 || at >= static_cast<double>(size)) return std::nullopt;
  return static_cast<std::size_t>(at);
}

void History::take(std::uint64_t run, std::vector<link::MetricPoint> points, std::size_t seeds) {
  if (run > run_) {
    begin(run, seeds);
    auto waiting = std::exchange(early_, {});
    take(run, std::move(waiting), seeds);
  }
  for (auto& point : points) {
    const auto its_run = std::visit([](const auto& p) { return p.run; }, point);
    if (its_run > run_) early_.push_back(std::move(point));
    if (its_run != run_) continue;
    std::visit([this](const auto& p) { takePoint(p); }, point);
  }
  if (!points.empty()) countComplete();
  sumAccuracies();
}

void History::begin(std::uint64_t run, std::size_t seeds) {
  auto waiting = std::move(early_);
  *this = History();
  early_ = std::move(waiting);
  run_ = run;
  seeds_ = std::max<std::size_t>(seeds, 1);
}

History::Group& History::groupOf(std::size_t replica) {
  const std::size_t group = replica / seeds_;
  if (groups_.size() <= group) groups_.resize(group + 1);
  if (replica >= replicas_) {
    replicas_ = replica + 1;
    groups_[group].complete = 0;  // the new one has still to come so far
  }
  return groups_[group];
}

std::size_t History::firstOf(std::size_t group) const {
  return seeds_ == kOneGroup ? 0 : std::min(group * seeds_, replicas_);
}

std::size_t History::endOf(std::size_t group) const {
  return seeds_ == kOneGroup ? replicas_ : std::min((group + 1) * seeds_, replicas_);
}

std::size_t History::replicasOf(std::size_t group) const { return endOf(group) - firstOf(group); }

std::size_t History::positions(std::size_t group) const {
  return group < groups_.size() ? groups_[group].complete : 0;
}

std::size_t History::mostPositions() const {
  const std::size_t room = kMostMoments / std::max<std::size_t>(1, groups_.size() * width_);
  return std::clamp<std::size_t>(room, 256, kMostPositions);
}

void History::takePoint(const link::StepPoint& point) {
  Group& group = groupOf(point.replica);
  if (width_ == 0) {
    layers_ = std::max(point.active_fraction.size(), point.m.size());
    paths_ = point.alpha.size();
    width_ = 2 * layers_ + paths_ + 1;
  }
  if (stopped_.size() < replicas_) stopped_.resize(replicas_);
  auto& stopped = stopped_[point.replica];
  stopped.resize(paths_);
  for (std::size_t p = 0; p < std::min(paths_, point.alpha.size()); ++p)
    stopped[p] = point.alpha[p] <= 0;
  if (point.step < 0 || point.step % stride_ != 0) return;
  const auto position = static_cast<std::size_t>(point.step / stride_);
  if (group.seen.size() <= position) {
    group.seen.resize(position + 1);
    group.columns.resize(width_);
    for (auto& column : group.columns) column.resize(position + 1);
  }
  ++group.seen[position];
  const auto at = [&](std::size_t column) -> Moments& { return group.columns[column][position]; };
  if (point.step > 0) {  // nothing was processed before the first meta-step
    for (std::size_t l = 0; l < std::min(layers_, point.active_fraction.size()); ++l)
      at(l).add(point.active_fraction[l]);
    at(width_ - 1).add(point.meta_loss);
  }
  for (std::size_t l = 0; l < std::min(layers_, point.m.size()); ++l)
    at(layers_ + l).add(point.m[l]);
  for (std::size_t p = 0; p < std::min(paths_, point.alpha.size()); ++p)
    at(2 * layers_ + p).add(point.alpha[p]);
  if (group.seen.size() > mostPositions()) thin();
}

void History::thin() {
  for (Group& group : groups_) {
    const std::size_t kept = (group.seen.size() + 1) / 2;
    const auto halve = [kept](auto& values) {
      for (std::size_t i = 0; i < kept; ++i) values[i] = values[2 * i];
      values.resize(kept);
    };
    halve(group.seen);
    for (auto& column : group.columns) halve(column);
    group.complete = 0;
  }
  stride_ *= 2;
}

void History::countComplete() {
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    Group& group = groups_[g];
    const std::size_t all = seeds_ == kOneGroup ? replicas_ : seeds_;
    const auto lost = failedAt(g);
    const auto reach = [&](std::size_t position) {
      const auto step = static_cast<std::int64_t>(position) * stride_;
      const auto gone = static_cast<std::size_t>(
          std::count_if(lost.begin(), lost.end(), [=](std::int64_t at) { return at <= step; }));
      return all - std::min(all, gone);
    };
    while (group.complete < group.seen.size() &&
           group.seen[group.complete] >= reach(group.complete))
      ++group.complete;
  }
}

void History::setFailed(const std::vector<link::FailedNetwork>& failed) {
  if (failed == failed_) return;
  failed_ = failed;
  countComplete();
}

std::vector<std::int64_t> History::failedAt(std::size_t group) const {
  std::vector<std::int64_t> out;
  for (const auto& network : failed_)
    if (network.replica >= firstOf(group) && network.replica < endOf(group))
      out.push_back(network.step);
  return out;
}

void History::takePoint(const link::AccuracyPoint& point) {
  if (point.after_task < 0 || point.task < 0) return;
  const auto after = static_cast<std::size_t>(point.after_task);
  const auto task = static_cast<std::size_t>(point.task);
  groupOf(point.replica);
  if (rows_.size() <= after) rows_.resize(after + 1);
  if (rows_[after].size() <= task) rows_[after].resize(task + 1);
  Entry& entry = rows_[after][task];
  const auto put = [&](double value, std::vector<float>& each) {
    if (value < 0) return;
    if (each.size() <= point.replica) each.resize(std::max(point.replica + 1, replicas_), -1.0F);
    each[point.replica] = static_cast<float>(value);
  };
  put(point.category, entry.share[0]);
  put(point.item, entry.share[1]);
  put(point.item_in_memory, entry.share[2]);
  put(point.item_outside, entry.share[3]);
  if (point.in_memory + point.outside > 0) {
    put(static_cast<double>(point.in_memory), entry.items[0]);
    put(static_cast<double>(point.outside), entry.items[1]);
  }
  new_rows_.insert(after);
}

void History::sumAccuracies() {
  for (const std::size_t after : std::exchange(new_rows_, {}))
    for (std::size_t group = 0; group < groups_.size(); ++group)
      for (const Head head : kHeads) sumAccuracy(after, head, group);
}

void History::add(std::size_t replica, std::size_t after, std::size_t task, Head head,
                  Sum& to) const {
  const auto share = accuracyOf(replica, after, task, head);
  double weight = 1;
  if (head == Head::ItemInMemory || head == Head::ItemOutside) {
    const bool measured = after < rows_.size() && task < rows_[after].size();
    const auto* const items =
        measured ? &rows_[after][task].items[head == Head::ItemOutside ? 1 : 0] : nullptr;
    if (items == nullptr || replica >= items->size() || (*items)[replica] < 0) {
      to.known = false;
      return;
    }
    weight = (*items)[replica];
  } else if (!share) {
    to.known = false;
    return;
  }
  to.right += weight * share.value_or(0);
  to.of += weight;
}

void History::sumAccuracy(std::size_t after, Head head, std::size_t group) {
  double& highest = groups_[group].highest[static_cast<std::size_t>(head)];
  for (std::size_t task = 0; task < rows_[after].size(); ++task)
    highest = std::max<double>(highest, accuracy(after, task, head, group).mean);
  Moments newest, learned;
  for (std::size_t replica = firstOf(group); replica < endOf(group); ++replica) {
    if (const auto last = accuracyOf(replica, after, after, head)) newest.add(*last);
    Sum sum;
    for (std::size_t task = 0; task <= after; ++task) add(replica, after, task, head, sum);
    if (sum.known && sum.of > 0) learned.add(sum.right / sum.of);
  }
  if (newest.n == 0 && learned.n == 0) return;
  auto& curves = groups_[group].accuracies[static_cast<std::size_t>(head)];
  const std::size_t size = std::max(curves.newest.size(), after + 2);
  curves.newest.resize(size);
  curves.learned.resize(size);
  curves.newest[after + 1] = newest;
  curves.learned[after + 1] = learned;
}

void History::takePoint(const link::SummaryPoint& point) {
  Group& group = groupOf(point.replica);
  ++group.summaries;
  if (!std::isnan(point.ra)) group.summary.ra.add(point.ra);
  if (!std::isnan(point.la)) group.summary.la.add(point.la);
  if (!std::isnan(point.bti)) group.summary.bti.add(point.bti);
}

void History::takePoint(const link::SparsityPoint& point) {
  if (point.after_task < 0) return;
  Group& group = groupOf(point.replica);
  const auto after = static_cast<std::size_t>(point.after_task) + 1;
  const auto add = [&](Sparsity which, const std::vector<float>& values) {
    auto& parts = group.sparsities[static_cast<std::size_t>(which)];
    if (parts.size() < values.size()) parts.resize(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (parts[i].size() <= after) parts[i].resize(after + 1);
      if (std::isfinite(values[i])) parts[i][after].add(static_cast<double>(values[i]));
    }
  };
  add(Sparsity::Dead, point.dead);
  add(Sparsity::Variance, point.variance);
  add(Sparsity::Hoyer, point.hoyer);
  add(Sparsity::NearZero, point.near_zero);
}

const std::vector<Moments>& History::sparsity(Sparsity which, std::size_t part,
                                              std::size_t group) const {
  static const std::vector<Moments> kNone;
  if (group >= groups_.size()) return kNone;
  const auto& parts = groups_[group].sparsities[static_cast<std::size_t>(which)];
  return part < parts.size() ? parts[part] : kNone;
}

Moments History::accuracy(std::size_t after, std::size_t task, Head head, std::size_t group) const {
  Moments out;
  for (std::size_t r = firstOf(group); r < endOf(group); ++r)
    if (const auto value = accuracyOf(r, after, task, head)) out.add(*value);
  return out;
}

std::optional<double> History::accuracyOf(std::size_t replica, std::size_t after, std::size_t task,
                                          Head head) const {
  if (after >= rows_.size() || task >= rows_[after].size()) return std::nullopt;
  const Entry& entry = rows_[after][task];
  const auto& each = entry.share[static_cast<std::size_t>(head)];
  if (replica >= each.size() || each[replica] < 0) return std::nullopt;
  return each[replica];
}

const std::vector<Moments>& History::newest(Head head, std::size_t group) const {
  static const std::vector<Moments> kNone;
  if (group >= groups_.size()) return kNone;
  return groups_[group].accuracies[static_cast<std::size_t>(head)].newest;
}

const std::vector<Moments>& History::learned(Head head, std::size_t group) const {
  static const std::vector<Moments> kNone;
  if (group >= groups_.size()) return kNone;
  return groups_[group].accuracies[static_cast<std::size_t>(head)].learned;
}

double History::highest(Head head, std::size_t group) const {
  return group < groups_.size() ? groups_[group].highest[static_cast<std::size_t>(head)] : 0;
}

std::optional<Summary> History::summary(std::size_t group) const {
  if (group >= groups_.size() || replicasOf(group) == 0) return std::nullopt;
  const std::size_t ended = groups_[group].summaries;
  if (ended == 0 || ended + failedAt(group).size() < replicasOf(group)) return std::nullopt;
  return groups_[group].summary;
}

Summary History::soFar(Head head, std::size_t group) const {
  Summary out;
  const std::size_t tasks = rows_.size();
  if (tasks == 0) return out;
  for (std::size_t replica = firstOf(group); replica < endOf(group); ++replica) {
    Sum learned, kept;
    for (std::size_t task = 0; task < tasks; ++task) {
      add(replica, task, task, head, learned);
      add(replica, tasks - 1, task, head, kept);
    }
    const bool has_la = learned.known && learned.of > 0, has_ra = kept.known && kept.of > 0;
    const double la = learned.right / learned.of, ra = kept.right / kept.of;
    if (has_la) out.la.add(la);
    if (has_ra) out.ra.add(ra);
    if (has_la && has_ra) out.bti.add(ra - la);
  }
  return out;
}

Trace History::trace(std::size_t group, std::size_t column, bool known) const {
  if (!known || group >= groups_.size() || groups_[group].columns.empty()) return {};
  const Group& from = groups_[group];
  return {from.columns[column].data(), from.complete, stride_};
}

Trace History::activeFraction(std::size_t layer, std::size_t group) const {
  return trace(group, layer, layer < layers_);
}
Trace History::m(std::size_t layer, std::size_t group) const {
  return trace(group, layers_ + layer, layer < layers_);
}
Trace History::alpha(std::size_t path, std::size_t group) const {
  return trace(group, 2 * layers_ + path, path < paths_);
}
std::size_t History::stopped(std::size_t path, std::size_t group) const {
  std::size_t n = 0;
  for (std::size_t r = firstOf(group); r < std::min(endOf(group), stopped_.size()); ++r)
    if (path < stopped_[r].size() && stopped_[r][path]) ++n;
  return n;
}
Trace History::metaLoss(std::size_t group) const { return trace(group, width_ - 1, width_ > 0); }

}  // namespace dentate::ui
