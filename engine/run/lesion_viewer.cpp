// Intact and lesioned accuracy of the networks of the shown cell, and what the lesion takes. Every pass takes some images of
// every task learned so far, and the networks in turn, so that the first answer is coarse and comes
// at once, and each pass makes it finer. Both accuracies of a network are of the same images and the
// same weights.
#include <algorithm>
#include <vector>

#include "engine/measure/dissociation.h"
#include "engine/run/viewer.h"

namespace dentate::run {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kBootstrapSeed = 0;

link::Estimate valueOf(const measure::Estimate& e) {
  return {e.mean, e.sem, e.low, e.high, static_cast<std::int64_t>(e.count)};
}

link::LesionEffects effectsOf(const link::LesionView& view) {
  std::vector<measure::LesionAccuracy> accuracies;
  for (std::size_t r = 0; r < view.intact.size(); ++r)
    accuracies.push_back({view.intact[r].category, view.lesioned[r].category, view.intact[r].item,
                          view.lesioned[r].item});
  const auto effects = measure::dissociation(accuracies, kBootstrapSeed);
  return {valueOf(effects.category_loss), valueOf(effects.item_loss), valueOf(effects.index)};
}

class LesionViewer final : public Viewer {
 public:
  bool watch(const link::Watch& watch) override {
    if (watch.lesion == request_) return false;
    request_ = watch.lesion;
    view_.reset();
    place_ = {};
    began_ = false;
    return true;
  }

  bool behind(const Viewed& viewed) const override {
    return request_ && (!began_ || place_.pass < passes_ || stale(viewed));
  }

  void work(const Viewed& viewed, Clock::time_point deadline) override {
    if (!began_ || (place_.pass >= passes_ && stale(viewed)) || viewed.run != run_ ||
        viewed.lesions != lesions_ || cell_ != cellOf(viewed))
      begin(viewed);
    do {
      if (place_.replica == 0) images_ = imagesOfPass(viewed);
      countOne(viewed);
    } while (place_.pass < passes_ && Clock::now() < deadline);
    publish(viewed);
  }

  void show(link::Views& to) const override { to.lesion = view_; }

 private:
  static constexpr std::int64_t kImagesAPass = 200;  // of all tasks together

  struct Place {
    std::int64_t pass = 0;
    std::size_t replica = 0;  // place in replicas_
  };
  struct Sums {
    measure::Counts intact, lesioned;
  };

  static std::size_t cellOf(const Viewed& viewed) {
    return spec::cellOf(viewed.setting.spec, viewed.shown);
  }

  bool stale(const Viewed& viewed) const {
    return viewed.run != run_ || viewed.step != step_ || viewed.lesions != lesions_ ||
           cellOf(viewed) != cell_;
  }

  void begin(const Viewed& viewed) {
    const auto& spec = viewed.setting.spec;
    if (viewed.run != run_ || viewed.lesions != lesions_ || cell_ != cellOf(viewed)) view_.reset();
    if (viewed.run != run_) bench_ = {};  // its plans may be gone
    began_ = true;
    run_ = viewed.run;
    step_ = viewed.step;
    lesions_ = viewed.lesions;
    cell_ = cellOf(viewed);
    place_ = {};
    replicas_.clear();
    for (std::size_t r = 0; r < viewed.experiment.size(); ++r)
      if (spec::cellOf(spec, r) == cell_) replicas_.push_back(r);
    sums_.assign(replicas_.size(), {});
    silenced_.assign(replicas_.size(), {});
    tasks_ = viewed.replica().taskAtHand() + 1;
    const auto all = std::min(request_->samples, tasks_ * testSamples(spec));
    a_task_ = std::max<std::int64_t>(1, std::min(kImagesAPass, all) / tasks_);
    passes_ =
        std::max<std::int64_t>(1, std::min(all / (a_task_ * tasks_), testSamples(spec) / a_task_));
  }

  // Of the pass at hand: the same many of every task.
  std::vector<Replica::Range> imagesOfPass(const Viewed&) const {
    std::vector<Replica::Range> out;
    for (std::int64_t t = 0; t < tasks_; ++t) out.push_back({t, place_.pass * a_task_, a_task_});
    return out;
  }

  void countOne(const Viewed& viewed) {
    const auto& replica = viewed.experiment.replica(replicas_[place_.replica]);
    auto& lesions = silenced_[place_.replica];
    if (place_.pass == 0)
      lesions = net::joined(replica.lesions(), replica.lesionsFor(request_->lesions));
    auto& sums = sums_[place_.replica];
    for (const auto& range : images_) {
      sums.intact.add(replica.count(range, {}, bench_));
      sums.lesioned.add(replica.count(range, lesions, bench_));
    }
    if (++place_.replica < replicas_.size()) return;
    place_.replica = 0;
    ++place_.pass;
  }

  // Complete passes, and the one at hand of those networks that it has come to. Beside learning an
  // answer stays until one as fine can take its place.
  void publish(const Viewed& viewed) {
    const auto samples = place_.pass * a_task_ * tasks_;
    if (place_.pass == 0 || (view_ && place_.pass < passes_ && samples < view_->samples)) return;
    auto view = std::make_shared<link::LesionView>();
    view->request = *request_;
    view->run = run_;
    view->step = step_;
    view->samples = samples;
    view->samples_in_all = passes_ * a_task_ * tasks_;
    view->replicas = replicas_;
    const auto outcome = [&](std::size_t r, const measure::Counts& counts) {
      const auto all = measure::evaluationOf(viewed.setting.plan(replicas_[r]), counts);
      return link::LesionOutcome{all.category, all.item, all.active_fraction, all.items.inMemory(),
                                 all.items.outsideMemory()};
    };
    for (std::size_t r = 0; r < replicas_.size(); ++r) {
      view->intact.push_back(outcome(r, sums_[r].intact));
      view->lesioned.push_back(outcome(r, sums_[r].lesioned));
    }
    view->effects = effectsOf(*view);
    view_ = std::move(view);
  }

  std::optional<link::LesionRequest> request_;
  std::shared_ptr<const link::LesionView> view_;
  bool began_ = false;
  std::uint64_t run_ = 0, lesions_ = 0;
  std::int64_t step_ = 0;
  std::size_t cell_ = 0;
  std::int64_t tasks_ = 1, a_task_ = 1, passes_ = 0;
  std::vector<std::size_t> replicas_;
  std::vector<Sums> sums_;
  std::vector<net::Lesions> silenced_;  // the lesions, as they were found in the first pass
  std::vector<Replica::Range> images_;
  Place place_;
  TestBench bench_;
};

}  // namespace

std::unique_ptr<Viewer> makeLesionViewer() { return std::make_unique<LesionViewer>(); }

}  // namespace dentate::run
