#include "engine/measure/lesion.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/data/random.h"

namespace dentate::measure {
namespace {

using spec::LesionOrder;

// What is silenced as one: the channels of a convolutional layer, the units of a dense one. The
// first to be silenced first; `by` their mean activity.
std::vector<std::int32_t> ordered(const spec::Lesion& lesion, std::int64_t parts,
                                  const std::vector<double>& by) {
  std::vector<std::int32_t> order(static_cast<std::size_t>(parts));
  std::iota(order.begin(), order.end(), 0);
  if (lesion.order == LesionOrder::Random) {
    data::Random random(lesion.seed, "lesion", lesion.index);
    random.shuffle(std::span(order));
    return order;
  }
  if (by.empty()) return order;
  const bool most = lesion.order == LesionOrder::MostActive;
  std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
    const auto left = by[static_cast<std::size_t>(a)], right = by[static_cast<std::size_t>(b)];
    return most ? left > right : left < right;
  });
  return order;
}

// Sums over parts of `size` units.
std::vector<double> byPart(const std::vector<double>& by_unit, std::int64_t size) {
  std::vector<double> out(by_unit.size() / static_cast<std::size_t>(size));
  for (std::size_t u = 0; u < by_unit.size(); ++u)
    out[u / static_cast<std::size_t>(size)] += by_unit[u];
  return out;
}

void silence(const net::Plan& plan, const spec::Lesion& lesion, const MeanActivity& activity,
             net::Lesions& to) {
  const auto& layer = plan.network.layers[lesion.index];
  const auto size = spec::isConvolutional(layer) ? plan.graph.shape[lesion.index].area() : 1;
  const auto parts = layer.units / size;
  const auto count = std::llround(lesion.share * static_cast<double>(parts));
  if (count == 0) return;
  const bool known = lesion.index < activity.size();
  const auto order =
      ordered(lesion, parts, known ? byPart(activity[lesion.index], size) : std::vector<double>());
  auto& silenced = to.units[lesion.index];
  silenced.resize(static_cast<std::size_t>(layer.units));
  for (std::int64_t n = 0; n < count; ++n)
    std::fill_n(silenced.begin() + order[static_cast<std::size_t>(n)] * size, size,
                std::uint8_t{1});
}

}  // namespace

bool needsActivity(std::span<const spec::Lesion> lesions) {
  return std::any_of(lesions.begin(), lesions.end(), [](const spec::Lesion& lesion) {
    return lesion.part == spec::LesionPart::Layer && !lesion.plasticity && lesion.share > 0 &&
           lesion.share < 1 && lesion.order != LesionOrder::Random;
  });
}

net::Lesions lesionsOf(const net::Plan& plan, std::span<const spec::Lesion> lesions,
                       const MeanActivity& activity) {
  if (lesions.empty()) return {};
  const auto paths = plan.network.paths.size();
  net::Lesions made{std::vector<std::vector<std::uint8_t>>(plan.network.layers.size()),
                    std::vector<std::uint8_t>(paths), std::vector<std::uint8_t>(paths)};
  for (const auto& lesion : lesions) {
    if (lesion.part == spec::LesionPart::Path) {
      if (lesion.plasticity || lesion.share > 0)
        (lesion.plasticity ? made.still : made.paths)[lesion.index] = 1;
    } else if (lesion.plasticity) {
      for (const auto p : plan.graph.incoming[lesion.index]) made.still[p] = 1;
    } else {
      silence(plan, lesion, activity, made);
    }
  }
  return made;
}

}  // namespace dentate::measure
