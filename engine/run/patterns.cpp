#include "engine/run/patterns.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace dentate::run {
namespace {

using link::SimilarityRequest;
using link::SimilarityRow;
using Level = SimilarityRequest::Level;

constexpr std::int64_t kImagesATask = 50;          // of its mean pattern
constexpr std::int64_t kImagesOfCategories = 500;  // in one task

std::vector<std::int64_t> tasksOf(const SimilarityRequest& request, std::int64_t tasks) {
  const bool one =
      request.level == Level::Items || (request.level == Level::Categories && request.task >= 0);
  if (one) return {std::clamp<std::int64_t>(request.task, 0, tasks - 1)};
  const auto shown = std::min(tasks, SimilarityRequest::kMostTasks);
  std::vector<std::int64_t> out;
  for (std::int64_t i = 0; i < shown; ++i) out.push_back(i * tasks / shown);
  return out;
}

std::int64_t imagesATask(Level level, std::int64_t tasks) {
  switch (level) {
    case Level::Tasks:
      return kImagesATask;
    case Level::Categories:
      return std::min(kImagesOfCategories, SimilarityRequest::kMostImages / tasks);
    case Level::Items:
      return SimilarityRequest::kMostItems;
  }
  return 0;
}

// The place of every image when they are sorted by category.
std::vector<std::int32_t> placesByCategory(std::span<const std::int32_t> category) {
  std::vector<std::size_t> order(category.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return category[a] < category[b]; });
  std::vector<std::int32_t> place(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = static_cast<std::int32_t>(i);
  return place;
}

class Planner {
 public:
  Planner(const Setting& setting, const SimilarityRequest& request)
      : setting_(setting), level_(request.level) {
    tasks_ = tasksOf(request, setting.spec.stream.tasks);
    a_task_ = std::min(imagesATask(level_, static_cast<std::int64_t>(tasks_.size())),
                       testSamples(setting.spec));
    const auto classes = static_cast<std::size_t>(setting.stream->categories);
    rows_.resize(level_ == Level::Tasks        ? tasks_.size()
                 : level_ == Level::Categories ? classes
                                               : static_cast<std::size_t>(a_task_));
  }

  PatternPlan plan(const Replica& replica) {
    for (std::size_t t = 0; t < tasks_.size(); ++t) {
      const auto shown = replica.images({tasks_[t], 0, a_task_}, bench_);
      std::vector<std::int32_t> row;
      if (level_ == Level::Tasks) row.assign(shown.category.size(), static_cast<std::int32_t>(t));
      if (level_ == Level::Categories) row.assign(shown.category.begin(), shown.category.end());
      if (level_ == Level::Items) row = placesByCategory(shown.category);
      describe(tasks_[t], shown, row);
      for (std::int64_t i = 0; i < a_task_; i += net::RowForward::kRows) {
        const auto first = static_cast<std::size_t>(i);
        const auto count = static_cast<std::size_t>(std::min(net::RowForward::kRows, a_task_ - i));
        const auto size = shown.pixels.size() / static_cast<std::size_t>(shown.count);
        const auto pixels = shown.pixels.subspan(first * size, count * size);
        const auto rows = std::span(row).subspan(first, count);
        out_.chunks.push_back({{pixels.begin(), pixels.end()}, {rows.begin(), rows.end()}});
      }
    }
    out_.rows = std::make_shared<const std::vector<SimilarityRow>>(std::move(rows_));
    return std::move(out_);
  }

 private:
  void describe(std::int64_t task, const measure::Images& shown,
                const std::vector<std::int32_t>& row_of) {
    const auto size = shown.pixels.size() / static_cast<std::size_t>(shown.count);
    for (std::size_t i = 0; i < row_of.size(); ++i) {
      auto& row = rows_[static_cast<std::size_t>(row_of[i])];
      if (row.images++ > 0) continue;
      const auto first = shown.pixels.subspan(i * size, size);
      row.pixels.assign(first.begin(), first.end());
      if (level_ != Level::Categories || tasks_.size() == 1) {
        row.task = task;
        row.transform = setting_.stream->tasks[static_cast<std::size_t>(task)].transform_name;
      }
      if (level_ != Level::Tasks) row.category = shown.category[i];
      if (level_ == Level::Items && !shown.item.empty()) row.item = shown.item[i];
    }
  }

  const Setting& setting_;
  Level level_;
  std::vector<std::int64_t> tasks_;
  std::int64_t a_task_ = 0;
  std::vector<SimilarityRow> rows_;
  PatternPlan out_;
  TestBench bench_;
};

}  // namespace

PatternPlan planPatterns(const Setting& setting, const Replica& replica,
                         const SimilarityRequest& request) {
  return Planner(setting, request).plan(replica);
}

void PatternSums::begin(const net::Plan& net_plan, const PatternPlan& plan) {
  if (net_plan_ != &net_plan) forward_.emplace(net_plan);
  net_plan_ = &net_plan;
  plan_ = &plan;
}

void PatternSums::take(const net::Parameters& parameters, const net::Lesions& lesions) {
  parameters_ = parameters;  // shares the numbers, and keeps them in memory
  // What the outputs say is not asked for.
  net::Lesions without{{}, std::vector<std::uint8_t>(net_plan_->network.paths.size()), {}};
  for (std::size_t p = 0; p < without.paths.size(); ++p) {
    const auto target = net_plan_->graph.target[p];
    without.paths[p] = spec::isOutput(net_plan_->network.layers[target].role) ? 1 : 0;
  }
  forward_->begin(parameters_, net::joined(lesions, without));
  next_ = 0;
  const auto& layers = net_plan_->network.layers;
  sum_.resize(layers.size());
  for (std::size_t l = 0; l < layers.size(); ++l)
    if (layers[l].role == spec::LayerRole::Hidden)
      sum_[l].assign(plan_->rows->size() * static_cast<std::size_t>(layers[l].units), 0);
}

void PatternSums::addChunk() {
  const auto& chunk = plan_->chunks[next_++];
  const auto count = static_cast<std::int64_t>(chunk.row.size());
  const auto size = chunk.pixels.size() / chunk.row.size();
  for (std::size_t i = 0; i < chunk.row.size(); ++i)
    data::toUnit(std::span(chunk.pixels).subspan(i * size, size),
                 forward_->input(static_cast<std::int64_t>(i)));
  forward_->run(count);
  for (std::size_t l = 0; l < sum_.size(); ++l) {
    if (sum_[l].empty()) continue;
    const auto units = static_cast<std::size_t>(net_plan_->network.layers[l].units);
    for (std::int64_t i = 0; i < count; ++i) {
      const auto sent = forward_->values(l, i);
      const float length = forward_->length(l, i);
      const auto row = static_cast<std::size_t>(chunk.row[static_cast<std::size_t>(i)]);
      float* const to = sum_[l].data() + row * units;
      for (std::size_t u = 0; u < units; ++u) to[u] += length * sent[u];
    }
  }
}

measure::Matrix PatternSums::means(std::size_t layer) const {
  const auto units = static_cast<std::size_t>(net_plan_->network.layers[layer].units);
  measure::Matrix out{plan_->rows->size(), units, sum_[layer]};
  for (std::size_t r = 0; r < out.rows; ++r) {
    const auto images = (*plan_->rows)[r].images;
    const float share =
        images > 0 ? 1.0F / static_cast<float>(images) : std::numeric_limits<float>::quiet_NaN();
    for (std::size_t u = 0; u < units; ++u) out.at(r, u) *= share;
  }
  return out;
}

}  // namespace dentate::run
