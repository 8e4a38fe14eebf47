#include "ui/architecture_facts.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "engine/spec/graph.h"
#include "engine/spec/inhibition.h"
#include "engine/spec/memory.h"
#include "engine/spec/shape.h"
#include "engine/spec/spelling.h"
#include "ui/architecture_edits.h"
#include "ui/format.h"

namespace dentate::ui {
namespace {

using spec::LayerSpec;
using spec::NetworkSpec;
using spec::PathSpec;

double multiplyAddsOf(const spec::ExperimentSpec& spec) {
  return spec::denseMultiplyAdds(spec.network, spec.rule.replay, spec.rule.batch);
}

std::string unitsOf(const LayerSpec& layer) { return plural(layer.units, "unit", "units"); }

std::string alpha0Of(const PathSpec& path) {
  return path.alpha0 ? editable(*path.alpha0) : "the rule's";
}

void compareLayers(const LayerSpec& before, const LayerSpec& after, std::vector<std::string>& out) {
  const auto say = [&](const std::string& text) { out.push_back(after.name + ": " + text); };
  const bool maps = spec::isConvolutional(before) || spec::isConvolutional(after);
  if (before.units != after.units && !maps) say(count(before.units) + " → " + unitsOf(after));
  const auto words = [&](const char* what, const auto& from, const auto& to) {
    if (from != to)
      say(std::string(what) + " " + std::string(spec::spell(from)) + " → " +
          std::string(spec::spell(to)));
  };
  words("role", before.role, after.role);
  words("kind", before.kind, after.kind);
  const auto numbers = [&](const char* what, std::int64_t from, std::int64_t to) {
    if (from != to) say(std::string(what) + " " + count(from) + " → " + count(to));
  };
  if (before.kind == after.kind) {
    numbers("channels", before.channels, after.channels);
    numbers("kernel", before.kernel, after.kernel);
    numbers("stride", before.stride, after.stride);
    numbers("padding", before.padding, after.padding);
  }
  if (before.inhibition != after.inhibition)
    say(after.inhibition == spec::Inhibition::None ? "no inhibition any more"
        : after.inhibition == spec::Inhibition::LearnedM
            ? "now learns m"
            : "inhibition " + std::string(spec::kindOf(after.inhibition).words));
  const auto share = [&](const char* what, double from, double to) {
    if (from != to) say(std::string(what) + " " + tidy(from) + " → " + tidy(to));
  };
  share("k_max", before.k_max, after.k_max);
  share("k_target", before.k_target, after.k_target);
  if (before.k_steps != after.k_steps)
    say("k_steps " + count(before.k_steps) + " → " + count(after.k_steps));
  words("pathway", before.pathway, after.pathway);
}

std::string nameOf(const PathSpec& path) { return path.from + " → " + path.to; }

void comparePaths(const PathSpec& before, const PathSpec& after, std::vector<std::string>& out) {
  const auto say = [&](const std::string& text) { out.push_back(nameOf(after) + ": " + text); };
  if (before.alpha0 != after.alpha0) say("α₀ " + alpha0Of(before) + " → " + alpha0Of(after));
  if (before.frozen != after.frozen) say(after.frozen ? "frozen" : "learned, no longer frozen");
  if (before.pathway != after.pathway)
    say("pathway " + std::string(spec::spell(before.pathway)) + " → " +
        std::string(spec::spell(after.pathway)));
}

}  // namespace

MeasuredSpeed measuredSpeed(const link::Snapshot& now, const MeasuredSpeed& before) {
  const bool free = now.phase == link::Phase::Running && now.speed_limit <= 0;
  if (!now.spec || !free || !(now.meta_steps_per_second > 0)) return before;
  return {now.meta_steps_per_second, multiplyAddsOf(*now.spec), spec::convolves(now.spec->network)};
}

NetworkFacts networkFacts(const spec::ExperimentSpec& spec, const MeasuredSpeed& measured) {
  NetworkFacts facts;
  facts.parameters = spec::parameterCount(spec.network);
  facts.multiply_adds = multiplyAddsOf(spec);
  facts.memory = spec::memoryNeed(spec, spec::workingThreads(spec)).all();
  const bool convolves = spec::convolves(spec.network);
  facts.measured = measured.meta_steps_per_second > 0 && measured.multiply_adds > 0 &&
                   measured.convolves == convolves;
  const double a_second = facts.measured ? measured.meta_steps_per_second * measured.multiply_adds
                          : convolves    ? 0
                                         : kRoughMultiplyAdds;
  if (facts.multiply_adds > 0) facts.meta_steps_per_second = a_second / facts.multiply_adds;
  return facts;
}

std::string sizeInWords(const NetworkSpec& network, const LayerSpec& layer) {
  if (!spec::isConvolutional(layer)) return count(layer.units);
  for (std::size_t l = 0; l < network.layers.size(); ++l)
    if (network.layers[l].name == layer.name)
      if (const auto maps = spec::mapsOf(network)[l])
        return count(maps->channels) + " × " + count(maps->height) + " × " + count(maps->width);
  return plural(layer.channels, "channel", "channels");
}

std::string large(double value) {
  if (value < 1e6) return count(std::llround(value));
  return value < 1e9 ? number(value / 1e6) + " M" : number(value / 1e9) + " G";
}

std::string bytesInWords(double bytes) {
  constexpr double kMegabyte = 1024.0 * 1024.0, kGigabyte = 1024 * kMegabyte;
  if (bytes < 10 * kMegabyte) return number(std::max(0.1, bytes / kMegabyte)) + " MB";
  if (bytes < kGigabyte) return count(std::llround(bytes / kMegabyte)) + " MB";
  return number(bytes / kGigabyte) + " GB";
}

std::vector<std::string> differencesInWords(const NetworkSpec& preset, const NetworkSpec& network) {
  std::vector<std::string> out;
  for (const auto& layer : network.layers) {
    const LayerSpec* before = layerNamed(preset, layer.name);
    if (before == nullptr)
      out.push_back(layer.name + " added, " + unitsOf(layer));
    else
      compareLayers(*before, layer, out);
  }
  for (const auto& layer : preset.layers)
    if (layerNamed(network, layer.name) == nullptr) out.push_back(layer.name + " removed");
  for (const auto& path : network.paths) {
    const PathSpec* before = pathBetween(preset, {path.from, path.to});
    if (before == nullptr)
      out.push_back(nameOf(path) + " added");
    else
      comparePaths(*before, path, out);
  }
  for (const auto& path : preset.paths)
    if (pathBetween(network, {path.from, path.to}) == nullptr)
      out.push_back(nameOf(path) + " removed");
  return out;
}

}  // namespace dentate::ui
