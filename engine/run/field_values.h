// Values of the engine as a state that was kept holds them, read back. A field that does not fit
// spoils the document (fields.h). Internal to engine/run.
#pragma once
#include <cstring>
#include <map>
#include <optional>
#include <type_traits>
#include <vector>

#include "engine/measure/item_memory.h"
#include "engine/measure/sparsity.h"
#include "engine/run/fields.h"
#include "engine/spec/experiment.h"

namespace dentate::run {

// Numbers that were packed side by side.
template <class T>
std::vector<T> unpacked(const Fields& from, const char* key) {
  const auto bytes = from.bytes(key);
  from.require(bytes.size() % sizeof(T) == 0);
  std::vector<T> values(bytes.size() / sizeof(T));
  if (!values.empty()) std::memcpy(values.data(), bytes.data(), values.size() * sizeof(T));
  return values;
}

[[nodiscard]] spec::Pathway pathwayOf(const Fields& from);
// Nothing of a state that an older version kept; the same below.
[[nodiscard]] std::optional<measure::Sparsity> sparsityOf(const Fields& from,
                                                          const spec::NetworkSpec& network);
[[nodiscard]] measure::UsedUnits usedOf(const Fields& from, const spec::NetworkSpec& network);
[[nodiscard]] measure::ItemMemory itemsOf(const Fields& from);

// By pathway left out.
[[nodiscard]] std::map<spec::Pathway, double> accuracyOf(const Fields& from, const char* key);
[[nodiscard]] std::map<spec::Pathway, measure::ItemMemory> itemsByPathway(const Fields& from);

}  // namespace dentate::run
