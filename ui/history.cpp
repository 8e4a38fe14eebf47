#include "ui/history.h"

#include <algorithm>
#include <cmath>

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
  return std::sqrt(std::max(0.0F, square_sum) / static_cast<double>(n - 1) / n);
}

void History::take(std::uint64_t run, const std::vector<link::MetricPoint>& points) {
  if (run > run_) begin(run);
  for (const auto& point : points) {
    std::visit(
        [this](const auto& p) {
          if (p.run > run_) begin(p.run);  // the snapshot of a new run may come after its points
          if (p.run == run_) takePoint(p);
        },
        point);
  }
  if (!points.empty()) countComplete();
}

void History::begin(std::uint64_t run) {
  *this = History();
  run_ = run;
}

namespace {

template <class Values>
void addAll(std::vector<std::vector<Moments>>& curves, std::size_t position, const Values& values) {
  if (curves.size() < values.size()) curves.resize(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (curves[i].size() <= position) curves[i].resize(position + 1);
    curves[i][position].add(values[i]);
  }
}

}  // namespace

void History::takePoint(const link::StepPoint& point) {
  replicas_ = std::max(replicas_, point.replica + 1);
  if (point.step < 0 || point.step % stride_ != 0) return;
  const auto position = static_cast<std::size_t>(point.step / stride_);
  if (seen_.size() <= position) seen_.resize(position + 1);
  ++seen_[position];
  addAll(alpha_, position, point.alpha);
  addAll(m_, position, point.m);
  if (point.step > 0) {  // nothing was processed before the first meta-step
    addAll(active_, position, point.active_fraction);
    addAll(loss_, position, std::vector<double>{point.meta_loss});
  }
  if (seen_.size() > kMostPositions) thin();
}

void History::thin() {
  const auto halve = [](auto& values) {
    for (std::size_t i = 0; 2 * i < values.size(); ++i) values[i] = values[2 * i];
    values.resize((values.size() + 1) / 2);
  };
  halve(seen_);
  for (auto* curves : {&active_, &alpha_, &m_, &loss_})
    for (auto& curve : *curves) halve(curve);
  stride_ *= 2;
}

void History::countComplete() {
  const auto all = static_cast<std::uint32_t>(replicas_);
  complete_ = seen_.size();
  while (complete_ > 0 && seen_[complete_ - 1] < all) --complete_;
}

void History::takePoint(const link::AccuracyPoint& point) {
  if (point.after_task < 0 || point.task < 0) return;
  const auto after = static_cast<std::size_t>(point.after_task);
  const auto task = static_cast<std::size_t>(point.task);
  replicas_ = std::max(replicas_, point.replica + 1);
  if (rows_.size() <= after) rows_.resize(after + 1);
  if (rows_[after].size() <= task) rows_[after].resize(task + 1);
  Entry& entry = rows_[after][task];
  const auto put = [&](double value, Moments& all, std::vector<float>& each) {
    if (value < 0) return;
    all.add(value);
    if (each.size() <= point.replica) each.resize(point.replica + 1, -1.0F);
    each[point.replica] = static_cast<float>(value);
  };
  put(point.category, entry.category, entry.by_replica_category);
  put(point.item, entry.item, entry.by_replica_item);
}

void History::takePoint(const link::SummaryPoint& point) {
  summary_.ra.add(point.ra);
  summary_.la.add(point.la);
  summary_.bti.add(point.bti);
}

const History::Entry* History::entry(std::size_t after, std::size_t task) const {
  if (after >= rows_.size() || task >= rows_[after].size()) return nullptr;
  return &rows_[after][task];
}

Moments History::accuracy(std::size_t after, std::size_t task, Head head) const {
  const Entry* found = entry(after, task);
  if (found == nullptr) return {};
  return head == Head::Category ? found->category : found->item;
}

std::optional<double> History::accuracy(std::size_t after, std::size_t task, Head head,
                                        std::size_t replica) const {
  const Entry* found = entry(after, task);
  if (found == nullptr) return std::nullopt;
  const auto& each = head == Head::Category ? found->by_replica_category : found->by_replica_item;
  if (replica >= each.size() || each[replica] < 0) return std::nullopt;
  return each[replica];
}

std::optional<Summary> History::summary() const {
  if (replicas_ == 0 || summary_.ra.n < replicas_) return std::nullopt;
  return summary_;
}

Summary History::soFar(Head head) const {
  Summary out;
  const std::size_t tasks = rows_.size();
  if (tasks == 0) return out;
  for (std::size_t replica = 0; replica < replicas_; ++replica) {
    double la = 0, ra = 0;
    bool has_la = true, has_ra = true;
    for (std::size_t task = 0; task < tasks; ++task) {
      const auto learned = accuracy(task, task, head, replica);
      const auto kept = accuracy(tasks - 1, task, head, replica);
      has_la = has_la && learned.has_value();
      has_ra = has_ra && kept.has_value();
      la += learned.value_or(0);
      ra += kept.value_or(0);
    }
    const auto n = static_cast<double>(tasks);
    if (has_la) out.la.add(la / n);
    if (has_ra) out.ra.add(ra / n);
    if (has_la && has_ra) out.bti.add((ra - la) / n);
  }
  return out;
}

Trace History::trace(const std::vector<Curve>& curves, std::size_t index) const {
  if (index >= curves.size()) return {};
  return {curves[index].data(), std::min(complete_, curves[index].size()), stride_};
}

}  // namespace dentate::ui
