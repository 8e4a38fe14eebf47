// Accuracy over lesion size for every part that can be lesioned, of the runs that it is asked of, one
// after another. The networks of the cell shown when it was asked for come in turn: a copy is taken
// of one, and every lesion of it is tested on the same images. So a curve is of one moment of
// learning, however long it takes.
#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "engine/run/lesion_parts.h"
#include "engine/run/viewer.h"

namespace dentate::run {
namespace {

using Clock = std::chrono::steady_clock;
using spec::Lesion;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// The curves of one run.
class RunCurves {
 public:
  RunCurves(const Viewed& viewed, link::LesionCurvesRequest request)
      : request_(std::move(request)), shown_(viewed.shown) {
    begin(viewed);
  }

  // A part of the work at least, of what is left. `viewed` is of the same run.
  void work(const Viewed& viewed, Clock::time_point deadline) {
    if (viewed.lesions != lesions_) begin(viewed);
    while (!done()) {
      if (!subject_) take(viewed);
      countOne(viewed);
      if (Clock::now() >= deadline) return;
    }
  }
  [[nodiscard]] bool done() const { return !subject_ && to_come_.empty(); }
  [[nodiscard]] const link::LesionCurves& curves() const { return curves_; }

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
    curves_ = {};
    curves_.request = request_;
    curves_.run = viewed.run;
    curves_.curves = lesionableParts(spec.network, request_);
    lesions_ = viewed.lesions;
    subject_.reset();
    to_come_.clear();
    for (std::size_t r = viewed.experiment.size(); r-- > 0;)
      if (spec::cellOf(spec, r) == spec::cellOf(spec, shown_)) to_come_.push_back(r);
    tests_ = {{0, 0}};
    for (std::size_t c = 0; c < curves_.curves.size(); ++c)
      for (std::size_t s = 1; s < curves_.curves[c].shares.size(); ++s) tests_.push_back({c, s});
    curves_.in_all = static_cast<std::int64_t>(to_come_.size() * tests_.size());
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
    if (request_.order != spec::LesionOrder::Random) subject_->activity = replica.meanActivity();
    curves_.replicas.push_back(r);
    curves_.steps.push_back(replica.stepsDone());
    for (auto& curve : curves_.curves)
      for (auto* values : {&curve.category, &curve.item})
        values->emplace_back(curve.shares.size(), kNone);
  }

  // The same many of every task learned so far.
  std::vector<Replica::Range> imagesOf(const Viewed& viewed, const Replica& replica) const {
    const auto tasks = replica.taskAtHand() + 1, most = testSamples(viewed.setting.spec);
    const auto each = std::clamp<std::int64_t>(request_.samples / tasks, 1, most);
    std::vector<Replica::Range> out;
    for (std::int64_t t = 0; t < tasks; ++t) out.push_back({t, 0, each});
    return out;
  }

  void countOne(const Viewed& viewed) {
    auto& s = *subject_;
    const auto images = s.replica.images(s.images[s.range], bench_);
    s.counts.add(s.evaluator.count(s.parameters, images, s.lesions));
    if (++s.range < s.images.size()) return;
    const auto& plan = viewed.setting.plan(curves_.replicas.back());
    note(measure::evaluationOf(plan, s.counts));
    s.range = 0;
    s.counts = {};
    ++curves_.done;
    if (++s.test < tests_.size()) {
      s.lesions =
          net::joined(s.in_force, measure::lesionsOf(plan, lesionsOf(tests_[s.test]), s.activity));
      return;
    }
    subject_.reset();
  }

  std::vector<Lesion> lesionsOf(const Test& test) const {
    const auto& curve = curves_.curves[test.curve];
    auto lesions = curve.lesions;
    for (auto& lesion : lesions) lesion.share = curve.shares[test.share];
    return lesions;
  }

  void note(const measure::Evaluation& found) {
    const auto& test = tests_[subject_->test];
    for (std::size_t c = 0; c < curves_.curves.size(); ++c) {
      if (test.share > 0 && c != test.curve) continue;
      curves_.curves[c].category.back()[test.share] = found.category;
      curves_.curves[c].item.back()[test.share] = found.item;
    }
  }

  link::LesionCurvesRequest request_;
  std::size_t shown_ = 0;      // replica, whose cell is tested
  std::uint64_t lesions_ = 0;  // changes of those in force: all networks have the same
  link::LesionCurves curves_;
  std::vector<Test> tests_;           // of each network
  std::vector<std::size_t> to_come_;  // replicas, the next one last
  std::optional<Subject> subject_;
  TestBench bench_;
};

class LesionCurvesViewer final : public Viewer {
 public:
  bool watch(const link::Watch& watch) override {
    const bool other = watch.lesion_curves && watch.lesion_curves != request_;
    if (other) {
      request_ = watch.lesion_curves;
      begun_ = false;
    }
    const bool was_watched = std::exchange(watched_, watch.lesion_curves.has_value());
    return other || (watched_ && !was_watched);
  }

  bool behind(const Viewed&) const override {
    return watched_ && request_ && (!begun_ || !queue_.empty());
  }

  void work(const Viewed& viewed, Clock::time_point deadline) override {
    if (!begun_) begin(viewed);
    do {
      if (queue_.empty()) return;
      auto& first = queue_.front();
      const auto run = first.curves().run;
      const auto at = viewed.in(run);
      if (!at) {  // it is gone: what was tested of it is void
        queue_.pop_front();
        show(run, nullptr);
        continue;
      }
      first.work(*at, deadline);
      show(run, std::make_shared<const link::LesionCurves>(first.curves()));
      if (first.done()) queue_.pop_front();
    } while (Clock::now() < deadline);
  }

  void show(link::Views& to) const override { to.lesion_curves = shown_; }

 private:
  void begin(const Viewed& viewed) {
    begun_ = true;
    queue_.clear();
    std::erase_if(shown_, [&](const auto& curves) { return !viewed.in(curves->run); });
    auto runs = request_->runs;
    if (runs.empty()) runs.push_back(viewed.run);
    for (const auto run : runs) {
      const auto at = viewed.in(run);
      if (!at) continue;
      queue_.emplace_back(*at, *request_);
      show(run, std::make_shared<const link::LesionCurves>(queue_.back().curves()));
    }
  }

  void show(std::uint64_t run, link::LesionCurvesPtr curves) {
    std::erase_if(shown_, [=](const auto& before) { return before->run == run; });
    if (curves) shown_.push_back(std::move(curves));
  }

  std::optional<link::LesionCurvesRequest> request_;
  bool watched_ = false, begun_ = false;
  std::deque<RunCurves> queue_;               // the one at work first
  std::vector<link::LesionCurvesPtr> shown_;  // one a run
};

}  // namespace

std::unique_ptr<Viewer> makeLesionCurvesViewer() { return std::make_unique<LesionCurvesViewer>(); }

}  // namespace dentate::run
