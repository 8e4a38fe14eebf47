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
    const bool layer = lesion.part == spec::LesionPart::Layer;
    data::Random random(lesion.seed, layer ? "lesion" : "cut", lesion.index);
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

// Marks in `to`, unit by unit, what the lesion takes of this layer.
void take(const net::Plan& plan, const spec::Lesion& lesion, std::size_t of,
          const MeanActivity& activity, std::vector<std::uint8_t>& to) {
  const auto& layer = plan.network.layers[of];
  const auto size = spec::isConvolutional(layer) ? plan.graph.shape[of].area() : 1;
  const auto parts = layer.units / size;
  const auto count = std::llround(lesion.share * static_cast<double>(parts));
  if (count == 0) return;
  const bool known = of < activity.size();
  const auto order =
      ordered(lesion, parts, known ? byPart(activity[of], size) : std::vector<double>());
  to.resize(static_cast<std::size_t>(layer.units));
  for (std::int64_t n = 0; n < count; ++n)
    std::fill_n(to.begin() + order[static_cast<std::size_t>(n)] * size, size, std::uint8_t{1});
}

void takePath(const net::Plan& plan, const spec::Lesion& lesion, const MeanActivity& activity,
              net::Lesions& to) {
  if (lesion.plasticity)
    to.still[lesion.index] = 1;
  else if (lesion.share == 1)
    to.paths[lesion.index] = 1;
  else
    take(plan, lesion, plan.graph.source[lesion.index], activity, to.sources[lesion.index]);
}

}  // namespace

bool needsActivity(std::span<const spec::Lesion> lesions) {
  return std::any_of(lesions.begin(), lesions.end(), [](const spec::Lesion& lesion) {
    return !lesion.plasticity && lesion.share > 0 && lesion.share < 1 &&
           lesion.order != LesionOrder::Random;
  });
}

net::Lesions lesionsOf(const net::Plan& plan, std::span<const spec::Lesion> lesions,
                       const MeanActivity& activity) {
  if (lesions.empty()) return {};
  const auto paths = plan.network.paths.size();
  using Marks = std::vector<std::uint8_t>;
  net::Lesions made{std::vector<Marks>(plan.network.layers.size()), Marks(paths), Marks(paths),
                    std::vector<Marks>(paths)};
  for (const auto& lesion : lesions) {
    if (lesion.part == spec::LesionPart::Path) {
      takePath(plan, lesion, activity, made);
    } else if (lesion.plasticity) {
      for (const auto p : plan.graph.incoming[lesion.index]) made.still[p] = 1;
    } else {
      take(plan, lesion, lesion.index, activity, made.units[lesion.index]);
    }
  }
  return made;
}

}  // namespace dentate::measure
