// Representational similarity of the shown network, intact and lesioned; then the pattern overlap of
// its like in other runs, and, where the run stands still, that of all networks of its cell. An answer
// is of one moment: the weights are copied when it is begun, of another run when its turn comes.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "engine/measure/projection.h"
#include "engine/measure/similarity.h"
#include "engine/measure/statistics.h"
#include "engine/run/patterns.h"
#include "engine/run/viewer.h"

namespace dentate::run {
namespace {

using Clock = std::chrono::steady_clock;
using link::SimilarityRequest;

measure::Similarity kindOf(const SimilarityRequest& request) {
  return request.measure == SimilarityRequest::Measure::Pearson ? measure::Similarity::Pearson
                                                                : measure::Similarity::Cosine;
}

bool silencesAny(const net::Lesions& lesions) {
  const auto any = [](const std::vector<std::uint8_t>& flags) {
    return std::any_of(flags.begin(), flags.end(), [](std::uint8_t flag) { return flag != 0; });
  };
  return any(lesions.paths) || std::any_of(lesions.units.begin(), lesions.units.end(), any) ||
         std::any_of(lesions.sources.begin(), lesions.sources.end(), any);
}

link::SimilarityPlane planeOf(const measure::Projection& projection) {
  link::SimilarityPlane out;
  for (std::size_t r = 0; r < projection.coordinates.rows; ++r) {
    out.x.push_back(projection.coordinates.at(r, 0));
    out.y.push_back(projection.coordinates.at(r, 1));
  }
  out.share = projection.share;
  return out;
}

class SimilarityViewer final : public Viewer {
 public:
  bool watch(const link::Watch& watch) override {
    if (watch.similarity == request_) return false;
    if (!request_ || !watch.similarity || !sameRows(*request_, *watch.similarity)) last_.clear();
    request_ = watch.similarity;
    view_.reset();
    stage_ = Stage::Begin;
    return true;
  }

  bool behind(const Viewed& viewed) const override {
    return request_ && (stage_ != Stage::Done || stale(viewed));
  }

  void work(const Viewed& viewed, Clock::time_point deadline) override {
    // The moment of the shown network is seen through; that of the others is gone with the next.
    if (stage_ == Stage::Begin || moved(viewed) ||
        ((stage_ == Stage::Others || stage_ == Stage::Done) && stale(viewed)))
      begin(viewed);
    if (stage_ == Stage::Runs && !viewed.in(request_->runs[other_])) {  // it is gone
      made_->runs.pop_back();
      sums_.forget();
      nextRun(viewed, other_ + 1);
    }
    do {
      if (!sums_.done())
        sums_.addChunk();
      else
        finishPass(viewed);
    } while (stage_ != Stage::Done && Clock::now() < deadline);
  }

  void show(link::Views& to) const override { to.similarity = view_; }

 private:
  struct Seen {  // of another run, when its turn came
    std::uint64_t run = 0, lesions = 0;
    std::int64_t step = 0;
  };
  enum class Stage { Begin, Intact, Lesioned, Runs, Others, Done };

  static bool sameRows(const SimilarityRequest& a, const SimilarityRequest& b) {
    return a.level == b.level && a.task == b.task;
  }
  bool moved(const Viewed& viewed) const {
    return viewed.run != run_ || viewed.shown != shown_ || viewed.lesions != lesions_;
  }
  bool stale(const Viewed& viewed) const {
    return moved(viewed) || viewed.step != step_ ||
           std::any_of(seen_.begin(), seen_.end(), [&](const Seen& seen) {
             const auto at = viewed.in(seen.run);
             return at && (at->step != seen.step || at->lesions != seen.lesions);
           });
  }

  void begin(const Viewed& viewed) {
    const bool same_images =
        viewed.run == run_ && viewed.shown == shown_ && planned_ && sameRows(*planned_, *request_);
    if (!same_images) {
      plan_ = planPatterns(viewed.setting, viewed.replica(), *request_);
      planned_ = request_;
      last_.clear();
    }
    if (viewed.run != run_) sums_.forget();
    run_ = viewed.run;
    shown_ = viewed.shown;
    lesions_ = viewed.lesions;
    step_ = viewed.step;
    const auto& replica = viewed.replica();
    lesioned_ = net::joined(replica.lesions(), replica.lesionsFor(asked(viewed)));
    frozen_ = replica.parameters().clone();
    seen_.clear();
    made_ = std::make_shared<link::SimilarityView>();
    made_->request = *request_;
    made_->run = run_;
    made_->replica = shown_;
    made_->step = step_;
    made_->width = viewed.setting.stream->dataset->train.width;
    made_->height = viewed.setting.stream->dataset->train.height;
    made_->rows = plan_.rows;
    sums_.begin(viewed.setting.plan(shown_), plan_);
    sums_.take(frozen_, {});
    stage_ = Stage::Intact;
  }

  // One layer of what the sums hold, or, after the last, on to the next pass.
  void finishPass(const Viewed& viewed) {
    if (stage_ == Stage::Runs) {
      made_->runs.back().overlap = overlapsNow(viewed);
      return nextRun(viewed, other_ + 1);
    }
    if (stage_ == Stage::Others) return finishOther(viewed);
    auto& layers = stage_ == Stage::Intact ? made_->intact : made_->lesioned;
    const auto hidden = hiddenLayers(viewed);
    if (layers.size() < hidden.size()) layers.push_back(layerNow(hidden[layers.size()]));
    if (layers.size() < hidden.size()) return;
    if (stage_ == Stage::Intact && silencesAny(lesioned_)) {
      sums_.take(frozen_, lesioned_);
      stage_ = Stage::Lesioned;
      return;
    }
    view_ = made_;
    made_ =
        std::make_shared<link::SimilarityView>(*made_);  // those of other runs are still to come
    nextRun(viewed, 0);
  }

  // Of the other runs that are asked for, the first from that place on which there is.
  void nextRun(const Viewed& viewed, std::size_t place) {
    stage_ = Stage::Runs;
    for (other_ = place; other_ < request_->runs.size(); ++other_) {
      const auto at = viewed.in(request_->runs[other_]);
      if (!at || at->run == run_ || hiddenLayers(*at) != hiddenLayers(viewed)) continue;
      const auto& replica = at->replica();
      made_->runs.push_back({at->run, at->step, {}});
      seen_.push_back({at->run, at->lesions, at->step});
      sums_.forget();  // what it was given last may be gone with its run
      beginLike(*at, replica, shown_);
      sums_.take(replica.parameters().clone(),
                 net::joined(replica.lesions(), replica.lesionsFor(asked(*at))));
      return;
    }
    if (!made_->runs.empty()) {
      view_ = made_;
      sums_.forget();
    }
    beginOthers(viewed);
  }

  // Sums of a network on the images of the shown one; where training images are the test, each
  // network has its own.
  void beginLike(const Viewed& viewed, const Replica& replica, std::size_t place) {
    if (!viewed.setting.tests) other_plan_ = planPatterns(viewed.setting, replica, *request_);
    sums_.begin(viewed.setting.plan(place), viewed.setting.tests ? plan_ : other_plan_);
  }

  // The lesions of the request that the network has the parts for: the window may ask with those of
  // another network, a moment after a load.
  std::vector<spec::Lesion> asked(const Viewed& viewed) const {
    auto out = request_->lesions;
    std::erase_if(out, [&](const spec::Lesion& lesion) {
      return spec::checkLesion(viewed.setting.spec.network, lesion).has_value();
    });
    return out;
  }

  link::LayerSimilarity layerNow(std::size_t layer) {
    const auto patterns = sums_.means(layer);
    const auto matrix = measure::similarityMatrix(patterns.view(), kindOf(*request_));
    link::LayerSimilarity out;
    out.layer = layer;
    out.overlap = measure::meanOffDiagonal(matrix);
    out.components = aligned({layer, 0}, measure::principalComponents(patterns.view()));
    out.scaling = aligned({layer, 1}, measure::scaleSimilarities(matrix));
    out.matrix = matrix.values;
    return out;
  }

  // Intact pictures lie like the intact ones before them, lesioned ones like those that they stand
  // beside.
  link::SimilarityPlane aligned(std::pair<std::size_t, int> place, measure::Projection projection) {
    const auto before = last_.find(place);
    if (before != last_.end())
      projection = measure::alignedTo(before->second, std::move(projection));
    auto out = planeOf(projection);
    if (stage_ == Stage::Intact) last_[place] = std::move(projection);
    return out;
  }

  static std::vector<std::size_t> hiddenLayers(const Viewed& viewed) {
    std::vector<std::size_t> out;
    const auto& layers = viewed.setting.spec.network.layers;
    for (std::size_t l = 0; l < layers.size(); ++l)
      if (layers[l].role == spec::LayerRole::Hidden) out.push_back(l);
    return out;
  }

  // The networks of the cell, as far as they stand at the same meta-step.
  void beginOthers(const Viewed& viewed) {
    const auto& spec = viewed.setting.spec;
    others_.clear();
    overlaps_ = {overlapsOf(made_->intact), overlapsOf(made_->lesioned)};
    for (std::size_t r = 0; r < viewed.experiment.size(); ++r)
      if (r != shown_ && spec::cellOf(spec, r) == spec::cellOf(spec, shown_) &&
          viewed.experiment.replica(r).stepsDone() == step_)
        others_.push_back(r);
    other_ = 0;
    stage_ = Stage::Others;
    nextOther(viewed);
  }

  // Intact first.
  void nextOther(const Viewed& viewed) {
    other_lesioned_ = false;
    if (other_ == others_.size() || stale(viewed)) return finishOthers();
    const auto& replica = viewed.experiment.replica(others_[other_]);
    beginLike(viewed, replica, others_[other_]);
    sums_.take(replica.parameters(), {});
  }

  void finishOther(const Viewed& viewed) {
    const auto found = overlapsNow(viewed);
    auto& overlaps = overlaps_[other_lesioned_ ? 1 : 0];
    for (std::size_t l = 0; l < found.size(); ++l) overlaps[l].push_back(found[l]);
    if (!other_lesioned_ && !made_->lesioned.empty()) {
      const auto& replica = viewed.experiment.replica(others_[other_]);
      sums_.take(replica.parameters(),
                 net::joined(replica.lesions(), replica.lesionsFor(asked(viewed))));
      other_lesioned_ = true;
      return;
    }
    ++other_;
    nextOther(viewed);
  }

  // Of what the sums hold, by hidden layer.
  std::vector<double> overlapsNow(const Viewed& viewed) const {
    std::vector<double> out;
    for (const std::size_t layer : hiddenLayers(viewed))
      out.push_back(measure::meanOffDiagonal(
          measure::similarityMatrix(sums_.means(layer).view(), kindOf(*request_))));
    return out;
  }

  void finishOthers() {
    stage_ = Stage::Done;
    if (other_ < others_.size() || others_.empty()) return;
    auto view = std::make_shared<link::SimilarityView>(*made_);
    view->networks = spreadsOf(std::move(overlaps_[0]));
    view->networks_lesioned = spreadsOf(std::move(overlaps_[1]));
    view_ = std::move(view);
  }

  using Overlaps = std::vector<std::vector<double>>;  // by hidden layer, by network

  static Overlaps overlapsOf(const std::vector<link::LayerSimilarity>& layers) {
    Overlaps out;
    for (const auto& layer : layers) out.push_back({layer.overlap});
    return out;
  }

  static std::vector<link::OverlapSpread> spreadsOf(Overlaps overlaps) {
    std::vector<link::OverlapSpread> out;
    for (auto& values : overlaps) {
      std::erase_if(values, [](double value) { return std::isnan(value); });
      const auto over = measure::meanSem(values);
      out.push_back({over.mean, over.sem, static_cast<std::int64_t>(values.size())});
    }
    return out;
  }

  std::optional<SimilarityRequest> request_, planned_;  // planned_: what plan_ is of
  std::shared_ptr<const link::SimilarityView> view_;
  std::shared_ptr<link::SimilarityView> made_;  // being made
  Stage stage_ = Stage::Begin;
  std::uint64_t run_ = 0, lesions_ = 0;
  std::int64_t step_ = 0;
  std::size_t shown_ = 0;
  net::Lesions lesioned_;
  net::Parameters frozen_;  // the shown network at `step_`
  PatternPlan plan_, other_plan_;
  PatternSums sums_;
  std::map<std::pair<std::size_t, int>, measure::Projection> last_;  // by layer; 0 PCA, 1 MDS
  std::vector<std::size_t> others_;                                  // replicas
  std::vector<Seen> seen_;
  std::size_t other_ = 0;             // place in others_, or in the runs of the request
  bool other_lesioned_ = false;       // its pass at hand
  std::array<Overlaps, 2> overlaps_;  // intact, lesioned
};

}  // namespace

std::unique_ptr<Viewer> makeSimilarityViewer() { return std::make_unique<SimilarityViewer>(); }

}  // namespace dentate::run
