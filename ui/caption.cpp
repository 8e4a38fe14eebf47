#include "ui/caption.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <vector>

#include "ui/comparison.h"
#include "ui/format.h"
#include "ui/heads.h"
#include "ui/network_panel.h"

namespace dentate::ui {
namespace {

using link::Phase;
using spec::LayerRole;
using spec::Pathway;

struct Recent {
  double mean = 0, sem = 0;
};

struct Measured {
  std::size_t layer = 0;
  double mean = 0, sem = 0;
};

// The last meta-steps of a curve, as many as a task has; none where nothing is known.
std::optional<Recent> lately(const spec::ExperimentSpec& spec, const Trace& trace) {
  const auto steps = std::max<std::int64_t>(1, spec::stepsPerTask(spec) / trace.stride);
  Recent out;
  double n = 0;
  for (std::size_t i = trace.size; i > 0 && n < static_cast<double>(steps); --i) {
    const Moments at = trace.at(i - 1);
    if (at.n == 0) break;
    out.mean += at.mean;
    out.sem += at.sem();  // replicas keep their order from step to step: no root of n is gained
    ++n;
  }
  if (n == 0) return std::nullopt;
  return Recent{out.mean / n, out.sem / n};
}

// Hidden layers in the order of the spec, with their active fraction over all replicas; that of the
// shown replica where no curve has come yet.
std::vector<Measured> hiddenLayers(const link::Snapshot& now, const History& history) {
  std::vector<Measured> out;
  const auto& layers = now.spec->network.layers;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (layers[i].role != LayerRole::Hidden) continue;
    if (const auto recent = lately(*now.spec, history.activeFraction(i, shownCell(now))))
      out.push_back({i, recent->mean, recent->sem});
    else if (i < now.layers.size() && now.step > 0)
      out.push_back({i, now.layers[i].active_fraction, 0});
  }
  return out;
}

bool clearlyBelow(const Measured& a, const Measured& b) {
  return b.mean - a.mean > std::max(kClearDifference, 2 * std::hypot(a.sem, b.sem));
}

// The layer that is clearly sparser than every other one.
std::optional<Measured> sparsest(const std::vector<Measured>& layers) {
  if (layers.size() < 2) return std::nullopt;
  const auto least = std::min_element(layers.begin(), layers.end(),
                                      [](auto& a, auto& b) { return a.mean < b.mean; });
  for (const Measured& other : layers)
    if (other.layer != least->layer && !clearlyBelow(*least, other)) return std::nullopt;
  return *least;
}

std::string range(const std::vector<Measured>& layers) {
  double low = 1, high = 0;
  for (const auto& layer : layers) {
    low = std::min(low, layer.mean);
    high = std::max(high, layer.mean);
  }
  if (wholePercent(low) == wholePercent(high)) return wholePercent(low);
  return "between " + wholePercent(low) + " and " + wholePercent(high);
}

// Mean alpha of the paths into hidden layers of a pathway; none where there is no such path.
std::optional<double> alphaInto(const link::Snapshot& now, const History& history,
                                Pathway pathway) {
  double sum = 0, n = 0;
  const auto& network = now.spec->network;
  for (std::size_t p = 0; p < network.paths.size(); ++p) {
    for (const auto& layer : network.layers) {
      if (layer.name != network.paths[p].to || layer.role != LayerRole::Hidden ||
          layer.pathway != pathway)
        continue;
      if (const auto recent = lately(*now.spec, history.alpha(p, shownCell(now))))
        sum += recent->mean;
      else if (p < now.paths.size())
        sum += now.paths[p].alpha;
      else
        continue;
      n += 1;
    }
  }
  if (n == 0) return std::nullopt;
  return sum / n;
}

std::string pathwayName(Pathway pathway) {
  return pathway == Pathway::Large ? "large path" : "small path";
}

// ", and learns twice as fast as the small one"; empty where the rates say nothing.
std::string speedAgainstOther(const link::Snapshot& now, const History& history, Pathway one) {
  const Pathway other = one == Pathway::Large ? Pathway::Small : Pathway::Large;
  const auto a = alphaInto(now, history, one);
  const auto b = alphaInto(now, history, other);
  if (!a || !b || !spec::learnsAlpha(shownCondition(now))) return "";
  const std::string name =
      "the " + std::string(other == Pathway::Large ? "large" : "small") + " one";
  if (*a <= 0) return ", but it has stopped learning (α ≤ 0)";
  if (*b <= 0) return ", while " + name + " has stopped learning (α ≤ 0)";
  const double ratio = *a / *b;
  if (ratio > 0.9 && ratio < 1.1) return " and learns about as fast as " + name;
  if (ratio >= 1.9 && ratio <= 2.1) return " and learns twice as fast as " + name;
  if (ratio > 1) {
    char times[32];
    std::snprintf(times, sizeof times, "%.1f", ratio);
    return " and learns " + std::string(times) + " times as fast as " + name;
  }
  return ", but learns more slowly than " + name;
}

bool isDeepest(const link::Snapshot& now, std::size_t layer) {
  const auto& network = now.spec->network;
  const auto goesOn = [&](const spec::PathSpec& path) {
    if (path.from != network.layers[layer].name) return false;
    return std::any_of(network.layers.begin(), network.layers.end(), [&](const auto& target) {
      return target.name == path.to && target.role == LayerRole::Hidden;
    });
  };
  return std::none_of(network.paths.begin(), network.paths.end(), goesOn);
}

// "; α rises towards the output: .015, .030, .046"; empty where that does not hold clearly, or the
// paths are no chain.
std::string rising(const link::Snapshot& now, const History& history) {
  const auto& paths = now.spec->network.paths;
  if (!spec::learnsAlpha(shownCondition(now)) || paths.size() < 2) return "";
  std::string numbers;
  double before = 0;
  for (std::size_t p = 0; p < paths.size(); ++p) {
    if (p > 0 && paths[p].from != paths[p - 1].to) return "";
    const auto recent = lately(*now.spec, history.alpha(p, shownCell(now)));
    if (!recent || recent->mean <= 0 || recent->mean < 1.1 * before) return "";
    before = recent->mean;
    numbers += (numbers.empty() ? "" : ", ") + number(before);
  }
  return "; α rises towards the output: " + numbers;
}

std::string aboutShownLayers(const link::Snapshot& now, const History& history) {
  const auto layers = hiddenLayers(now, history);
  if (layers.empty()) return "Nothing has been learned yet.";
  if (layers.size() == 1)
    return wholePercent(layers[0].mean) + " of the hidden layer's units respond.";
  const auto least = sparsest(layers);
  if (!least)
    return "No layer is clearly sparser yet: " + range(layers) + " of the units respond in each.";
  const auto& layer = now.spec->network.layers[least->layer];
  const std::string share = wholePercent(least->mean) + " of its units respond";
  if (layer.pathway != Pathway::None)
    return "The " + pathwayName(layer.pathway) + " is the sparsest layer (" + share + ")" +
           speedAgainstOther(now, history, layer.pathway) + ".";
  if (isDeepest(now, least->layer))
    return "The last hidden layer is now the sparsest: " + share + rising(now, history) + ".";
  return "Layer " + layer.name + " is now the sparsest: " + share + ".";
}

std::string aboutLayers(const link::Snapshot& now, const History& history) {
  return whose(now) + aboutShownLayers(now, history);
}

bool areSeveral(const link::Snapshot& now) { return spec::replicaCount(*now.spec) > 1; }

std::string beforeStart(const link::Snapshot& now) {
  const auto& stream = now.spec->stream;
  return "Ready to learn " + plural(stream.tasks, "task", "tasks") + " of " +
         plural(stream.samples_per_task, "image", "images") + ", one after the other" +
         (areSeveral(now) ? ", in " + networksInWords(*now.spec) : "") +
         ". Press Play or the space bar.";
}

// ": retained accuracy RA baseline .446, s .482, s+lr .583", at the alpha0 of the shown network.
std::string retained(const link::Snapshot& now, const History& history) {
  Comparison comparison;
  comparison.alpha0 = spec::cellVariant(*now.spec, shownCell(now)).alpha0;
  std::string out;
  for (const auto& shown : shownGroups(*now.spec, comparison)) {
    const auto summary = history.summary(shown.group);
    if (!summary) return "";
    out += (out.empty() ? ": retained accuracy RA " : ", ") + shown.label + " " +
           number(summary->ra.mean);
  }
  return out;
}

std::string atTheEnd(const link::Snapshot& now, const History& history) {
  std::string out = "All " + count(now.spec->stream.tasks) + " tasks are learned";
  if (areSeveral(now)) out += " by " + plural(spec::replicaCount(*now.spec), "network", "networks");
  if (spec::comparedOf(*now.spec).size() > 1) {
    out += retained(now, history);
  } else if (const auto summary = history.summary(shownCell(now))) {
    out += ": retained accuracy RA " + number(summary->ra.mean);
    if (summary->ra.n > 1)
      out += " ± " + number(summary->ra.sem()) + " SEM, n = " + count(summary->ra.n);
  }
  return out + ". " + aboutLayers(now, history);
}

// A loss of less than this share of an accuracy is called hardly any.
constexpr double kHardlyLess = 0.1;

// "item accuracy falls from 1.65 % to .700 %"; empty where the networks have no such output.
template <class Value>
std::string change(const char* what, const link::LesionView& view, const Value& value) {
  Moments intact, lesioned;
  for (const auto& outcome : view.intact)
    if (value(outcome) >= 0) intact.add(value(outcome));
  for (const auto& outcome : view.lesioned)
    if (value(outcome) >= 0) lesioned.add(value(outcome));
  if (intact.n == 0 || lesioned.n == 0) return "";
  const std::string from = percent(intact.mean), to = percent(lesioned.mean);
  const double less = static_cast<double>(intact.mean) - static_cast<double>(lesioned.mean);
  if (from == to) return std::string(what) + " stays at " + to;
  if (std::abs(less) < kHardlyLess * static_cast<double>(intact.mean))
    return std::string(what) + " hardly changes (" + from + " to " + to + ")";
  return std::string(what) + (less > 0 ? " falls from " : " rises from ") + from + " to " + to;
}

std::string inWords(const spec::NetworkSpec& network, const spec::Lesion& lesion) {
  const bool path = lesion.part == spec::LesionPart::Path;
  const std::string name =
      path ? network.paths[lesion.index].from + " → " + network.paths[lesion.index].to
           : layerTitle(network, lesion.index);
  const std::string part = lesion.share < 1 ? wholePercent(lesion.share) + " of " : "";
  return part + name + (path ? " cut" : " silenced");
}

}  // namespace

std::string whose(const link::Snapshot& now) {
  auto cell = spec::cellVariant(*now.spec, shownCell(now));
  const std::string name = networkName(*now.spec, cell);
  const auto seed = name.rfind(", seed");
  return seed == std::string::npos ? "" : name.substr(0, seed) + ": ";
}

std::string lesionCaption(const link::Snapshot& now, const link::LesionView& view) {
  const auto& network = now.spec->network;
  const auto& lesions = view.request.lesions;
  std::string what;
  for (const auto& lesion : lesions)
    if (!lesion.plasticity) what += (what.empty() ? "" : ", ") + inWords(network, lesion);
  if (lesions.size() > 3) what = count(static_cast<std::int64_t>(lesions.size())) + " lesions";
  std::string item = change("item accuracy", view, [](const auto& o) { return o.item; });
  if (!item.empty()) item += " (chance " + percent(chanceOf(network, Head::Item)) + ")";
  const std::string category =
      change("category accuracy", view, [](const auto& o) { return o.category; });
  const std::string both = item + (item.empty() || category.empty() ? "" : ", ") + category;
  return whose(now) + "Tested with " + what + ": " + (both.empty() ? "not measured yet" : both) +
         ".";
}

std::int64_t shownTask(const link::Snapshot& now) {
  if (now.task >= now.spec->stream.tasks) return now.spec->stream.tasks;
  return now.step > 0 ? (now.step - 1) / spec::stepsPerTask(*now.spec) : 0;
}

std::string caption(const link::Snapshot& now, const History& history) {
  if (now.phase == Phase::Failed)
    return "The run stopped. " + (now.failure ? now.failure->text() : std::string());
  if (now.phase == Phase::Loading) return "The data and the networks are being made …";
  if (now.phase == Phase::Empty || !now.spec) return "Choose an experiment, then press Play.";
  if (now.phase == Phase::Finished) return atTheEnd(now, history);
  if (now.step == 0) return beforeStart(now);
  if (now.phase == Phase::Paused)
    return "Paused after " + plural(now.step, "meta-step", "meta-steps") + ". " +
           aboutLayers(now, history);
  if (now.phase == Phase::Evaluating)
    return "Measuring accuracy on the tasks. " + aboutLayers(now, history);
  return aboutLayers(now, history);
}

}  // namespace dentate::ui
