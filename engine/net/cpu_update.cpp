#include "engine/net/cpu_update.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/net/rate.h"

namespace dentate::net {
namespace {

constexpr double kClipFloor = 1e-6;  // added to a norm before dividing, as torch's clip_grad_norm_

// Costs of the two ways to a norm, in vector operations, roughly. Half of the Gram matrices, at
// two thirds of the speed of a product; a matrix written and read again, slowly where it does not
// stay in the cache.
double gramCost(std::int64_t rows, std::int64_t sources, std::int64_t units) {
  return static_cast<double>(rows) * static_cast<double>(rows * (sources + units)) / 48.0;
}
double keepCost(std::int64_t sources, std::int64_t units) {
  constexpr double kCached = 65'536;  // floats
  const auto floats = static_cast<double>(sources) * static_cast<double>(units);
  return floats * (floats > kCached ? 1.0 : 0.17);
}

// A norm at which clipping begins is rarely reached where a bound is no more than this many times
// it: a bound by the sizes of the rows alone, or one with the norms that are cheap to know.
constexpr double kLikelyByRows = 2.6, kLikely = 1.6;

constexpr double kUnknown = -1;

double clipFactor(double norm, double limit) { return std::min(1.0, limit / (norm + kClipFloor)); }

double normOf(const std::vector<double>& values) {
  double squares = 0;
  for (const double v : values) squares += v * v;
  return std::sqrt(squares);
}

void descend(float* values, const std::vector<double>& gradient, double step_size, double limit) {
  const double factor = step_size * clipFactor(normOf(gradient), limit);
  for (std::size_t i = 0; i < gradient.size(); ++i)
    values[i] -= static_cast<float>(factor * gradient[i]);
}

}  // namespace

CpuUpdate::CpuUpdate(const Plan& plan, const StepShape& largest, Buffers& layers, RowMemory& memory,
                     const Kernels& kernels)
    : plan_(plan),
      largest_(largest),
      layers_(layers),
      memory_(memory),
      kernels_(kernels),
      own_(layers.size()),
      gradients_(plan.network.paths.size()),
      shape_(largest),
      ones_(static_cast<std::size_t>(largest.steps), 1.0F) {
  for (std::size_t p = 0; p < gradients_.size(); ++p) {
    const auto& source = layers.sender(p);
    const auto& target = layers.target(p);
    auto& summed = own_[plan.graph.target[p]].summed;
    const auto rows = blocksOf(rowsOf(p)) * kBlock;
    if (fromInput(p) && summed.first == nullptr) summed = memory.rows(rows, target.units);
    if (gramCost(rows, source.width, target.width) > keepCost(source.width, target.width))
      gradients_[p] = memory.rows(source.units, target.units);
    else
      makeGrams(p);
  }
}

void CpuUpdate::makeGrams(std::size_t path) {
  const auto rows = blocksOf(fromInput(path) ? largest_.samples() : largest_.rows()) * kBlock;
  auto& at_target = own_[plan_.graph.target[path]];
  auto& of_target = fromInput(path) ? at_target.of_summed : at_target.delta;
  for (auto* gram : {&own_[layers_.senderAt(path)].sent, &of_target})
    if (gram->products.first == nullptr) gram->products = memory_.rows(rows, rows);
}

void CpuUpdate::setLesions() {
  own_.resize(layers_.size());
  for (std::size_t p = 0; p < gradients_.size(); ++p)
    if (layers_.copied(p) && !kept(p)) makeGrams(p);
}

bool CpuUpdate::kept(std::size_t path) const { return gradients_[path].first != nullptr; }

bool CpuUpdate::fromInput(std::size_t path) const { return layers_.sender(path).input; }

std::int64_t CpuUpdate::rowsOf(std::size_t path) const {
  return fromInput(path) ? shape_.samples() : shape_.rows();
}

void CpuUpdate::apply(const StepShape& shape, const Descent& descent, const Lesions& lesions,
                      const NetworkMemory& network, StepMeasures& measures) {
  shape_ = shape;
  lesions_ = &lesions;
  for (auto& layer : own_)
    layer.summed_done = layer.marked = layer.sent.done = layer.delta.done = layer.of_summed.done =
        false;
  for (std::size_t p = 0; p < gradients_.size(); ++p) {
    markActive(layers_.senderAt(p));
    measures.alpha_grad[p] = alphaGradient(p, network);
  }
  if (descent.learns_alpha)
    descend(network.alpha, measures.alpha_grad, descent.alpha_lr, descent.clip_norm);
  if (descent.learns_m) descend(network.m, measures.m_grad, descent.m_lr, descent.clip_norm);
  moveAll(descent, network, measures.weight_grad_norms);
}

void CpuUpdate::moveAll(const Descent& descent, const NetworkMemory& network,
                        std::vector<double>& norms) {
  std::fill(norms.begin(), norms.end(), kUnknown);
  // Weights move as if nothing were clipped, and back by what that was too much. By rounding the
  // way back costs as much as the way there, so it should be short.
  bool at_once = boundOfNorm(norms) < kLikelyByRows * descent.clip_norm;
  if (!at_once) {
    for (std::size_t p = 0; p < gradients_.size(); ++p)
      if (knownFirst(p)) norms[p] = gradientNorm(p);
    at_once = boundOfNorm(norms) < kLikely * descent.clip_norm;
  }
  double squares = 0;
  for (std::size_t p = 0; p < gradients_.size(); ++p) {
    const double rate = rateOf(p, descent, network);
    if (lesions_->omits(p)) {
      norms[p] = 0;
    } else if (at_once && rate > 0) {
      norms[p] = move(p, rate, network);
    } else if (norms[p] == kUnknown) {
      norms[p] = gradientNorm(p);
    }
    if (learns(plan_, *lesions_, p)) squares += norms[p] * norms[p];
  }
  const double clip = clipFactor(std::sqrt(squares), descent.clip_norm);
  for (std::size_t p = 0; p < gradients_.size(); ++p) {
    const double rate = rateOf(p, descent, network);
    const double left = at_once ? rate * (clip - 1) : rate * clip;
    if (lesions_->omits(p) || left == 0) continue;
    if (kept(p) && !at_once) {
      moveKept(p, left, network);
    } else {
      (void)move(p, left, network);
    }
  }
}

// Whether the norm is cheap: a row a sample makes small Gram matrices.
bool CpuUpdate::knownFirst(std::size_t path) const {
  return fromInput(path) && !kept(path) && !lesions_->omits(path);
}

// Of all gradients that move weights together, by |sum d h^T| <= sum |d| |h| and |h| <= 1 where the
// norm is not known.
double CpuUpdate::boundOfNorm(const std::vector<double>& norms) const {
  double squares = 0;
  for (std::size_t p = 0; p < gradients_.size(); ++p) {
    if (!learns(plan_, *lesions_, p)) continue;
    const bool known = norms[p] != kUnknown;
    if (fromInput(p) && !known && !plan_.normalise_input)
      return std::numeric_limits<double>::infinity();
    const double size = known ? norms[p] : layers_.target(p).delta_sizes;
    squares += size * size;
  }
  constexpr double kRounding = 1.001;
  return kRounding * std::sqrt(squares) + kClipFloor;
}

// 0 for a path that does not move.
double CpuUpdate::rateOf(std::size_t path, const Descent& descent,
                         const NetworkMemory& network) const {
  if (!learns(plan_, *lesions_, path)) return 0;
  return descent.own_rate ? net::rateOf(plan_.alpha, static_cast<double>(network.alpha[path]))
                          : descent.weight_lr;
}

void CpuUpdate::markActive(std::size_t sender) {
  if (std::exchange(own_[sender].marked, true)) return;
  auto& layer = layers_[sender];
  const auto rows = layer.input ? shape_.samples() : shape_.rows();
  layer.used_count = kernels_.markRows({layer.sent.first, layer.sent.stride}, rows, layer.units,
                                       layer.masks.data(), layer.used.data());
}

void CpuUpdate::sumOverSteps(std::size_t layer) {
  auto& own = own_[layer];
  if (own.summed_done) return;
  own.summed_done = true;
  const auto& from = layers_[layer];
  const ConstRows delta{from.delta.first, from.delta.stride};
  for (std::int64_t s = 0; s < shape_.samples(); ++s)
    kernels_.combine({own.summed.from(s),
                      1,
                      from.width,
                      {{ones_.data(), 0}, delta.from(s * shape_.steps), {nullptr, shape_.steps}},
                      {},
                      {}});
  std::fill(own.summed.row(shape_.samples()), own.summed.row(blocksOf(shape_.samples()) * kBlock),
            0.0F);
}

// d by the rows that a path's gradient is summed over.
const MutableRows& CpuUpdate::deltaOf(std::size_t path) {
  const auto target = plan_.graph.target[path];
  if (!fromInput(path)) return layers_[target].delta;
  sumOverSteps(target);
  return own_[target].summed;
}

double CpuUpdate::gradientNorm(std::size_t path) {
  if (!kept(path)) return gramNorm(path);
  return std::sqrt(kernels_.outerSum(gradient(path, gradients_[path], false, 1)));
}

// The sum of d h^T over the rows, which becomes or is added to `to`.
OuterSum CpuUpdate::gradient(std::size_t path, MutableRows to, bool add, double scale) {
  const auto& source = layers_.sender(path);
  const auto& delta = deltaOf(path);
  OuterSum sum;
  sum.to = to;
  sum.sources = {source.used.data(), source.used_count};
  sum.columns = layers_.target(path).width;
  sum.sent = {source.sent.first, source.sent.stride};
  sum.delta = {delta.first, delta.stride};
  sum.masks = source.masks.data();
  sum.mask_stride = source.width;
  sum.rows = rowsOf(path);
  sum.scale = static_cast<float>(scale);
  sum.add = add;
  return sum;
}

// Forms the gradient while the weights move; gives its norm.
double CpuUpdate::move(std::size_t path, double factor, const NetworkMemory& network) {
  return std::sqrt(kernels_.outerSum(gradient(path, network.weights[path], true, -factor)));
}

// After gradientNorm().
void CpuUpdate::moveKept(std::size_t path, double factor, const NetworkMemory& network) {
  const auto& source = layers_.sender(path);
  kernels_.settle({network.weights[path],
                   {gradients_[path].first, gradients_[path].stride},
                   {source.used.data(), source.used_count},
                   layers_.target(path).width,
                   -static_cast<float>(factor)});
}

double CpuUpdate::gramNorm(std::size_t path) {
  const auto source = layers_.senderAt(path), target = plan_.graph.target[path];
  const auto rows = blocksOf(rowsOf(path)) * kBlock;
  auto& sent = own_[source].sent;
  auto& delta = fromInput(path) ? own_[target].of_summed : own_[target].delta;
  multiply(sent, layers_[source].sent, layers_[source].width, rows);
  multiply(delta, deltaOf(path), layers_[target].width, rows);
  double total = 0;
  for (std::int64_t r = 0; r < rows; ++r) {
    const float* const h = sent.products.row(r);
    const float* const d = delta.products.row(r);
    const auto diagonal = r / kBlock * kBlock;
    float below = 0, beside = 0;
    for (std::int64_t q = 0; q < diagonal; ++q) below += h[q] * d[q];
    for (std::int64_t q = diagonal; q < diagonal + kBlock; ++q) beside += h[q] * d[q];
    total += 2 * static_cast<double>(below) + static_cast<double>(beside);
  }
  return std::sqrt(std::max(total, 0.0));
}

// Blocks on and below the diagonal.
void CpuUpdate::multiply(Gram& gram, MutableRows of, std::int64_t columns,
                         std::int64_t rows) const {
  if (gram.done) return;
  gram.done = true;
  const ConstRows each{of.first, of.stride};
  for (std::int64_t row = 0; row < rows; row += kBlock)
    kernels_.project({gram.products.from(row),
                      kBlock,
                      columns,
                      each.from(row),
                      each,
                      {nullptr, row + kBlock},
                      false});
}

// -da_p/dalpha_p times the sum over rows and i <= j of <h_i, h> <d_i, d>.
double CpuUpdate::alphaGradient(std::size_t path, const NetworkMemory& network) const {
  const double slope = slopeOf(plan_.alpha, static_cast<double>(network.alpha[path]));
  if (!learns(plan_, *lesions_, path) || !(slope > 0)) return 0;
  const auto& source = layers_.sender(path);
  const auto& target = layers_.target(path);
  double total = 0;
  for (std::int64_t s = 0, row = 0; s < shape_.samples(); ++s)
    for (std::int64_t j = 0; j < shape_.steps; ++j, ++row) {
      const float* const h = source.sent_dots.row(source.input ? s : row);
      const float* const d = target.delta_dots.row(row);
      float sum = 0;
      for (std::int64_t i = 0; i <= j; ++i) sum += h[i] * d[i];
      total -= static_cast<double>(sum);
    }
  return slope * total;
}

}  // namespace dentate::net
