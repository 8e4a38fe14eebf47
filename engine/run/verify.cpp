#include "engine/run/verify.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/linalg_vector_norm.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/learn/registry.h"

namespace dentate::run {
namespace {

// Expected agreement in single precision (the recordings' own README).
constexpr double kStepTolerance = 1e-4;   // losses, gradients, alpha, m, norms
constexpr double kFinalTolerance = 1e-3;  // elements of the final weights and answers
constexpr double kStepNearZero = 1e-7;
constexpr double kFinalNearZero = 1e-5;

std::vector<double> values(const at::Tensor& t) {
  const auto flat = t.detach().to(at::kCPU, at::kDouble).contiguous().reshape({-1});
  const double* first = flat.const_data_ptr<double>();
  return {first, first + flat.numel()};
}

at::Tensor tensor(const std::vector<float>& of, at::IntArrayRef shape) {
  auto made = at::empty(shape);
  std::copy(of.begin(), of.end(), made.mutable_data_ptr<float>());
  return made;
}

class Replay {
 public:
  Replay(const Recording& recording, const net::Plan& plan, learn::Rule& rule, c10::Device device)
      : recording_(recording),
        plan_(plan),
        rule_(rule),
        batch_(net::emptyParameters(plan, /*replicas=*/1,
                                    at::TensorOptions(at::kFloat).device(device))),
        parameters_(batch_.replica(0)) {
    const auto& paths = recording.network.paths;
    parameters_.alpha.fill_(recording.rule.alpha0);
    for (std::size_t l = 0; l < plan.inhibition.size(); ++l)
      parameters_.m[static_cast<std::int64_t>(l)].fill_(plan.firstM(l, recording.rule.m0));
    for (std::size_t p = 0; p < paths.size(); ++p)
      parameters_.weights[p].copy_(tensor(
          recording.weights[p], {unitsOf(plan.graph.target[p]), unitsOf(plan.graph.source[p])}));
  }

  Verdict run() {
    for (const auto& step : recording_.steps) compareStep(step);
    for (std::size_t p = 0; p < parameters_.weights.size(); ++p) {
      auto ours = values(parameters_.weights[p]);
      ours.resize(recording_.final_weights_head[p].size());
      compare("final_weights", ours, recording_.final_weights_head[p], kFinalTolerance,
              kFinalNearZero);
    }
    auto home = net::emptyParameters(plan_, /*replicas=*/1);
    home.replica(0).copyFrom(parameters_);
    for (const auto& probe : recording_.probes) compareProbe(home.replica(0), probe);
    return {recording_.name, std::move(comparisons_)};
  }

 private:
  [[nodiscard]] std::int64_t unitsOf(std::size_t layer) const {
    return recording_.network.layers[layer].units;
  }

  static learn::Samples samples(const RecordedSamples& of) {
    return {of.count, of.x, of.category, of.item};
  }

  void compareStep(const RecordedStep& recorded) {
    const learn::StepInput input{samples(recorded.batch), samples(recorded.replay)};
    learn::StepReport report;
    rule_.step(batch_, {&input, 1}, {&report, 1});
    const auto check = [this](const char* quantity, const std::vector<double>& ours,
                              const std::vector<double>& theirs) {
      compare(quantity, ours, theirs, kStepTolerance, kStepNearZero);
    };
    check("meta_loss", {report.meta_loss}, {recorded.meta_loss});
    check("weight_grad_norms", report.weight_grad_norms, recorded.weight_grad_norms);
    if (!report.alpha_grad.empty()) check("alpha_grad", report.alpha_grad, recorded.alpha_grad);
    if (!report.m_grad.empty())
      check("inhibition_grad", ofHidden(report.m_grad), recorded.inhibition_grad);
    check("alpha", values(parameters_.alpha), recorded.alpha);
    if (!recorded.inhibition.empty())
      check("inhibition", ofHidden(values(parameters_.m)), recorded.inhibition);
    std::vector<double> norms;
    for (const auto& w : parameters_.weights)
      norms.push_back(values(at::linalg_vector_norm(w)).front());
    check("weight_norms", norms, recorded.weight_norms);
  }

  [[nodiscard]] std::vector<double> ofHidden(const std::vector<double>& by_layer) const {
    std::vector<double> out;
    for (const auto l : recording_.hidden) out.push_back(by_layer[l]);
    return out;
  }

  void compareProbe(const net::Parameters& of, const RecordedProbe& probe) {
    const at::NoGradGuard no_grad;
    const auto x = tensor(recording_.probe_x, {recording_.probe_count, unitsOf(plan_.graph.input)});
    const bool intact = probe.lesion == spec::Pathway::None;
    const auto lesions = intact ? net::Lesions{} : net::lesionPathway(plan_, probe.lesion);
    const auto trace = net::forward(plan_, of, x, lesions);
    const std::string suffix = intact                                 ? ""
                               : probe.lesion == spec::Pathway::Large ? "_lesion_large"
                                                                      : "_lesion_small";
    const auto check = [&](const std::string& head, const std::vector<double>& ours,
                           const std::vector<double>& theirs) {
      if (!theirs.empty())
        compare("probe." + head + suffix, ours, theirs, kFinalTolerance, kFinalNearZero);
    };
    for (std::size_t l = 0; l < plan_.network.layers.size(); ++l) {
      const auto role = plan_.network.layers[l].role;
      if (role == spec::LayerRole::Category)
        check("category", values(trace.net_input[l]), probe.category);
      if (role == spec::LayerRole::Item) check("item", values(trace.net_input[l]), probe.item);
    }
    check("proportion_active", ofHidden(values(net::activeFraction(plan_, trace))),
          probe.proportion_active);
  }

  // Adds to the quantity's line, or begins it.
  void compare(const std::string& quantity, const std::vector<double>& ours,
               const std::vector<double>& theirs, double tolerance, double near_zero) {
    DENTATE_CHECK(ours.size() == theirs.size());
    auto line = std::find_if(comparisons_.begin(), comparisons_.end(),
                             [&](const Comparison& c) { return c.quantity == quantity; });
    if (line == comparisons_.end())
      line = comparisons_.insert(line, {quantity, 0, 0, tolerance, near_zero});
    line->values += ours.size();
    for (std::size_t i = 0; i < ours.size(); ++i) {
      const double scale = std::max(std::abs(theirs[i]), near_zero / tolerance);
      const double error = std::abs(ours[i] - theirs[i]) / scale;
      // A NaN stays the largest once it is there.
      if (error > line->largest_error || std::isnan(error)) line->largest_error = error;
    }
  }

  const Recording& recording_;
  const net::Plan& plan_;
  learn::Rule& rule_;
  net::ParameterBatch batch_;
  net::Parameters parameters_;  // views of it
  std::vector<Comparison> comparisons_;
};

}  // namespace

bool Verdict::pass() const {
  return !comparisons.empty() && std::all_of(comparisons.begin(), comparisons.end(),
                                             [](const Comparison& c) { return c.pass(); });
}

spec::Result<Verdict> verify(const Recording& recording, learn::Body body, c10::Device device) {
  if (!device.is_cpu()) {
    if (body == learn::Body::Auto) body = learn::Body::Aten;
    if (body != learn::Body::Aten)
      return spec::Error{spec::Error::Kind::Config, "device",
                         "the body aten alone learns on a GPU; choose it, or the device cpu"};
  }
  auto plan = net::makePlan(recording.network, recording.rule.condition, recording.rule.k_fraction);
  if (!plan) return plan.error();
  plan->normalise_input = recording.normalise_input;
  auto rule = learn::makeRule(*plan, recording.rule, body);
  if (!rule) return rule.error();
  return Replay(recording, *plan, **rule, device).run();
}

}  // namespace dentate::run
