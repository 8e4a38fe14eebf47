#include "engine/net/cpu_forward.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "engine/spec/check.h"

namespace dentate::net {
namespace {

// Columns of a wide matrix that are taken at a time, so that what the rows of a chunk read of it
// stays in the second-level cache: 1,000 sources of 160 floats are 640 kB.
constexpr std::int64_t kPanel = 160;

// Cost of a source in a block of rows over that in one row: a weight is read once for all of them,
// but multiplied by zeros where it is not shared.
constexpr double kBlockCost = 2.0;

ConstRows constant(MutableRows of) { return {of.first, of.stride}; }

}  // namespace

CpuForward::CpuForward(const Plan& plan, const Kernels& kernels)
    : plan_(plan),
      kernels_(kernels),
      layers_(plan.network.layers.size()),
      weights_(plan.network.paths.size()),
      omitted_(plan.network.paths.size()),
      sender_(plan.graph.source),
      copy_(sender_.size()) {
  static_assert(kRows % kBlock == 0);
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    auto& layer = layers_[l];
    layer.units = plan.network.layers[l].units;
    layer.width = padded(layer.units);
    layer.rows = memory_.rows(kRows, layer.units);
    if (spec::isOutput(plan.network.layers[l].role)) continue;
    makeSending(layer);
    layer.rectified.resize(kRows);
  }
}

void CpuForward::makeSending(Layer& layer) {
  layer.keep = memory_.rows(1, layer.units);
  layer.active.resize(static_cast<std::size_t>(kRows * layer.units + kRowFloats));
  layer.active_count.resize(kRows);
  layer.any.resize(static_cast<std::size_t>(kRows / kBlock * layer.units + kRowFloats));
  layer.any_count.resize(kRows / kBlock);
  layer.apart.resize(kRows / kBlock);
}

bool CpuForward::takes(const Parameters& parameters) {
  const auto plain = [](const at::Tensor& t) {
    return t.is_cpu() && t.scalar_type() == at::kFloat;
  };
  return plain(parameters.m) && parameters.m.is_contiguous() &&
         std::all_of(parameters.weights.begin(), parameters.weights.end(), [&](const auto& w) {
           return plain(w) && w.dim() == 2 && w.stride(0) == 1 && w.stride(1) == padded(w.size(0));
         });
}

void CpuForward::begin(const Parameters& parameters, const Lesions& lesions) {
  DENTATE_CHECK(takes(parameters) && parameters.weights.size() == weights_.size());
  for (std::size_t p = 0; p < weights_.size(); ++p) {
    const auto& w = parameters.weights[p];
    weights_[p] = {w.const_data_ptr<float>(), w.stride(1)};
    omitted_[p] = lesions.omits(p) ? 1 : 0;
  }
  m_ = parameters.m.const_data_ptr<float>();
  for (std::size_t l = 0; l < plan_.network.layers.size(); ++l) {
    auto& layer = layers_[l];
    layer.rank = plan_.rank(l, parameters.steps);
    layer.lesioned = lesions.silences(l) && layer.keep.first != nullptr;
    if (layer.lesioned) keepAllBut(lesions.units[l], layer.keep);
  }
  takeCuts(lesions);
}

void CpuForward::takeCuts(const Lesions& lesions) {
  for (std::size_t p = 0; p < sender_.size(); ++p) {
    sender_[p] = plan_.graph.source[p];
    if (!lesions.cuts(p)) continue;
    if (copy_[p] == 0) {
      Layer copy;
      copy.units = layers_[sender_[p]].units;
      copy.width = layers_[sender_[p]].width;
      copy.rows = memory_.rows(kRows, copy.units);
      makeSending(copy);
      copy_[p] = layers_.size();
      layers_.push_back(std::move(copy));
    }
    sender_[p] = copy_[p];
    keepAllBut(lesions.sources[p], layers_[copy_[p]].keep);
  }
}

std::span<float> CpuForward::input(std::int64_t row) {
  const auto& in = layers_[plan_.graph.input];
  return {in.rows.row(row), static_cast<std::size_t>(in.units)};
}

void CpuForward::run(std::int64_t rows) {
  DENTATE_CHECK(rows >= 1 && rows <= kRows);
  rows_ = rows;
  for (const auto l : plan_.graph.order) {
    if (l == plan_.graph.input) {
      normaliseInput();
    } else {
      netInput(l);
      if (!spec::isOutput(plan_.network.layers[l].role)) rectify(l);
    }
  }
}

// Rows that fill up the last block are zeros here, and so in every layer.
void CpuForward::normaliseInput() {
  auto& in = layers_[plan_.graph.input];
  for (std::int64_t r = 0; r < rows_; ++r) {
    float* const row = in.rows.row(r);
    kernels_.takeInput(
        {row, row, in.units, in.lesioned ? in.keep.first : nullptr, plan_.normalise_input});
  }
  std::fill(in.rows.row(rows_), in.rows.row(blocks() * kBlock), 0.0F);
  send(plan_.graph.input);
}

void CpuForward::netInput(std::size_t layer) {
  bool add = false;
  for (const auto p : plan_.graph.incoming[layer]) {
    if (omitted_[p] != 0) continue;
    multiply(p, add);
    add = true;
  }
  const auto& to = layers_[layer].rows;
  if (!add) std::fill(to.first, to.row(blocks() * kBlock), 0.0F);
  if (plan_.network.layers[layer].role == spec::LayerRole::Bias)
    for (std::int64_t r = 0; r < rows_; ++r) *to.row(r) = 1;
}

void CpuForward::multiply(std::size_t path, bool add) {
  const auto width = layers_[plan_.graph.target[path]].width;
  // One panel where a layer is little wider.
  const auto panel = width < 2 * kPanel ? width : kPanel;
  for (std::int64_t c = 0; c < width; c += panel)
    multiplyPanel(path, c, std::min(panel, width - c), add);
}

void CpuForward::multiplyPanel(std::size_t path, std::int64_t column, std::int64_t columns,
                               bool add) {
  const auto& source = layers_[sender_[path]];
  const auto& target = layers_[plan_.graph.target[path]];
  Combine product;
  product.columns = columns;
  product.of.matrix = {weights_[path].first + column, weights_[path].stride};
  const auto combine = [&](std::int64_t row, std::int64_t rows, List list) {
    product.to = {target.rows.row(row) + column, target.rows.stride};
    if (add) product.onto = constant(product.to);
    product.rows = rows;
    product.of.coefficients = constant(source.rows.from(row));
    product.of.list = list;
    kernels_.combine(product);
  };
  for (std::int64_t b = 0; b < blocks(); ++b) {
    const auto at = static_cast<std::size_t>(b);
    if (source.apart[at] == 0) {
      combine(b * kBlock, kBlock, {source.any.data() + b * source.units, source.any_count[at]});
      continue;
    }
    for (std::int64_t r = b * kBlock; r < (b + 1) * kBlock; ++r)
      combine(r, 1,
              {source.active.data() + r * source.units,
               source.active_count[static_cast<std::size_t>(r)]});
  }
}

void CpuForward::rectify(std::size_t layer) {
  auto& of = layers_[layer];
  for (std::int64_t b = 0; b < blocks(); ++b) {
    Rectify some{of.rows.from(b * kBlock),
                 kBlock,
                 of.units,
                 of.rank,
                 m_[layer],
                 of.lesioned ? of.keep.first : nullptr,
                 of.rectified.data() + b * kBlock};
    findThresholds(plan_.inhibition[layer], some);
    kernels_.rectify(some);
  }
  send(layer);
}

void CpuForward::send(std::size_t layer) {
  const bool input = layer == plan_.graph.input;
  const auto& from = layers_[layer];
  listUnits(layers_[layer], input);
  for (const auto p : plan_.graph.outgoing[layer]) {
    if (sender_[p] == layer) continue;
    auto& copy = layers_[sender_[p]];
    for (std::int64_t r = 0; r < blocks() * kBlock; ++r)
      for (std::int64_t u = 0; u < copy.width; ++u)
        copy.rows.row(r)[u] = from.rows.row(r)[u] * copy.keep.first[u];
    listUnits(copy, input);
  }
}

// Of a hidden layer the rows are listed to be counted, and each block has its own way; of the input
// the first block decides for the chunk, and only the lists that this takes are made.
void CpuForward::listUnits(Layer& of, bool input) {
  for (std::size_t b = 0; b < static_cast<std::size_t>(blocks()); ++b) {
    const bool decided = input && b > 0;
    of.apart[b] = decided ? of.apart[0] : 0;
    std::int64_t alone = 0;
    if (!decided || of.apart[b] != 0) alone = listRows(of, b);
    if (of.apart[b] == 0) {
      const auto first = static_cast<std::int64_t>(b);
      of.any_count[b] = kernels_.listActive(constant(of.rows.from(first * kBlock)), kBlock,
                                            of.units, of.any.data() + first * of.units);
    }
    if (!decided && static_cast<double>(alone) < kBlockCost * static_cast<double>(of.any_count[b]))
      of.apart[b] = 1;
  }
}

// Gives how many units are active in the rows of a block, each row for itself.
std::int64_t CpuForward::listRows(Layer& layer, std::size_t block) {
  const auto first = static_cast<std::int64_t>(block) * kBlock;
  std::int64_t total = 0;
  for (auto r = first; r < first + kBlock; ++r) {
    const auto count = kernels_.listActive(constant(layer.rows.from(r)), 1, layer.units,
                                           layer.active.data() + r * layer.units);
    layer.active_count[static_cast<std::size_t>(r)] = count;
    total += count;
  }
  return total;
}

std::span<const float> CpuForward::values(std::size_t layer, std::int64_t row) const {
  const auto& of = layers_[layer];
  return {of.rows.row(row), static_cast<std::size_t>(of.units)};
}

std::int64_t CpuForward::active(std::size_t layer) const {
  const auto& counts = layers_[layer].active_count;
  return std::accumulate(counts.begin(), counts.begin() + rows_, std::int64_t{0});
}

void CpuForward::markUsed(std::size_t layer, std::span<std::uint8_t> used) const {
  const auto& of = layers_[layer];
  const auto mark = [&](const std::vector<std::int32_t>& listed, std::int64_t place,
                        std::int64_t count) {
    const auto first = listed.begin() + static_cast<std::ptrdiff_t>(place * of.units);
    for (auto unit = first; unit != first + static_cast<std::ptrdiff_t>(count); ++unit)
      used[static_cast<std::size_t>(*unit)] = 1;
  };
  for (std::int64_t b = 0; b < blocks(); ++b) {  // rows that fill up the last block are silent
    const auto at = static_cast<std::size_t>(b);
    mark(of.any, b, of.any_count[at]);
  }
}

bool CpuForward::answers(std::size_t layer, std::int64_t row, std::int32_t label) const {
  // In strides that a compiler turns into vector operations, since most answers are found wrong
  // early.
  constexpr std::size_t kStride = 64;
  const auto logits = values(layer, row);
  const auto at = static_cast<std::size_t>(label);
  DENTATE_CHECK(label >= 0 && at < logits.size());
  const float own = logits[at];
  for (std::size_t first = 0; first < logits.size(); first += kStride) {
    int larger = 0;
    const auto end = std::min(first + kStride, logits.size());
    for (std::size_t u = first; u < std::min(end, at); ++u) larger += logits[u] < own ? 0 : 1;
    for (std::size_t u = std::max(first, at + 1); u < end; ++u) larger += logits[u] <= own ? 0 : 1;
    if (larger > 0) return false;
  }
  return true;
}

}  // namespace dentate::net
