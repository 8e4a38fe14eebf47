// What the shown network answers to one image, unit by unit, and pictures of single units: their
// weights, and how they are tuned to tasks and categories.
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/softmax.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "engine/data/picture.h"
#include "engine/learn/loss.h"
#include "engine/measure/selectivity.h"
#include "engine/net/row_forward.h"
#include "engine/run/floats.h"
#include "engine/run/viewer.h"

namespace dentate::run {
namespace {

using link::UnitState;
using spec::LayerRole;

constexpr std::size_t kStrongest = 8;
constexpr std::int64_t kImagesATask = 20;  // that tuning is measured with

// Of net inputs after inhibition, which took off that much.
std::vector<UnitState> statesOf(const std::vector<float>& net_input, float taken_off,
                                const std::vector<std::uint8_t>& silenced) {
  std::vector<UnitState> out;
  for (std::size_t u = 0; u < net_input.size(); ++u) {
    const float z = net_input[u];
    auto state = z > 0 ? UnitState::Active : UnitState::Silent;
    if (state == UnitState::Silent && z + taken_off > 0) state = UnitState::Inhibited;
    if (!silenced.empty() && silenced[u] != 0) state = UnitState::Lesioned;
    out.push_back(state);
  }
  return out;
}

link::Tuning tuningOf(const std::vector<float>& means) {
  const auto found = measure::selectivity(measure::Rows(means, means.size(), 1)).front();
  return {found.index, found.preferred};
}

class UnitsViewer final : public Viewer {
 public:
  bool watch(const link::Watch& watch) override {
    if (watch.units == request_) return false;
    request_ = watch.units;
    if (!request_) view_.reset();
    answered_ = false;
    return true;
  }

  bool behind(const Viewed& viewed) const override {
    if (!request_) return false;
    return !answered_ || !view_ || view_->run != viewed.run || view_->step != viewed.step ||
           view_->replica != viewed.shown || lesions_ != viewed.lesions;
  }

  void work(const Viewed& viewed, std::chrono::steady_clock::time_point /*deadline*/) override {
    auto view = std::make_shared<link::UnitsView>();
    view->request = *request_;
    view->run = viewed.run;
    view->replica = viewed.shown;
    view->step = viewed.step;
    const at::NoGradGuard no_grad;
    present(viewed, *view);
    answer(viewed, *view);
    picture(viewed, *view);
    view_ = std::move(view);
    answered_ = true;
    lesions_ = viewed.lesions;
  }

  void show(link::Views& to) const override { to.units = view_; }

 private:
  void present(const Viewed& viewed, link::UnitsView& view) {
    const auto& spec = viewed.setting.spec;
    const auto& choice = view.request.stimulus;
    const auto& images = viewed.setting.stream->dataset->train;
    const auto size = static_cast<std::size_t>(
        spec.network.layers[viewed.setting.plan(viewed.shown).graph.input].units);
    if (choice.kind == link::StimulusChoice::Kind::Drawn) {
      view.pixels = choice.pixels;
      view.pixels.resize(size);
      // Drawn in white, which has all colours alike.
      for (std::size_t i = images.planeSize(); i < size; ++i)
        view.pixels[i] = view.pixels[i - images.planeSize()];
      return;
    }
    if (choice.kind == link::StimulusChoice::Kind::Test) {
      const Replica::Range one{std::clamp<std::int64_t>(choice.task, 0, spec.stream.tasks - 1),
                               std::clamp<std::int64_t>(choice.index, 0, testSamples(spec) - 1), 1};
      const auto tested = viewed.replica().images(one, bench_);
      view.pixels.assign(tested.pixels.begin(), tested.pixels.end());
      view.category = tested.category.empty() ? -1 : tested.category[0];
      view.transform =
          viewed.setting.stream->tasks[static_cast<std::size_t>(one.task)].transform_name;
      return;
    }
    if (choice.kind == link::StimulusChoice::Kind::File) {
      auto picture = data::readPicture(choice.file, {images.width, images.height, images.channels});
      if (picture) {
        view.pixels = std::move(*picture);
        return;
      }
      view.problem = picture.error().text();
    }
    link::StimulusStrip strip;
    viewed.replica().showStrip(strip);
    const auto& newest = strip.stimuli[strip.newest];
    view.pixels = newest.pixels;
    view.category = newest.category;
    view.transform = strip.transform;
  }

  static void answer(const Viewed& viewed, link::UnitsView& view) {
    const auto& plan = viewed.setting.plan(viewed.shown);
    const auto& replica = viewed.replica();
    std::vector<float> x(view.pixels.size());
    data::toUnit(view.pixels, x);
    const learn::Samples one{1, x, {}, {}};
    const auto trace = net::forward(plan, replica.parameters(),
                                    learn::tensorsOf(one, static_cast<std::int64_t>(x.size())).x,
                                    replica.lesions());
    for (std::size_t l = 0; l < plan.network.layers.size(); ++l) {
      const auto role = plan.network.layers[l].role;
      link::LayerActivity layer;
      if (spec::isOutput(role)) {
        layer.acts = floats(at::softmax(trace.net_input[l], /*dim=*/-1));
        if (role == LayerRole::Category)
          view.answer = static_cast<std::int32_t>(
              std::max_element(layer.acts.begin(), layer.acts.end()) - layer.acts.begin());
      } else {
        layer.acts = floats(trace.activity[l]);
      }
      if (role == LayerRole::Hidden) {
        const auto& lesions = replica.lesions();
        layer.states =
            statesOf(floats(trace.net_input[l]),
                     trace.taken_off[l].defined() ? floats(trace.taken_off[l]).front() : 0.0F,
                     lesions.silences(l) ? lesions.units[l] : std::vector<std::uint8_t>());
      }
      view.layers.push_back(std::move(layer));
    }
  }

  void picture(const Viewed& viewed, link::UnitsView& view) {
    const auto& layers = viewed.setting.spec.network.layers;
    for (const auto& id : view.request.units) {
      if (view.units.size() == link::UnitsRequest::kMostUnits) break;
      if (id.layer >= layers.size() || id.unit < 0 || id.unit >= layers[id.layer].units) continue;
      if (spec::isSource(layers[id.layer].role)) continue;
      link::UnitPicture made;
      made.id = id;
      weigh(viewed, made);
      view.units.push_back(std::move(made));
    }
    tune(viewed, view.units);
  }

  static link::KernelPicture kernelOf(const net::Plan& plan, std::size_t path,
                                      const at::Tensor& weights, const link::UnitId& id) {
    const auto channel = id.unit / plan.graph.shape[id.layer].area();
    return {path, weights.size(1), weights.size(2), floats(weights.select(0, channel))};
  }

  static void addUnits(std::size_t path, const at::Tensor& weights, link::UnitPicture& to) {
    const auto out = floats(weights.select(/*dim=*/1, to.id.unit));
    for (std::size_t u = 0; u < out.size(); ++u)
      to.strongest.push_back({path, static_cast<std::int64_t>(u), out[u]});
  }

  // A unit meets the kernel of every target channel at some places of the target.
  static void addPlaces(const net::Plan& plan, std::size_t path, const at::Tensor& weights,
                        link::UnitPicture& to) {
    const auto& layer = plan.network.layers[plan.graph.target[path]];
    const auto &from = plan.graph.shape[to.id.layer],
               &over = plan.graph.shape[plan.graph.target[path]];
    const auto y = to.id.unit % from.area() / from.width, x = to.id.unit % from.width;
    const auto out = floats(weights.select(/*dim=*/1, to.id.unit / from.area()));
    for (std::int64_t ky = 0; ky < layer.kernel; ++ky)
      for (std::int64_t kx = 0; kx < layer.kernel; ++kx) {
        const auto row = y + layer.padding - ky, column = x + layer.padding - kx;
        if (row < 0 || column < 0 || row % layer.stride != 0 || column % layer.stride != 0)
          continue;
        const auto at_y = row / layer.stride, at_x = column / layer.stride;
        if (at_y >= over.height || at_x >= over.width) continue;
        for (std::int64_t c = 0; c < over.channels; ++c)
          to.strongest.push_back(
              {path, (c * over.height + at_y) * over.width + at_x,
               out[static_cast<std::size_t>((c * layer.kernel + ky) * layer.kernel + kx)]});
      }
  }

  // From the unit back to the input: what reaches a layer is weighed by its outgoing paths.
  static void weigh(const Viewed& viewed, link::UnitPicture& to) {
    const auto& plan = viewed.setting.plan(viewed.shown);
    const auto& graph = plan.graph;
    const auto& weights = viewed.replica().parameters().weights;
    std::vector<at::Tensor> reaching(plan.network.layers.size());
    reaching[to.id.layer] = at::zeros({plan.network.layers[to.id.layer].units});
    reaching[to.id.layer][to.id.unit] = 1;
    for (auto l = graph.order.rbegin(); l != graph.order.rend(); ++l) {
      if (!reaching[*l].defined()) continue;
      for (const auto p : graph.incoming[*l]) {
        auto& source = reaching[graph.source[p]];
        const auto part = net::carriedBack(plan, p, weights[p], reaching[*l]);
        source = source.defined() ? source + part : part;
      }
    }
    if (reaching[graph.input].defined()) to.incoming = floats(reaching[graph.input]);
    const auto& incoming = graph.incoming[to.id.layer];
    to.direct = incoming.size() == 1 && graph.source[incoming[0]] == graph.input;
    for (const auto p : incoming)
      if (net::convolves(plan, p)) to.kernels.push_back(kernelOf(plan, p, weights[p], to.id));
    for (const auto p : graph.outgoing[to.id.layer]) {
      if (net::convolves(plan, p))
        addPlaces(plan, p, weights[p], to);
      else
        addUnits(p, weights[p], to);
    }
    const auto most = std::min(kStrongest, to.strongest.size());
    std::partial_sort(
        to.strongest.begin(), to.strongest.begin() + static_cast<std::ptrdiff_t>(most),
        to.strongest.end(),
        [](const auto& a, const auto& b) { return std::abs(a.weight) > std::abs(b.weight); });
    to.strongest.resize(most);
  }

  // Mean activity of the units over images of every task, by task and by category.
  void tune(const Viewed& viewed, std::vector<link::UnitPicture>& units) {
    if (units.empty()) return;
    const auto& setting = viewed.setting;
    const auto tasks = static_cast<std::size_t>(setting.spec.stream.tasks);
    const auto classes = static_cast<std::size_t>(setting.stream->categories);
    const auto images = std::min(kImagesATask, testSamples(setting.spec));
    for (auto& unit : units) {
      unit.by_task.assign(tasks, 0);
      unit.by_category.assign(classes, 0);
    }
    std::vector<float> of_category(classes);
    const auto& plan = setting.plan(viewed.shown);
    if (!forward_ || forward_run_ != viewed.run || forward_plan_ != &plan) forward_.emplace(plan);
    forward_run_ = viewed.run;  // the plan of another run may lie at the same address
    forward_plan_ = &plan;
    forward_->begin(viewed.replica().parameters(), viewed.replica().lesions());
    for (std::size_t t = 0; t < tasks; ++t) {
      const auto shown = viewed.replica().images({static_cast<std::int64_t>(t), 0, images}, bench_);
      const auto size = shown.pixels.size() / static_cast<std::size_t>(images);
      for (std::int64_t i = 0; i < images; ++i)
        data::toUnit(shown.pixels.subspan(static_cast<std::size_t>(i) * size, size),
                     forward_->input(i));
      forward_->run(images);
      for (std::int64_t i = 0; i < images; ++i) {
        const auto category = static_cast<std::size_t>(shown.category[static_cast<std::size_t>(i)]);
        of_category[category] += 1;
        for (auto& unit : units) {
          const float a = activityOf(plan, unit.id, i);
          unit.by_task[t] += a / static_cast<float>(images);
          unit.by_category[category] += a;
        }
      }
    }
    for (auto& unit : units) {
      for (std::size_t c = 0; c < classes; ++c)
        unit.by_category[c] /= std::max(of_category[c], 1.0F);
      if (spec::isOutput(plan.network.layers[unit.id.layer].role)) continue;  // logits
      unit.to_category = tuningOf(unit.by_category);
      unit.to_task = tuningOf(unit.by_task);
    }
  }

  // Of an output its logit.
  float activityOf(const net::Plan& plan, const link::UnitId& id, std::int64_t row) const {
    const float sent = forward_->values(id.layer, row)[static_cast<std::size_t>(id.unit)];
    const bool output = spec::isOutput(plan.network.layers[id.layer].role);
    return output ? sent : sent * forward_->length(id.layer, row);
  }

  std::optional<link::UnitsRequest> request_;
  std::shared_ptr<const link::UnitsView> view_;
  bool answered_ = false;
  std::uint64_t lesions_ = 0;
  TestBench bench_;
  std::optional<net::RowForward> forward_;
  std::uint64_t forward_run_ = 0;
  const net::Plan* forward_plan_ = nullptr;
};

}  // namespace

std::unique_ptr<Viewer> makeUnitsViewer() { return std::make_unique<UnitsViewer>(); }

}  // namespace dentate::run
