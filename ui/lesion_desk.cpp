#include "ui/lesion_desk.h"

#include <algorithm>
#include <utility>

#include "engine/spec/graph.h"

namespace dentate::ui {

void LesionDesk::follow(const link::Snapshot& now) {
  if (!now.spec) return;
  const auto& network = now.spec->network;
  if (spec_ != now.spec) {
    if (!spec_ || spec_->network != network) setup_.at_test = noLesions(network);
    spec_ = now.spec;
  }
  if (recalled_) takeRecalled();
  if (run_ != now.run) {
    run_ = now.run;
    pending_ = {};
    past_.clear();
    future_.clear();
  }
  setup_.learning = pending_.shown(dialsOf(network, now.lesions), now.applied);
}

void LesionDesk::takeRecalled() {
  const KeptLesions kept = *std::exchange(recalled_, std::nullopt);
  const auto& network = spec_->network;
  setup_.order = kept.order;
  setup_.seed = kept.seed;
  for (std::size_t l = 0; l < network.layers.size(); ++l)
    if (const auto found = kept.layers.find(network.layers[l].name);
        found != kept.layers.end() && network.layers[l].role == spec::LayerRole::Hidden)
      setup_.at_test.share[l] = std::clamp(found->second, 0.0, 1.0);
  for (std::size_t p = 0; p < network.paths.size(); ++p)
    if (const auto found = kept.paths.find(spec::pathName(network.paths[p]));
        found != kept.paths.end())
      setup_.at_test.cut[p] = std::clamp(found->second, 0.0, 1.0);
}

KeptLesions LesionDesk::kept() const {
  if (recalled_ || !spec_) return recalled_.value_or(KeptLesions());
  KeptLesions out{{}, {}, setup_.order, setup_.seed};
  const auto& network = spec_->network;
  const auto& at_test = setup_.at_test;
  for (std::size_t l = 0; l < at_test.share.size(); ++l)
    if (at_test.share[l] > 0) out.layers[network.layers[l].name] = at_test.share[l];
  for (std::size_t p = 0; p < at_test.cut.size(); ++p)
    if (at_test.cut[p] > 0) out.paths[spec::pathName(network.paths[p])] = at_test.cut[p];
  return out;
}

std::vector<spec::Lesion> LesionDesk::asked() const {
  if (!learning_) return lesionsOf(setup_, setup_.at_test);
  // While a slider is held, what it would do.
  return pending_.waiting() ? lesionsOf(setup_, setup_.learning) : std::vector<spec::Lesion>();
}

bool LesionDesk::anyLesion() const { return !setup_.at_test.none() || !setup_.learning.none(); }

void LesionDesk::undoAll(const link::Emit& emit) {
  if (!spec_) return;
  edit(emit, [this](LesionSetup& setup) {
    setup.at_test = noLesions(spec_->network);
    setup.learning = setup.at_test;
  });
}

void LesionDesk::drag(const LesionRow& row, double share) {
  setShare(learning_ ? setup_.learning : setup_.at_test, row, share);
  if (learning_) pending_.touch(setup_.learning);
}

void LesionDesk::send(const LesionSetup& before, const link::Emit& emit) {
  const auto lesions = lesionsOf(setup_, setup_.learning);
  if (lesions == lesionsOf(before, before.learning)) return;
  pending_.sent(setup_.learning, emit(link::SetLesions{lesions}));
}

void LesionDesk::commit(const LesionSetup& before, const link::Emit& emit) {
  if (setup_ == before) return;
  past_.push_back(before);
  future_.clear();
  send(before, emit);
}

void LesionDesk::goBack(std::vector<LesionSetup>& from, std::vector<LesionSetup>& to,
                        const link::Emit& emit) {
  if (from.empty()) return;
  const LesionSetup before = std::exchange(setup_, from.back());
  to.push_back(before);
  from.pop_back();
  send(before, emit);
}

}  // namespace dentate::ui
