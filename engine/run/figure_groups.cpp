#include "engine/run/figure_groups.h"

#include <cstdio>
#include <utility>

namespace dentate::run {

std::vector<Group> groupsOf(const spec::ExperimentSpec& spec) {
  const auto alpha0s = spec::alpha0sOf(spec).size();
  std::vector<Group> groups;
  for (const auto& compared : spec::comparedOf(spec)) {
    const std::size_t cell = groups.size() * alpha0s + spec::shownAlpha0(spec);
    groups.push_back({compared, cell, spec::nameOf(spec, compared),
                      figure::comparedStyle(spec, compared, figure::Theme::Light)});
  }
  return groups;
}

std::string note(const spec::ExperimentSpec& spec, const char* spread) {
  const auto groups = groupsOf(spec);
  const auto n = spec.replicas.seeds;
  std::string text = groups.size() > 1 ? "" : groups.front().label + ", ";
  if (spec::alpha0sOf(spec).size() > 1) {
    char alpha0[32];
    std::snprintf(alpha0, sizeof alpha0, "α₀ %g, ",
                  spec::cellVariant(spec, groups.front().cell).alpha0);
    text += alpha0;
  }
  if (n == 1) return text + "seed " + std::to_string(spec.replicas.first_seed);
  return text + "mean" + spread + ", n = " + std::to_string(n) + (groups.size() > 1 ? " each" : "");
}

figure::LinePlot plotOf(const spec::ExperimentSpec& spec, std::string title, std::string y) {
  figure::LinePlot plot;
  plot.title = std::move(title);
  plot.note = note(spec, " ± SEM");
  plot.x.label = "task";
  plot.x.low = 0;
  plot.x.high = static_cast<double>(spec.stream.tasks);
  plot.y.label = std::move(y);
  for (std::int64_t t = 1; t < spec.stream.tasks; ++t)
    plot.boundaries.push_back(static_cast<double>(t));
  return plot;
}

}  // namespace dentate::run
