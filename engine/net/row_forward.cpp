#include "engine/net/row_forward.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/zeros.h>

namespace dentate::net {

RowForward::RowForward(const Plan& plan) : plan_(plan) {
  if (spec::convolves(plan.network))
    images_ = at::zeros({kRows, plan.network.layers[plan.graph.input].units});
  else
    kernels_.emplace(plan);
}

void RowForward::begin(const Parameters& parameters, const Lesions& lesions) {
  if (kernels_) return kernels_->begin(parameters, lesions);
  parameters_ = parameters;  // shares the numbers
  lesions_ = lesions;
}

std::span<float> RowForward::input(std::int64_t row) {
  if (kernels_) return kernels_->input(row);
  return {images_.mutable_data_ptr<float>() + row * images_.size(1),
          static_cast<std::size_t>(images_.size(1))};
}

void RowForward::run(std::int64_t rows) {
  if (kernels_) return kernels_->run(rows);
  const at::NoGradGuard no_grad;
  trace_ = forward(plan_, parameters_, images_.narrow(0, 0, rows), lesions_);
}

std::span<const float> RowForward::values(std::size_t layer, std::int64_t row) const {
  if (kernels_) return kernels_->values(layer, row);
  const bool output = spec::isOutput(plan_.network.layers[layer].role);
  const auto& of = output ? trace_.net_input[layer] : trace_.activity[layer];
  return {of.const_data_ptr<float>() + row * of.stride(0), static_cast<std::size_t>(of.size(1))};
}

}  // namespace dentate::net
