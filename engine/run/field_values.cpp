#include "engine/run/field_values.h"

#include <algorithm>
#include <cstdint>

#include "engine/spec/spelling.h"

namespace dentate::run {

spec::Pathway pathwayOf(const Fields& from) {
  const auto pathway = spec::valueNamed<spec::Pathway>(from.text("without"));
  from.require(pathway.has_value());
  return pathway.value_or(spec::Pathway::None);
}

std::optional<measure::Sparsity> sparsityOf(const Fields& from, const spec::NetworkSpec& network) {
  if (!from.has("sparsity")) return std::nullopt;
  const auto in = from.object("sparsity");
  measure::Sparsity out{unpacked<float>(in, "dead"), unpacked<float>(in, "variance"),
                        unpacked<float>(in, "hoyer"), unpacked<float>(in, "near_zero")};
  for (const auto* const by_layer : {&out.dead, &out.variance})
    in.require(by_layer->empty() || by_layer->size() == network.layers.size());
  for (const auto* const by_path : {&out.hoyer, &out.near_zero})
    in.require(by_path->empty() || by_path->size() == network.paths.size());
  return out;
}

measure::UsedUnits usedOf(const Fields& from, const spec::NetworkSpec& network) {
  if (!from.has("used")) return {};
  auto out = from.manyBytes("used");
  from.require(out.empty() || out.size() == network.layers.size());
  for (std::size_t l = 0; l < std::min(out.size(), network.layers.size()); ++l)
    from.require(out[l].empty() ||
                 out[l].size() == static_cast<std::size_t>(network.layers[l].units));
  return out;
}

measure::ItemMemory itemsOf(const Fields& from) {
  if (!from.has("items")) return {};
  const auto counts = from.numbers("items", 4);
  if (counts.empty()) return {};
  const auto whole = [&](std::size_t i) {
    constexpr double kMost = 1e12;
    from.require(counts[i] >= 0 && counts[i] <= kMost);
    return counts[i] >= 0 && counts[i] <= kMost ? static_cast<std::int64_t>(counts[i]) : 0;
  };
  const measure::ItemMemory out{whole(0), whole(1), whole(2), whole(3)};
  from.require(out.held_right <= out.held && out.outside_right <= out.outside);
  return out;
}

std::map<spec::Pathway, double> accuracyOf(const Fields& from, const char* key) {
  std::map<spec::Pathway, double> out;
  for (const auto& each : from.objects(key)) out[pathwayOf(each)] = each.number("accuracy");
  return out;
}

std::map<spec::Pathway, measure::ItemMemory> itemsByPathway(const Fields& from) {
  std::map<spec::Pathway, measure::ItemMemory> out;
  if (!from.has("item_memory")) return out;
  for (const auto& each : from.objects("item_memory")) out[pathwayOf(each)] = itemsOf(each);
  return out;
}

}  // namespace dentate::run
