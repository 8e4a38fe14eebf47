#include "engine/net/cpu_body.h"

#include <algorithm>
#include <array>

#include "engine/net/cpu_samples.h"
#include "engine/net/rate.h"
#include "engine/spec/check.h"

namespace dentate::net {
namespace {

ConstRows constant(MutableRows of) { return {of.first, of.stride}; }

void clear(MutableRows rows, std::int64_t first, std::int64_t end) {
  if (first < end) std::fill(rows.row(first), rows.row(end), 0.0F);
}

// to -= factor dots for the first `steps`, where the row `steps` of `seen` has ones; a few at a time,
// by way of a copy, since a compiler cannot know that the rows do not overlap.
void subtractProducts(float* to, float factor, const float* dots, MutableRows seen,
                      std::int64_t steps) {
  constexpr std::int64_t kPart = 4;
  const float* const ones = seen.row(steps);
  for (std::int64_t first = 0; first < steps; first += kPart) {
    std::array<float, kPart> changed;
    for (std::int64_t i = 0; i < kPart; ++i)
      changed[static_cast<std::size_t>(i)] =
          to[first + i] - factor * ones[first + i] * dots[first + i];
    std::copy(changed.begin(), changed.end(), to + first);
  }
}

}  // namespace

CpuBody::CpuBody(const Plan& plan, const StepShape& largest, const Kernels& kernels)
    : plan_(plan),
      largest_(largest),
      kernels_(kernels),
      layers_(plan, largest, memory_, kernels),
      first_products_(plan.network.paths.size()),
      products_(plan, layers_, memory_, kernels),
      coefficients_(memory_.rows(blocksOf(largest.rows()) * kBlock, largest.steps)),
      seen_(memory_.rows(largest.steps + 1, largest.steps)),
      back_(plan.network.layers.size()),
      labels_(plan.network.layers.size()),
      update_(plan, largest, layers_, memory_, kernels) {
  for (const auto p : plan.graph.outgoing[plan.graph.input])
    first_products_[p] =
        memory_.rows(blocksOf(largest.samples()) * kBlock, layers_.target(p).units);
  for (std::int64_t j = 0; j <= largest.steps; ++j) std::fill_n(seen_.row(j), j, 1.0F);
  network_.weights.resize(first_products_.size());
  network_.rates.resize(first_products_.size());
  measures_.weight_grad_norms.resize(first_products_.size());
  measures_.alpha_grad.resize(first_products_.size());
  measures_.m_grad.resize(labels_.size());
  measures_.active_fraction.resize(labels_.size());
  for (auto& labels : labels_) labels.resize(static_cast<std::size_t>(largest.samples()));
  bool category = false;
  for (std::size_t l = 0; l < labels_.size(); ++l) {
    const auto role = plan.network.layers[l].role;
    if (!spec::isOutput(role) || category) continue;
    leading_ = l;
    category = role == spec::LayerRole::Category;
  }
  CpuBody::setLesions({&lesions_, 1});
}

void CpuBody::setLesions(std::span<const Lesions> of_all) {
  DENTATE_CHECK(of_all.size() == 1);
  lesions_ = of_all.front();
  layers_.setLesions(lesions_);
  update_.setLesions();
  for (std::size_t l = 0; l < back_.size(); ++l) {
    auto& groups = back_[l] = {{}};
    for (const auto p : plan_.graph.outgoing[l])
      if (layers_.copied(p))
        groups.push_back({p});
      else
        groups.front().push_back(p);
  }
}

bool CpuBody::plastic(std::size_t path) const {
  return learns(plan_, lesions_, path) && network_.rates[path] > 0;
}

void CpuBody::begin(ParameterBatch& parameters, std::span<const MetaBatch> samples) {
  DENTATE_CHECK(samples.size() == 1 && parameters.replicas() == 1);
  shape_ = {samples[0].replay, samples[0].batch};
  DENTATE_CHECK(shape_.steps >= 1 && shape_.steps <= largest_.steps &&
                shape_.samples() <= largest_.samples());
  takeParameters(parameters);
  for (std::size_t l = 0; l < labels_.size(); ++l)
    layers_[l].rank = plan_.rank(l, parameters.steps);
  takeInput(samples[0]);
  copyLabels(plan_, samples[0], labels_);
  measures_.loss = measures_.correct = 0;
  std::fill(measures_.m_grad.begin(), measures_.m_grad.end(), 0.0);
}

void CpuBody::takeParameters(ParameterBatch& parameters) {
  for (std::size_t p = 0; p < network_.weights.size(); ++p) {
    auto& w = parameters.weights[p];
    DENTATE_CHECK(w.stride(1) == 1 && w.stride(2) == padded(w.size(1)));
    network_.weights[p] = {w.mutable_data_ptr<float>(), w.stride(2)};
  }
  products_.begin(shape_, network_.weights);
  network_.alpha = parameters.alpha.mutable_data_ptr<float>();
  network_.m = parameters.m.mutable_data_ptr<float>();
  for (std::size_t p = 0; p < network_.rates.size(); ++p)
    network_.rates[p] =
        static_cast<float>(rateOf(plan_.alpha, static_cast<double>(network_.alpha[p])));
}

// The input is the same for all inner steps: normalised, listed and multiplied once a sample.
void CpuBody::takeInput(const MetaBatch& samples) {
  auto& in = layers_[plan_.graph.input];
  const auto blocks = blocksOf(shape_.samples());
  for (std::int64_t s = 0; s < shape_.samples(); ++s)
    kernels_.takeInput({in.sent.row(s), pixelsOf(samples, s, in.units), in.units, in.kept(),
                        plan_.normalise_input});
  clear(in.sent, shape_.samples(), blocks * kBlock);
  layers_.sendInput(shape_);
  for (std::int64_t b = 0; b < blocks; ++b)
    for (const auto p : plan_.graph.outgoing[plan_.graph.input]) {
      if (lesions_.omits(p)) continue;
      const auto& from = layers_.sender(p);
      kernels_.combine(
          {first_products_[p].from(b * kBlock),
           kBlock,
           layers_.target(p).width,
           {constant(from.sent.from(b * kBlock)), constant(network_.weights[p]), from.block(b)},
           {},
           {}});
    }
}

bool CpuBody::fromInput(std::size_t path) const {
  return plan_.graph.source[path] == plan_.graph.input;
}

MutableRows CpuBody::target(std::size_t layer, Rows rows) const {
  const auto& b = layers_[layer];
  const bool output = spec::isOutput(plan_.network.layers[layer].role);
  if (rows.meta()) return output ? b.delta : b.sent;
  return (output ? b.past_delta : b.past_sent).from(rows.step);
}

void CpuBody::netInput(std::size_t layer, Rows rows) {
  const auto& incoming = plan_.graph.incoming[layer];
  const auto to = target(layer, rows);
  auto past = history(incoming, /*forward=*/true, rows);
  bool add = false;
  for (const auto p : incoming)
    if (fromInput(p) && !lesions_.omits(p)) {
      takeProduct(p, rows, to, past);
      past = {};
      add = true;
    }
  for (const auto p : incoming) {
    if (lesions_.omits(p) || fromInput(p)) continue;
    products_.forward(p, rows, to, add, past);
    past = {};
    add = true;
  }
  if (!add) clear(to, 0, rows.meta() ? rowCount() : 1);
  if (plan_.network.layers[layer].role == spec::LayerRole::Bias)
    for (std::int64_t row = 0; row < (rows.meta() ? shape_.rows() : 1); ++row) *to.row(row) = 1;
}

// to = past + W x^, which is the same for all rows of a sample.
void CpuBody::takeProduct(std::size_t path, Rows rows, MutableRows to, const Listed& past) const {
  Combine sum;
  sum.columns = layers_.target(path).width;
  sum.past = past;
  const auto of_sample = [&](std::int64_t row, std::int64_t count, std::int64_t sample) {
    sum.to = to.from(row);
    sum.rows = count;
    if (past.list.count > 0) sum.past.coefficients = past.coefficients.from(row);
    sum.onto = {first_products_[path].row(sample), 0};
    kernels_.combine(sum);
  };
  if (!rows.meta()) return of_sample(0, 1, shape_.replay + rows.step);
  const auto count = shape_.steps % kBlock == 0 ? kBlock : 1;  // rows of one sample
  for (std::int64_t row = 0; row < shape_.rows(); row += count)
    of_sample(row, count, row / shape_.steps);
  clear(to, shape_.rows(), rowCount());
}

Listed CpuBody::history(const Paths& paths, bool forward, Rows rows) {
  const bool any = std::any_of(paths.begin(), paths.end(), [&](auto p) { return plastic(p); });
  const auto steps = !any ? 0 : rows.meta() ? shape_.steps : rows.step;
  if (steps == 0) return {};
  fillCoefficients(paths, forward, rows);
  const auto& at = forward ? layers_.target(paths.front()) : layers_.sender(paths.front());
  return {
      constant(coefficients_), constant(forward ? at.past_delta : at.past_sent), {nullptr, steps}};
}

void CpuBody::fillCoefficients(const Paths& paths, bool forward, Rows rows) {
  clear(coefficients_, 0, rows.meta() ? rowCount() : 1);
  for (const auto p : paths) {
    if (!plastic(p)) continue;
    const auto& layer = forward ? layers_.sender(p) : layers_.target(p);
    const auto subtract = [&](std::int64_t row, const float* dots, std::int64_t steps) {
      subtractProducts(coefficients_.row(row), network_.rates[p], dots, seen_, steps);
    };
    if (!rows.meta()) {
      const auto& of_steps = forward ? layer.step_sent : layer.step_delta;
      subtract(
          0, layer.input ? layer.sent_dots.row(shape_.replay + rows.step) : of_steps.row(rows.step),
          rows.step);
      continue;
    }
    const auto& dots = forward ? layer.sent_dots : layer.delta_dots;
    for (std::int64_t s = 0, row = 0; s < shape_.samples(); ++s)
      for (std::int64_t j = 0; j < shape_.steps; ++j, ++row)
        subtract(row, dots.row(layer.input ? s : row), j + 1);
  }
}

void CpuBody::rectify(std::size_t layer, Rows rows) {
  auto& b = layers_[layer];
  if (rows.meta()) return rectifyMeta(layer);
  const auto j = rows.step;
  Rectify one{b.past_sent.from(j),
              1,
              b.units,
              b.rank,
              network_.m[layer],
              b.kept(),
              &b.step_rectified[static_cast<std::size_t>(j)]};
  findThresholds(plan_.inhibition[layer], one);
  kernels_.rectify(one);
  layers_.sendStep(layer, j);
}

void CpuBody::rectifyMeta(std::size_t layer) {
  auto& b = layers_[layer];
  for (std::int64_t block = 0; block < blocksOf(shape_.rows()); ++block) {
    const auto first = block * kBlock;
    const auto rows = b.sent.from(first);
    Rectify some{
        rows, kBlock, b.units, b.rank, network_.m[layer], b.kept(), b.rectified.data() + first};
    findThresholds(plan_.inhibition[layer], some);
    kernels_.rectify(some);
    layers_.sendBlock(layer, block, shape_.steps);
  }
  if (plan_.network.layers[layer].role == spec::LayerRole::Hidden)
    measures_.active_fraction[layer] = static_cast<float>(shareActive(b, shape_));
}

void CpuBody::loss(std::size_t layer, Rows rows) {
  if (rows.meta()) return lossMeta(layer);
  const auto& b = layers_[layer];
  const float whole = 1;
  Delta ignored;
  kernels_.lossDelta({b.past_delta.from(rows.step), 1, b.units,
                      &labels_[layer][static_cast<std::size_t>(shape_.replay + rows.step)], &whole,
                      &ignored});
  deltaDots(layer, rows);
}

void CpuBody::lossMeta(std::size_t layer) {
  auto& b = layers_[layer];
  if (layer == leading_) measures_.correct = shareCorrect(b, labels_[layer], shape_);
  double total = 0;
  b.delta_sizes = 0;
  for (std::int64_t first = 0; first < shape_.rows(); first += kBlock) {
    std::array<std::int32_t, kBlock> labels{};
    std::array<float, kBlock> scales{};  // 0 behind the last row
    std::array<Delta, kBlock> results;
    const auto count = std::min(kBlock, shape_.rows() - first);
    for (std::int64_t r = 0; r < count; ++r) {
      const auto sample = static_cast<std::size_t>((first + r) / shape_.steps);
      labels[static_cast<std::size_t>(r)] = labels_[layer][sample];
      scales[static_cast<std::size_t>(r)] = 1.0F / static_cast<float>(shape_.rows());
    }
    kernels_.lossDelta(
        {b.delta.from(first), kBlock, b.units, labels.data(), scales.data(), results.data()});
    for (std::int64_t r = 0; r < count; ++r) {
      total += static_cast<double>(results[static_cast<std::size_t>(r)].total);
      b.delta_sizes += static_cast<double>(results[static_cast<std::size_t>(r)].size);
    }
  }
  measures_.loss += total / static_cast<double>(shape_.rows());
  deltaDots(layer, {});
}

void CpuBody::deltaDots(std::size_t layer, Rows rows) {
  auto& b = layers_[layer];
  const auto past = constant(b.past_delta);
  if (!rows.meta()) {
    kernels_.project({b.step_delta.from(rows.step),
                      1,
                      b.width,
                      constant(b.past_delta.from(rows.step)),
                      past,
                      {nullptr, rows.step},
                      false});
    return;
  }
  for (std::int64_t row = 0; row < shape_.rows(); row += kBlock)
    kernels_.project({b.delta_dots.from(row),
                      kBlock,
                      b.width,
                      constant(b.delta.from(row)),
                      past,
                      {nullptr, shape_.steps},
                      false});
}

// Only where a unit is active: elsewhere d is 0, whatever dCE/da is.
void CpuBody::backward(std::size_t layer, Rows rows) {
  const auto& b = layers_[layer];
  const auto to = rows.meta() ? b.delta : b.past_delta.from(rows.step);
  const auto count = rows.meta() ? rowCount() : 1;
  bool add = false;
  for (const auto& paths : back_[layer]) {
    auto past = history(paths, /*forward=*/false, rows);
    for (const auto p : paths) {
      if (lesions_.omits(p)) continue;
      const bool copied = layers_.copied(p);
      if (!add && copied) clear(to, 0, count);
      add = add || copied;
      products_.backward(p, rows, to, add, past);
      past = {};
      add = true;
    }
  }
  if (!add) clear(to, 0, count);
}

void CpuBody::unrectify(std::size_t layer, Rows rows) {
  auto& b = layers_[layer];
  if (!rows.meta()) {
    Delta ignored;
    kernels_.unrectify({b.past_delta.from(rows.step), constant(b.past_sent.from(rows.step)), 1,
                        b.width, &b.step_rectified[static_cast<std::size_t>(rows.step)], &ignored});
    return deltaDots(layer, rows);
  }
  double m_grad = 0;
  b.delta_sizes = 0;
  for (std::int64_t first = 0; first < shape_.rows(); first += kBlock) {
    std::array<Delta, kBlock> results;
    const Rectified* const was = b.rectified.data() + first;
    kernels_.unrectify(
        {b.delta.from(first), constant(b.sent.from(first)), kBlock, b.width, was, results.data()});
    for (std::int64_t r = 0; r < kBlock; ++r) {  // rows behind the last are zeros
      const auto& d = results[static_cast<std::size_t>(r)];
      m_grad -= static_cast<double>(was[r].inhibiting * d.total);
      b.delta_sizes += static_cast<double>(d.size);
    }
  }
  measures_.m_grad[layer] = plan_.learns_m[layer] != 0 && b.rank > 0 ? m_grad : 0;
  deltaDots(layer, rows);
}

void CpuBody::update(const Descent& descent) {
  update_.apply(shape_, descent, lesions_, network_, measures_);
}

double CpuBody::workShare() const {
  Work all;
  for (std::size_t p = 0; p < network_.weights.size(); ++p) {
    const auto of = products_.work(p);
    all.dense += of.dense;
    if (!lesions_.omits(p)) all.done += of.done;
  }
  return all.dense > 0 ? all.done / all.dense : 1;
}

void CpuBody::report(std::span<Measured> replicas) {
  auto& to = replicas[0];
  to.loss = measures_.loss;
  to.correct = measures_.correct;
  to.work = workShare();
  std::copy(measures_.weight_grad_norms.begin(), measures_.weight_grad_norms.end(),
            to.weight_grad_norms.begin());
  std::copy(measures_.alpha_grad.begin(), measures_.alpha_grad.end(), to.alpha_grad.begin());
  std::copy(measures_.m_grad.begin(), measures_.m_grad.end(), to.m_grad.begin());
  std::copy(measures_.active_fraction.begin(), measures_.active_fraction.end(),
            to.active_fraction.begin());
  std::copy_n(network_.alpha, to.alpha.size(), to.alpha.begin());
  std::copy_n(network_.m, to.m.size(), to.m.begin());
}

}  // namespace dentate::net
