#include "ui/comparison.h"

#include <algorithm>
#include <sstream>

#include "engine/spec/inhibition.h"
#include "engine/spec/lesion.h"
#include "engine/spec/spelling.h"
#include "ui/format.h"

namespace dentate::ui {

std::vector<ShownRun> shownRuns(const link::Snapshot& now, const Comparison& comparison) {
  std::vector<ShownRun> shown;
  for (const auto& entry : now.runs)
    if (entry.spec && (entry.run == now.run || !comparison.hidden_runs.contains(entry.run)))
      shown.push_back({&entry, strokeOf(now, entry.run)});
  return shown;
}

figure::Stroke strokeOf(const link::Snapshot& now, std::uint64_t run) {
  for (std::size_t i = 0; i < now.runs.size(); ++i)
    if (now.runs[i].run == run) return figure::strokeOf(i);
  return {};
}

std::string nameInNote(const std::string& name) {
  constexpr std::size_t kSigns = 24;
  return elided(name, kSigns);
}

std::string featuredName(const link::Snapshot& now, const Comparison& comparison) {
  if (shownRuns(now, comparison).size() > 1)
    for (const auto& run : now.runs)
      if (run.run == now.run) return nameInNote(run.name);
  return spec::nameOf(*now.spec, shownCompared(now));
}

std::size_t groupLike(const spec::ExperimentSpec& spec, const spec::Variant& like) {
  const auto all = spec::comparedOf(spec);
  const auto alpha0s = spec::alpha0sOf(spec);
  auto same = std::find(all.begin(), all.end(), like.compared());
  if (same == all.end())
    same = std::find_if(all.begin(), all.end(),
                        [&](const auto& each) { return each.condition == like.condition; });
  const auto alpha0 = std::find(alpha0s.begin(), alpha0s.end(), like.alpha0);
  const auto row = same == all.end() ? 0 : same - all.begin();
  const auto column = alpha0 == alpha0s.end() ? spec::shownAlpha0(spec)
                                              : static_cast<std::size_t>(alpha0 - alpha0s.begin());
  return static_cast<std::size_t>(row) * alpha0s.size() + column;
}

std::string changesInWords(const link::Snapshot& now, const link::RunEntry& run) {
  const auto& network = run.spec->network;
  std::string words;
  const auto add = [&](const std::string& change) {
    words += (words.empty() ? "" : "; ") + change;
  };
  for (const auto& lesion : run.lesions) add(spec::nameOf(network, lesion));
  const auto origin = std::find_if(now.runs.begin(), now.runs.end(),
                                   [&](const auto& other) { return other.run == run.from; });
  for (std::size_t l = 0; origin != now.runs.end() && l < network.layers.size(); ++l)
    if (network.layers[l].inhibition != origin->spec->network.layers[l].inhibition)
      add(network.layers[l].name + ": inhibition " +
          std::string(spec::kindOf(network.layers[l].inhibition).words));
  if (run.alpha_lr != run.spec->rule.alpha_lr) add("η for α: " + tidy(run.alpha_lr));
  if (run.m_lr != run.spec->rule.m_lr) add("η for m: " + tidy(run.m_lr));
  return words;
}

std::size_t chosenAlpha0(const spec::ExperimentSpec& spec, const Comparison& comparison) {
  const auto all = spec::alpha0sOf(spec);
  const auto found =
      comparison.alpha0 ? std::find(all.begin(), all.end(), *comparison.alpha0) : all.end();
  if (found == all.end()) return spec::shownAlpha0(spec);
  return static_cast<std::size_t>(found - all.begin());
}

std::vector<ShownGroup> shownGroups(const spec::ExperimentSpec& spec,
                                    const Comparison& comparison) {
  const auto compared = spec::comparedOf(spec);
  const std::size_t alpha0s = spec::alpha0sOf(spec).size();
  const std::size_t alpha0 = chosenAlpha0(spec, comparison);
  std::vector<ShownGroup> all, shown;
  for (std::size_t c = 0; c < compared.size(); ++c) {
    all.push_back({c * alpha0s + alpha0, compared[c],
                   compared.size() > 1 ? spec::nameOf(spec, compared[c]) : ""});
    if (!comparison.hidden.contains(compared[c])) shown.push_back(all.back());
  }
  return shown.empty() ? all : shown;
}

std::vector<ShownGroup> allGroups(const spec::ExperimentSpec& spec) {
  std::vector<ShownGroup> all;
  const auto alpha0s = spec::alpha0sOf(spec);
  const auto compared = spec::comparedOf(spec);
  for (const auto& one : compared) {
    for (const double alpha0 : alpha0s) {
      std::string label;
      if (compared.size() > 1) label = spec::nameOf(spec, one);
      if (alpha0s.size() > 1) label += (label.empty() ? "α₀ " : " α₀ ") + tidy(alpha0);
      all.push_back({all.size(), one, label});
    }
  }
  return all;
}

std::size_t shownCell(const link::Snapshot& now) { return spec::cellOf(*now.spec, now.replica); }

spec::Compared shownCompared(const link::Snapshot& now) {
  if (now.replica < now.variants.size()) return now.variants[now.replica].compared();
  return spec::comparedOf(*now.spec).front();
}

spec::Condition shownCondition(const link::Snapshot& now) {
  return now.replica < now.variants.size() ? now.variants[now.replica].condition
                                           : now.spec->rule.condition;
}

spec::Inhibition shownInhibition(const link::Snapshot& now, std::size_t layer) {
  return spec::inhibitionOf(now.spec->network.layers[layer], shownCompared(now));
}

bool showsM(const link::Snapshot& now, std::size_t layer) {
  return spec::learnsM(shownInhibition(now, layer), shownCondition(now));
}

std::string layerFacts(const link::Snapshot& now, std::size_t layer) {
  const auto& view = now.layers[layer];
  const auto& kind = spec::kindOf(shownInhibition(now, layer));
  std::string facts = "active " + percent(view.active_fraction);
  if (kind.learns_m) facts += "   m " + number(view.m);
  if (kind.anneals && view.k > 0) facts += "   k " + count(view.k - 1);
  if (view.dead >= 0) facts += "   " + count(static_cast<std::int64_t>(view.dead)) + " dead";
  return facts;
}

std::string networkName(const spec::ExperimentSpec& spec, const spec::Variant& variant) {
  std::string name;
  if (spec::comparedOf(spec).size() > 1) name += spec::nameOf(spec, variant.compared()) + ", ";
  if (spec.replicas.alpha0.size() > 1) name += "α₀ " + tidy(variant.alpha0) + ", ";
  return name + "seed " + std::to_string(variant.seed);
}

std::string networksInWords(const spec::ExperimentSpec& spec) {
  std::string words = spec::replicasInWords(spec);
  constexpr std::string_view kPlain = "alpha0";
  if (const auto at = words.find(kPlain); at != std::string::npos)
    words.replace(at, kPlain.size(), "α₀");
  return words;
}

std::string conditionsInWords(const spec::ExperimentSpec& spec) {
  std::string words;
  for (const auto condition : spec::conditionsOf(spec))
    words += (words.empty() ? "" : ", ") + std::string(spec::spell(condition));
  return words;
}

bool isFound(const spec::ExperimentSpec& spec, const spec::Variant& variant,
             std::string_view filter) {
  std::string name = networkName(spec, variant) + " " + editable(variant.alpha0);
  std::replace(name.begin(), name.end(), ',', ' ');
  const std::string condition(spec::spell(variant.condition));
  std::istringstream wanted{std::string(filter)};
  for (std::string word; wanted >> word;) {
    const auto& all = spec::kSpellings<spec::Condition>;
    if (std::any_of(all.begin(), all.end(), [&](const auto& s) { return s.text == word; })) {
      if (word != condition) return false;
      continue;
    }
    std::istringstream words{name};
    bool found = false;
    for (std::string part; !found && words >> part;) found = part.starts_with(word);
    if (!found) return false;
  }
  return true;
}

}  // namespace dentate::ui
