#include "engine/spec/inhibition.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/spec/check.h"
#include "engine/spec/k_wta.h"
#include "engine/spec/k_wta_learned_m.h"
#include "engine/spec/learned_m.h"
#include "engine/spec/no_inhibition.h"
#include "engine/spec/spelling.h"

namespace dentate::spec {
namespace {

struct Registry {
  std::vector<const InhibitionKind*> kinds;
  std::vector<Spelling<Inhibition>> spellings;
  void add(const InhibitionKind& kind) {
    DENTATE_CHECK(!has(kind.name));
    spellings.push_back({static_cast<Inhibition>(kinds.size()), kind.name});
    kinds.push_back(&kind);
  }
  [[nodiscard]] bool has(std::string_view name) const {
    return std::any_of(spellings.begin(), spellings.end(),
                       [name](const auto& entry) { return entry.text == name; });
  }
};

// One line a kind; Inhibition::None and LearnedM are the first two.
Registry& registry() {
  static Registry made = [] {
    Registry all;
    for (const auto* const kind : {
             &kNoInhibition,
             &kLearnedM,
             &kKWta,
             &kKWtaLearnedM,
         })
      all.add(*kind);
    return all;
  }();
  return made;
}

}  // namespace

std::span<const InhibitionKind* const> inhibitionKinds() { return registry().kinds; }

std::span<const Spelling<Inhibition>> inhibitionSpellings() { return registry().spellings; }

const InhibitionKind& kindOf(Inhibition which) {
  return *registry().kinds.at(static_cast<std::size_t>(which));
}

bool inhibits(Inhibition kind, Condition condition) {
  const auto& of = kindOf(kind);
  return of.rank != nullptr && (!of.learns_m || learnsM(condition));
}

bool learnsM(Inhibition kind, Condition condition) {
  return kindOf(kind).learns_m && inhibits(kind, condition);
}

std::int64_t annealedK(const LayerSpec& layer, std::int64_t done) {
  const auto units = static_cast<double>(layer.units);
  const auto first = std::max(1.0, std::floor(layer.k_max * units));
  const auto last = std::max(1.0, std::floor(layer.k_target * units));
  if (done >= layer.k_steps) return static_cast<std::int64_t>(last);
  const double way = static_cast<double>(done) / static_cast<double>(layer.k_steps);
  return static_cast<std::int64_t>(std::floor(first + (last - first) * way + 0.5));
}

AddedInhibition::AddedInhibition(const InhibitionKind& kind)
    : kind_(static_cast<Inhibition>(registry().kinds.size())) {
  registry().add(kind);
}

AddedInhibition::~AddedInhibition() {
  registry().kinds.pop_back();
  registry().spellings.pop_back();
}

}  // namespace dentate::spec
