#include "engine/net/aten_body.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/baddbmm.h>
#include <ATen/ops/bmm.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/div.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/eq.h>
#include <ATen/ops/exp.h>
#include <ATen/ops/full.h>
#include <ATen/ops/gather.h>
#include <ATen/ops/gt.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/log_softmax.h>
#include <ATen/ops/mean.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/softplus.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/sum.h>
#include <ATen/ops/threshold_backward.h>
#include <ATen/ops/tril.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <utility>

#include "engine/net/inhibition.h"
#include "engine/net/keep.h"
#include "engine/spec/check.h"

namespace dentate::net {
namespace {

constexpr double kNormFloor = 1e-12;  // of |a|: a silent layer sends zeros
constexpr double kClipFloor = 1e-6;   // added to a norm before dividing, as torch's clip_grad_norm_

at::Tensor lengths(const at::Tensor& of) {
  return at::linalg_vector_norm(of, 2, /*dim=*/-1, /*keepdim=*/true).clamp_min(kNormFloor);
}

// clamp_min, for relu has no kernel on the meta device.
at::Tensor rectified(const at::Tensor& of) { return of.clamp_min(0); }

// As rate.h.
at::Tensor ratesOf(spec::AlphaForm form, const at::Tensor& alpha) {
  return form == spec::AlphaForm::Relu ? rectified(alpha) : at::softplus(alpha);
}
at::Tensor slopesOf(spec::AlphaForm form, const at::Tensor& alpha) {
  return form == spec::AlphaForm::Relu ? alpha.gt(0) : alpha.sigmoid();
}

at::Tensor turned(const at::Tensor& of) { return of.transpose(1, 2); }

// Factor that brings each replica's group down to `limit`, [replicas, 1]; 1 where it is below.
at::Tensor clipFactor(const at::Tensor& group, double limit) {
  const auto norm = at::linalg_vector_norm(group, 2, /*dim=*/1, /*keepdim=*/true);
  return (limit / (norm + kClipFloor)).clamp_max(1.0);
}

}  // namespace

AtenBody::AtenBody(const Plan& plan)
    : plan_(plan),
      from_input_(plan.network.paths.size()),
      seen_(plan.network.paths.size()),
      pass_(plan.network.paths.size()),
      layers_(plan.network.layers.size()),
      active_(plan.network.layers.size()),
      ranks_(plan.network.layers.size()) {}

void AtenBody::setLesions(std::span<const Lesions> lesions) {
  DENTATE_CHECK(!lesions.empty());
  lesions_.assign(lesions.begin(), lesions.end());
  for (std::size_t p = 0; p < seen_.size(); ++p)
    for (const auto& each : lesions_)
      DENTATE_CHECK(each.omits(p) == omits(p) && each.stills(p) == lesions_.front().stills(p));
  lesions_changed_ = true;
}

void AtenBody::begin(ParameterBatch& parameters, std::span<const MetaBatch> samples) {
  const AtenSamples::Counts counts{parameters.replicas(), samples.front().replay,
                                   samples.front().batch};
  const bool moved = bind(parameters), other = counts != now_ || !mask_.defined() ||
                                               mask_.device() != parameters.alpha.device() ||
                                               mask_.dtype() != parameters.alpha.dtype();
  if (takeRanks(parameters.steps) || moved || other || lesions_changed_) graph_.forget();
  if (other || lesions_changed_) allocate(counts);
  lesions_changed_ = false;
  samples_.take(samples);
  fresh_ = true;
}

bool AtenBody::takeRanks(std::int64_t steps) {
  bool changed = false;
  for (std::size_t l = 0; l < ranks_.size(); ++l) {
    const auto rank = plan_.rank(l, steps);
    changed = changed || ranks_[l] != rank;
    ranks_[l] = rank;
  }
  return changed;
}

bool AtenBody::bind(ParameterBatch& parameters) {
  parameters_ = &parameters;
  bool moved = bound_.size() != parameters.weights.size() + 2;
  bound_.resize(parameters.weights.size() + 2);
  const auto hold = [&](std::size_t place, const at::Tensor& tensor) {
    moved = moved || bound_[place] != tensor.const_data_ptr();
    bound_[place] = tensor.const_data_ptr();
  };
  for (std::size_t p = 0; p < parameters.weights.size(); ++p) hold(p, parameters.weights[p]);
  hold(parameters.weights.size(), parameters.alpha);
  hold(parameters.weights.size() + 1, parameters.m);
  return moved;
}

void AtenBody::allocate(AtenSamples::Counts counts) {
  DENTATE_CHECK(lesions_.size() == 1 ||
                static_cast<std::int64_t>(lesions_.size()) == counts.replicas);
  now_ = counts;
  const auto options = parameters_->alpha.options();
  const auto& network = plan_.network;
  samples_.allocate(plan_, counts, options);
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const auto units = network.layers[l].units;
    layers_[l] = {};
    layers_[l].past_d = at::empty({counts.replicas, counts.steps, units}, options);
    layers_[l].past_h = at::empty_like(layers_[l].past_d);
    const auto keep = kept(lesions_, units, [l](const Lesions& each) {
      return each.silences(l) ? &each.units[l] : nullptr;
    });
    if (keep.defined()) layers_[l].keep = keep.to(options);
  }
  for (std::size_t p = 0; p < pass_.size(); ++p) {
    const auto units = network.layers[plan_.graph.source[p]].units;
    pass_[p] = kept(lesions_, units,
                    [p](const Lesions& each) { return each.cuts(p) ? &each.sources[p] : nullptr; });
    if (pass_[p].defined()) pass_[p] = pass_[p].to(options);
  }
  auto moving = at::ones({static_cast<std::int64_t>(network.paths.size())});
  for (std::size_t p = 0; p < network.paths.size(); ++p)
    if (!plastic(p)) moving.mutable_data_ptr<float>()[p] = 0;
  moving_ = moving.to(options);
  mask_ = at::ones({counts.steps, counts.steps}, options).tril();
}

void AtenBody::perform(const Descent& descent, const std::function<void()>& step) {
  if (descent != recorded_descent_) graph_.forget();
  recorded_descent_ = descent;
  graph_.run(parameters_->alpha.device(), step);
}

void AtenBody::prepare() {
  fresh_ = false;
  auto& input = layers_[plan_.graph.input];
  input.h = input.keep.defined() ? samples_.x() * input.keep : samples_.x();
  if (plan_.normalise_input) input.h = input.h / lengths(input.h);
  input.past_h = input.h.narrow(1, now_.replay, now_.steps);
  input_gram_ = at::bmm(input.h, turned(input.past_h));
  rate_ = ratesOf(plan_.alpha, parameters_->alpha);
  loss_ = at::zeros({now_.replicas}, rate_.options());
  for (const auto p : plan_.graph.outgoing[plan_.graph.input])
    if (!omits(p)) from_input_[p] = at::bmm(sent(p), turned(parameters_->weights[p]));
}

at::Tensor AtenBody::sent(std::size_t path) const {
  const auto& h = layers_[plan_.graph.source[path]].h;
  return pass_[path].defined() ? h * pass_[path] : h;
}

bool AtenBody::plastic(std::size_t path) const { return learns(plan_, lesions_.front(), path); }

at::Tensor AtenBody::rate(std::size_t path) const {
  return rate_.narrow(1, static_cast<std::int64_t>(path), 1).unsqueeze(2);
}

at::Tensor AtenBody::placeFor(Rows rows, const at::Tensor& past) const {
  if (!rows.meta()) return past.narrow(1, rows.step, 1);
  return at::empty({now_.replicas, now_.samples() * now_.steps, past.size(2)}, past.options());
}

// Rows from what is the same for all inner steps, [replicas, samples, n].
at::Tensor AtenBody::fromInput(const at::Tensor& of_samples, Rows rows) const {
  if (!rows.meta()) return of_samples.narrow(1, now_.replay + rows.step, 1);
  const auto n = of_samples.size(2);
  return of_samples.unsqueeze(2)
      .expand({now_.replicas, now_.samples(), now_.steps, n})
      .reshape({now_.replicas, now_.samples() * now_.steps, n});
}

// Products with the entries of the history that each row sees, zero for the others.
at::Tensor AtenBody::overHistory(const at::Tensor& of, const at::Tensor& past, Rows rows) const {
  auto products = at::bmm(of, turned(past.narrow(1, 0, entries(rows))));
  if (rows.meta()) bySample(products, rows).mul_(mask_);
  return products;
}

at::Tensor AtenBody::seen(std::size_t path, Rows rows) const {
  const auto source = plan_.graph.source[path];
  const auto& past = layers_[source].past_h;
  if (source != plan_.graph.input) return overHistory(sent(path), past, rows);
  const auto gram = pass_[path].defined() ? at::bmm(sent(path), turned(past)) : input_gram_;
  auto products = fromInput(gram.narrow(2, 0, entries(rows)), rows);
  if (rows.meta()) bySample(products, rows).mul_(mask_);
  return products;
}

const at::Tensor& AtenBody::echo(std::size_t layer, Rows rows) {
  auto& l = layers_[layer];
  if (!l.echo.defined()) l.echo = overHistory(l.d, l.past_d, rows);
  return l.echo;
}

// [replicas, samples, steps, n] of meta rows, [replicas, 1, 1, n] of a step: a view.
at::Tensor AtenBody::bySample(const at::Tensor& of, Rows rows) const {
  return rows.meta() ? of.view({now_.replicas, now_.samples(), now_.steps, of.size(2)})
                     : of.unsqueeze(1);
}

void AtenBody::netInput(std::size_t layer, Rows rows) {
  if (fresh_) prepare();
  auto& z = layers_[layer].z;
  z = at::Tensor();
  const auto add = [&](const at::Tensor& a, const at::Tensor& b, double factor) {
    z = z.defined() ? z.baddbmm_(a, b, /*beta=*/1, factor) : at::bmm(a, b);
  };
  for (const auto p : plan_.graph.incoming[layer]) {
    if (omits(p)) continue;
    if (plan_.graph.source[p] == plan_.graph.input) {
      const auto term = fromInput(from_input_[p], rows);
      z = z.defined() ? z.add_(term) : term.clone();
    } else {
      add(sent(p), turned(parameters_->weights[p]), 1);
    }
    if (!plastic(p) || entries(rows) == 0) continue;
    seen_[p] = seen(p, rows);
    add(seen_[p] * rate(p), layers_[layer].past_d.narrow(1, 0, entries(rows)), -1);
  }
  if (z.defined()) return;
  const auto count = rows.meta() ? now_.samples() * now_.steps : 1;
  const auto& of = plan_.network.layers[layer];
  z = at::full({now_.replicas, count, of.units}, of.role == spec::LayerRole::Bias ? 1.0 : 0.0,
               rate_.options());
}

void AtenBody::rectify(std::size_t layer, Rows rows) {
  auto& l = layers_[layer];
  if (ranks_[layer] > 0) {
    l.inhibiting = inhibiting(l.z, *plan_.inhibition[layer], ranks_[layer]);
    const auto m = parameters_->m.narrow(1, static_cast<std::int64_t>(layer), 1).unsqueeze(2);
    l.z.addcmul_(m, l.inhibiting, /*value=*/-1);
  }
  auto a = rectified(l.z);
  if (l.keep.defined()) a = a * l.keep;
  l.norm = lengths(a);
  l.h = placeFor(rows, l.past_h);
  at::div_out(l.h, a, l.norm);
  if (!rows.meta() || plan_.network.layers[layer].role != spec::LayerRole::Hidden) return;
  const auto last = bySample(l.h, rows).select(2, now_.steps - 1);
  active_[layer] = last.gt(0).sum({1, 2});
}

void AtenBody::loss(std::size_t layer, Rows rows) {
  auto& l = layers_[layer];
  const bool category = plan_.network.layers[layer].role == spec::LayerRole::Category;
  const auto& labels = category ? samples_.category() : samples_.item();  // [replicas, samples]
  const auto z = bySample(l.z, rows);
  auto each = rows.meta() ? labels : labels.narrow(1, now_.replay + rows.step, 1);
  const auto label = each.view({now_.replicas, -1, 1, 1}).expand({-1, -1, z.size(2), 1});
  const auto log_share = at::log_softmax(z, /*dim=*/-1);
  l.d = placeFor(rows, l.past_d);
  auto d = bySample(l.d, rows);
  at::exp_out(d, log_share);
  d.scatter_(3, label, -1, "add");
  l.echo = at::Tensor();
  if (!rows.meta()) return;
  l.d.div_(static_cast<double>(l.d.size(1)));
  loss_ = loss_ - log_share.gather(3, label).mean({1, 2, 3});
  if (!category && samples_.category().defined()) return;
  const auto answer = z.select(2, now_.steps - 1).argmax(/*dim=*/-1);
  correct_ = answer.eq(labels).sum({1});
}

void AtenBody::backward(std::size_t layer, Rows rows) {
  auto& l = layers_[layer];
  l.dh = at::Tensor();
  for (const auto p : plan_.graph.outgoing[layer]) {
    if (omits(p)) continue;
    const auto target = plan_.graph.target[p];
    const auto& d = layers_[target].d;
    const auto& w = parameters_->weights[p];
    const bool whole = !pass_[p].defined();
    auto dh = whole && l.dh.defined() ? l.dh.baddbmm_(d, w) : at::bmm(d, w);
    if (plastic(p) && entries(rows) > 0)
      dh.baddbmm_(echo(target, rows) * rate(p), l.past_h.narrow(1, 0, entries(rows)),
                  /*beta=*/1, /*alpha=*/-1);
    if (!whole) dh = l.dh.defined() ? l.dh.add_(dh * pass_[p]) : dh * pass_[p];
    l.dh = dh;
  }
  if (!l.dh.defined()) l.dh = at::zeros(l.h.sizes(), l.h.options());
}

void AtenBody::unrectify(std::size_t layer, Rows rows) {
  auto& l = layers_[layer];
  const auto along = (l.h * l.dh).sum({-1}, /*keepdim=*/true);
  l.dh.addcmul_(l.h, along, /*value=*/-1).div_(l.norm);
  l.d = placeFor(rows, l.past_d);
  at::threshold_backward_out(l.d, l.dh, l.h, 0);
  l.echo = at::Tensor();
}

// Turned as the weights lie, [replicas, sources, units]. From the input one row a sample is enough.
at::Tensor AtenBody::weightGradient(std::size_t path) const {
  const auto source = plan_.graph.source[path];
  const auto h = sent(path);
  const auto& d = layers_[plan_.graph.target[path]].d;
  if (omits(path)) return at::zeros({now_.replicas, h.size(2), d.size(2)}, d.options());
  return at::bmm(turned(h), source == plan_.graph.input ? bySample(d, {}).sum({2}) : d);
}

at::Tensor AtenBody::alphaGradient() const {
  std::vector<at::Tensor> each(seen_.size());
  for (std::size_t p = 0; p < each.size(); ++p)
    each[p] = plastic(p) ? -(seen_[p] * layers_[plan_.graph.target[p]].echo).sum({1, 2})
                         : at::zeros({now_.replicas}, rate_.options());
  return at::stack(each, 1) * slopesOf(plan_.alpha, parameters_->alpha);
}

at::Tensor AtenBody::mGradient() const {
  std::vector<at::Tensor> each(layers_.size());
  for (std::size_t l = 0; l < each.size(); ++l)
    each[l] = plan_.learns_m[l] != 0 && ranks_[l] > 0
                  ? -(layers_[l].inhibiting * layers_[l].d.sum({2}, /*keepdim=*/true)).sum({1, 2})
                  : at::zeros({now_.replicas}, rate_.options());
  return at::stack(each, 1);
}

void AtenBody::update(const Descent& descent) {
  auto& to = *parameters_;
  const auto paths = to.weights.size();
  std::vector<at::Tensor> gradients(paths), norms(paths);
  for (std::size_t p = 0; p < paths; ++p) {
    gradients[p] = weightGradient(p);
    norms[p] = at::linalg_vector_norm(gradients[p], 2, at::IntArrayRef{1, 2});
    if (descent.learns_alpha) (void)echo(plan_.graph.target[p], {});
  }
  const auto none = [&](const at::Tensor& like) { return at::zeros(like.sizes(), like.options()); };
  const auto norm = at::stack(norms, 1);
  const auto of_alpha = descent.learns_alpha ? alphaGradient() : none(to.alpha);
  const auto of_m = descent.learns_m ? mGradient() : none(to.m);
  const auto descend = [&](at::Tensor& value, const at::Tensor& gradient, double step) {
    value.sub_(gradient * clipFactor(gradient, descent.clip_norm), step);
  };
  if (descent.learns_alpha) descend(to.alpha, of_alpha, descent.alpha_lr);
  if (descent.learns_m) descend(to.m, of_m, descent.m_lr);

  const auto clip = clipFactor(norm * moving_, descent.clip_norm);
  const auto own = ratesOf(plan_.alpha, to.alpha) * clip;
  const auto common = clip * descent.weight_lr;
  for (std::size_t p = 0; p < paths; ++p) {
    if (!plastic(p)) continue;
    const auto step = descent.own_rate ? own.narrow(1, static_cast<std::int64_t>(p), 1) : common;
    turned(to.weights[p]).addcmul_(gradients[p], step.unsqueeze(2), -1);
  }

  std::vector<at::Tensor> active;
  for (const auto& each : active_) active.push_back(each.defined() ? each.to(loss_) : none(loss_));
  measured_ = at::cat({loss_.unsqueeze(1), correct_.to(loss_).unsqueeze(1), norm, of_alpha, of_m,
                       at::stack(active, 1), to.alpha, to.m},
                      1);
}

void AtenBody::report(std::span<Measured> replicas) {
  const auto host = measured_.to(at::kCPU, at::kDouble).contiguous();
  const auto samples = static_cast<double>(now_.samples());
  for (std::size_t r = 0; r < replicas.size(); ++r) {
    auto& to = replicas[r];
    const double* from =
        host.const_data_ptr<double>() + static_cast<std::int64_t>(r) * host.size(1);
    to.loss = *from++;
    to.correct = *from++ / samples;
    for (auto* const group : {&to.weight_grad_norms, &to.alpha_grad, &to.m_grad}) {
      std::copy_n(from, group->size(), group->begin());
      from += group->size();
    }
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      const auto units = static_cast<double>(plan_.network.layers[l].units);
      to.active_fraction[l] = static_cast<float>(*from++ / (samples * units));
    }
    for (const auto group : {to.alpha, to.m})
      for (auto& value : group) value = static_cast<float>(*from++);
    to.work = 1;
  }
}

}  // namespace dentate::net
