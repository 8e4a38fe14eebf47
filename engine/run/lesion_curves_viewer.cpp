// Accuracy over lesion size for every part that can be lesioned. The networks of the cell shown when
// it was asked for come one after another: a copy is taken of one, and every lesion of it is tested
// on the same images. So a curve is of one moment of learning, however long it takes.
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "engine/run/viewer.h"
#include "engine/spec/graph.h"

namespace dentate::run {
namespace {

using Clock = std::chrono::steady_clock;
using spec::Lesion;
using spec::LesionPart;
using spec::Pathway;

constexpr int kSteps = 10;  // of the share, from 0 to 1
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

link::LesionCurve curveOf(std::string part, std::vector<Lesion> lesions) {
  link::LesionCurve curve{std::move(part), std::move(lesions), {0}, {}, {}};
  for (int step = 1; step <= kSteps; ++step)
    curve.shares.push_back(static_cast<double>(step) / kSteps);
  return curve;
}

// Every hidden layer, every path, and every pathway that is more than one layer.
std::vector<link::LesionCurve> partsOf(const spec::NetworkSpec& network,
                                       const link::LesionCurvesRequest& request) {
  std::vector<link::LesionCurve> curves;
  const auto whole = [&](LesionPart part, std::size_t index) {
    return Lesion{part, index, 1, request.order, request.seed};
  };
  for (const auto pathway : {Pathway::Large, Pathway::Small}) {
    std::vector<Lesion> layers;
    for (std::size_t l = 0; l < network.layers.size(); ++l)
      if (network.layers[l].pathway == pathway && network.layers[l].role == spec::LayerRole::Hidden)
        layers.push_back(whole(LesionPart::Layer, l));
    if (layers.size() > 1)
      curves.push_back(
          curveOf(pathway == Pathway::Large ? "large pathway" : "small pathway", layers));
  }
  for (std::size_t l = 0; l < network.layers.size(); ++l)
    if (network.layers[l].role == spec::LayerRole::Hidden)
      curves.push_back(curveOf(network.layers[l].name, {whole(LesionPart::Layer, l)}));
  for (std::size_t p = 0; p < network.paths.size(); ++p)
    curves.push_back(curveOf(spec::pathName(network.paths[p]), {whole(LesionPart::Path, p)}));
  return curves;
}

class LesionCurvesViewer final : public Viewer {
 public:
  bool watch(const link::Watch& watch) override {
    const bool other = watch.lesion_curves && watch.lesion_curves != request_;
    if (other) {
      request_ = watch.lesion_curves;
      curves_.reset();
      shown_.reset();
      over_ = false;
    }
    const bool was_watched = std::exchange(watched_, watch.lesion_curves.has_value());
    return other || (watched_ && !was_watched);
  }

  bool behind(const Viewed&) const override { return watched_ && !over_; }

  void work(const Viewed& viewed, Clock::time_point deadline) override {
    if (!curves_) begin(viewed);
    if (viewed.run == curves_->run && viewed.lesions != lesions_) begin(viewed);
    if (viewed.run != curves_->run) {  // void, and not begun again of itself
      over_ = true;
      shown_.reset();
      return;
    }
    do {
      if (!subject_) take(viewed);
      countOne(viewed);
    } while (!over_ && Clock::now() < deadline);
    shown_ = std::make_shared<const link::LesionCurves>(*curves_);
  }

  void show(link::Views& to) const override { to.lesion_curves = shown_; }

 private:
  struct Test {
    std::size_t curve = 0, share = 0;  // places; share 0 is the same for all curves
  };
  // The network whose turn it is, as it was when that came.
  struct Subject {
    const Replica& replica;
    net::Parameters parameters;
    net::Lesions in_force;
    measure::MeanActivity activity;
    std::vector<Replica::Range> images;
    measure::Evaluator evaluator;
    std::size_t test = 0, range = 0;  // places of what comes next
    net::Lesions lesions;             // of that test
    measure::Counts counts;           // of it so far
  };

  void begin(const Viewed& viewed) {
    const auto& spec = viewed.setting.spec;
    curves_.emplace();
    curves_->request = *request_;
    curves_->run = viewed.run;
    lesions_ = viewed.lesions;
    curves_->curves = partsOf(spec.network, *request_);
    subject_.reset();
    to_come_.clear();
    for (std::size_t r = viewed.experiment.size(); r-- > 0;)
      if (spec::cellOf(spec, r) == spec::cellOf(spec, viewed.shown)) to_come_.push_back(r);
    tests_ = {{0, 0}};
    for (std::size_t c = 0; c < curves_->curves.size(); ++c)
      for (std::size_t s = 1; s < curves_->curves[c].shares.size(); ++s) tests_.push_back({c, s});
    curves_->in_all = static_cast<std::int64_t>(to_come_.size() * tests_.size());
  }

  void take(const Viewed& viewed) {
    const auto r = to_come_.back();
    to_come_.pop_back();
    const auto& replica = viewed.experiment.replica(r);
    subject_.emplace(Subject{replica,
                             replica.parameters().clone(),
                             replica.lesions(),
                             {},
                             imagesOf(viewed, replica),
                             measure::Evaluator(viewed.setting.plan(r)),
                             0,
                             0,
                             replica.lesions(),
                             {}});
    if (request_->order != spec::LesionOrder::Random) subject_->activity = replica.meanActivity();
    curves_->replicas.push_back(r);
    curves_->steps.push_back(replica.stepsDone());
    for (auto& curve : curves_->curves)
      for (auto* values : {&curve.category, &curve.item})
        values->emplace_back(curve.shares.size(), kNone);
  }

  // The same many of every task learned so far.
  std::vector<Replica::Range> imagesOf(const Viewed& viewed, const Replica& replica) const {
    const auto tasks = replica.taskAtHand() + 1, most = testSamples(viewed.setting.spec);
    const auto each = std::clamp<std::int64_t>(request_->samples / tasks, 1, most);
    std::vector<Replica::Range> out;
    for (std::int64_t t = 0; t < tasks; ++t) out.push_back({t, 0, each});
    return out;
  }

  void countOne(const Viewed& viewed) {
    auto& s = *subject_;
    const auto images = s.replica.images(s.images[s.range], bench_);
    s.counts.add(s.evaluator.count(s.parameters, images, s.lesions));
    if (++s.range < s.images.size()) return;
    const auto& plan = viewed.setting.plan(curves_->replicas.back());
    note(measure::evaluationOf(plan, s.counts));
    s.range = 0;
    s.counts = {};
    ++curves_->done;
    if (++s.test < tests_.size()) {
      s.lesions =
          net::joined(s.in_force, measure::lesionsOf(plan, lesionsOf(tests_[s.test]), s.activity));
      return;
    }
    subject_.reset();
    over_ = to_come_.empty();
  }

  std::vector<Lesion> lesionsOf(const Test& test) const {
    const auto& curve = curves_->curves[test.curve];
    auto lesions = curve.lesions;
    for (auto& lesion : lesions) lesion.share = curve.shares[test.share];
    return lesions;
  }

  void note(const measure::Evaluation& found) {
    const auto& test = tests_[subject_->test];
    for (std::size_t c = 0; c < curves_->curves.size(); ++c) {
      if (test.share > 0 && c != test.curve) continue;
      curves_->curves[c].category.back()[test.share] = found.category;
      curves_->curves[c].item.back()[test.share] = found.item;
    }
  }

  std::optional<link::LesionCurvesRequest> request_;
  bool watched_ = false;
  std::uint64_t lesions_ = 0;  // changes of those in force: all networks have the same
  bool over_ = false;          // worked out, or void
  std::optional<link::LesionCurves> curves_;  // none: not begun
  std::shared_ptr<const link::LesionCurves> shown_;
  std::vector<Test> tests_;           // of each network
  std::vector<std::size_t> to_come_;  // replicas, the next one last
  std::optional<Subject> subject_;
  TestBench bench_;
};

}  // namespace

std::unique_ptr<Viewer> makeLesionCurvesViewer() { return std::make_unique<LesionCurvesViewer>(); }

}  // namespace dentate::run
