#include "engine/net/cpu_products.h"

#include <algorithm>

namespace dentate::net {
namespace {

// Columns of a wide matrix that are taken at a time, so that what all blocks of rows read of it
// stays in the second-level cache: 1,000 rows of 320 floats are 1.3 MB, of which the active ones
// count.
constexpr std::int64_t kPanel = 320;

// Whether the way back through a path goes over the units of its target that are active, in W^T,
// and not over those of its source, in W. It is the faster product where W^T stays in the cache and
// few units send d: a hidden layer's active ones, or an output with fewer than it.
bool goesBackByTarget(const Plan& plan, std::size_t path) {
  constexpr std::int64_t kMostFloats = 131'072, kMostOutputs = 32;
  const auto& source = plan.network.layers[plan.graph.source[path]];
  const auto& target = plan.network.layers[plan.graph.target[path]];
  return source.role == spec::LayerRole::Hidden && source.units * target.units <= kMostFloats &&
         (target.role == spec::LayerRole::Hidden || target.units <= kMostOutputs);
}

ConstRows constant(MutableRows of) { return {of.first, of.stride}; }

ConstRows onto(MutableRows rows, bool add) { return add ? constant(rows) : ConstRows{}; }

template <class Float>
RowsOf<Float> columnsFrom(RowsOf<Float> of, std::int64_t column) {
  return {of.first + column, of.stride};
}

// The same of the rows from `row` on, for the columns from `column` on.
Listed partOf(const Listed& of, std::int64_t row, std::int64_t column) {
  if (of.list.count == 0) return {};
  return {of.coefficients.from(row), columnsFrom(of.matrix, column), of.list};
}

template <class Visit>
void inPanels(std::int64_t columns, const Visit& visit) {
  for (std::int64_t c = 0; c < columns; c += kPanel) visit(c, std::min(kPanel, columns - c));
}

}  // namespace

CpuProducts::CpuProducts(const Plan& plan, const Buffers& layers, RowMemory& memory,
                         const Kernels& kernels)
    : plan_(plan), layers_(layers), kernels_(kernels), transposed_(plan.network.paths.size()) {
  for (std::size_t p = 0; p < transposed_.size(); ++p)
    if (goesBackByTarget(plan, p))
      transposed_[p] = memory.rows(layers.target(p).units, layers.sender(p).units);
}

void CpuProducts::begin(const StepShape& shape, std::span<const MutableRows> weights) {
  shape_ = shape;
  blocks_ = blocksOf(shape.rows());
  weights_ = weights;
  for (std::size_t p = 0; p < transposed_.size(); ++p)
    if (transposed_[p].first != nullptr)
      kernels_.transpose(
          {transposed_[p], constant(weights[p]), layers_.sender(p).units, layers_.target(p).units});
}

void CpuProducts::forward(std::size_t path, Rows rows, MutableRows to, bool add,
                          const Listed& past) const {
  const auto& source = layers_.sender(path);
  const auto columns = layers_.target(path).width;
  const auto weights = constant(weights_[path]);
  if (!rows.meta()) {
    const Listed sent{constant(source.past_sent.from(rows.step)), weights, source.step(rows.step)};
    kernels_.combine({to, 1, columns, sent, past, onto(to, add)});
    return;
  }
  inPanels(columns, [&](std::int64_t c, std::int64_t width) {
    for (std::int64_t b = 0; b < blocks_; ++b) {
      const auto part = columnsFrom(to.from(b * kBlock), c);
      const Listed sent{constant(source.sent.from(b * kBlock)), columnsFrom(weights, c),
                        source.block(b)};
      kernels_.combine({part, kBlock, width, sent, partOf(past, b * kBlock, c), onto(part, add)});
    }
  });
}

// Of a source that is cut in part only what it sends takes anything back.
bool CpuProducts::turned(std::size_t path) const {
  return transposed_[path].first != nullptr && !layers_.copied(path);
}

void CpuProducts::backward(std::size_t path, Rows rows, MutableRows to, bool add,
                           const Listed& past) const {
  if (turned(path)) return backByTarget(path, rows, to, add, past);
  const bool any = past.list.count > 0;
  if (any) sumPast(plan_.graph.source[path], rows, to, add, past);
  backBySource(path, rows, to, add || any);
}

void CpuProducts::sumPast(std::size_t layer, Rows rows, MutableRows to, bool add,
                          const Listed& past) const {
  const auto columns = layers_[layer].width;
  if (!rows.meta()) return kernels_.combine({to, 1, columns, {}, past, onto(to, add)});
  for (std::int64_t b = 0; b < blocks_; ++b) {
    const auto part = to.from(b * kBlock);
    kernels_.combine({part, kBlock, columns, {}, partOf(past, b * kBlock, 0), onto(part, add)});
  }
}

void CpuProducts::backBySource(std::size_t path, Rows rows, MutableRows to, bool add) const {
  const auto& source = layers_.sender(path);
  const auto& target = layers_.target(path);
  const auto weights = constant(weights_[path]);
  if (!rows.meta()) {
    kernels_.project({to, 1, target.width, constant(target.past_delta.from(rows.step)), weights,
                      source.step(rows.step), add});
    return;
  }
  inPanels(target.width, [&](std::int64_t c, std::int64_t width) {
    for (std::int64_t b = 0; b < blocks_; ++b)
      kernels_.project({to.from(b * kBlock), kBlock, width,
                        columnsFrom(constant(target.delta.from(b * kBlock)), c),
                        columnsFrom(weights, c), source.block(b), add || c > 0});
  });
}

void CpuProducts::backByTarget(std::size_t path, Rows rows, MutableRows to, bool add,
                               const Listed& past) const {
  const auto& target = layers_.target(path);
  const auto columns = layers_.sender(path).width;
  const auto weights = constant(transposed_[path]);
  const List every{nullptr, target.units};
  const bool hidden = !target.active.empty();
  if (!rows.meta()) {
    const Listed sent{constant(target.past_delta.from(rows.step)), weights,
                      hidden ? target.step(rows.step) : every};
    kernels_.combine({to, 1, columns, sent, past, onto(to, add)});
    return;
  }
  for (std::int64_t b = 0; b < blocks_; ++b) {
    const auto part = to.from(b * kBlock);
    const Listed sent{constant(target.delta.from(b * kBlock)), weights,
                      hidden ? target.block(b) : every};
    kernels_.combine({part, kBlock, columns, sent, partOf(past, b * kBlock, 0), onto(part, add)});
  }
}

// Units that a product visits, summed over the meta rows; the input has a row a sample.
double CpuProducts::activeRows(const LayerBuffers& layer) const {
  const auto rows = layer.input ? shape_.samples() : shape_.rows();
  if (layer.active.empty()) return static_cast<double>(layer.units * rows);
  std::int64_t active = 0;
  for (std::int64_t b = 0; b < blocksOf(rows); ++b)
    active += layer.block(b).count * std::min(kBlock, rows - b * kBlock);
  return static_cast<double>(active);
}

double CpuProducts::activeSteps(const LayerBuffers& layer) const {
  if (layer.active.empty()) return static_cast<double>(layer.units * shape_.steps);
  std::int64_t active = 0;
  for (std::int64_t j = 0; j < shape_.steps; ++j) active += layer.step(j).count;
  return static_cast<double>(active);
}

// From the input: forward and gradient, a row a sample. Else forward, backward and gradient of the
// meta rows, forward and backward of the trajectory's.
Work CpuProducts::work(std::size_t path) const {
  const auto& source = layers_.sender(path);
  const auto& target = layers_.target(path);
  const auto units = static_cast<double>(target.units), sources = static_cast<double>(source.units);
  const double ahead = activeRows(source) * units;
  if (source.input) return {2 * ahead, 2 * sources * units * static_cast<double>(shape_.samples())};
  const bool by_target = turned(path);
  const double back = by_target ? activeRows(target) * sources : ahead;
  const double steps = activeSteps(source) * units;
  const double back_steps = by_target ? activeSteps(target) * sources : steps;
  return {2 * ahead + back + steps + back_steps,
          sources * units * static_cast<double>(3 * shape_.rows() + 2 * shape_.steps)};
}

}  // namespace dentate::net
