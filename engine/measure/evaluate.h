// A network tested on samples that it does not learn from.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "engine/learn/rule.h"
#include "engine/measure/item_memory.h"
#include "engine/measure/sparsity.h"
#include "engine/net/cpu_forward.h"
#include "engine/net/network.h"

namespace dentate::measure {

// What a test counted: whole numbers, so that parts of a test add up to the same in any order.
struct Counts {
  std::int64_t samples = 0;
  std::int64_t category = 0, item = 0;  // samples right at that output; 0 without it
  std::vector<std::int64_t> active;     // [layers] units with a > 0, over all samples; 0 for input
                                        // and outputs
  // Of the samples that the replay memory holds: how many, and how many right at the item output.
  std::int64_t held = 0, held_item = 0;
  UsedUnits used;  // of all samples
  // Of the weights and the samples of one part of a test (Evaluator::sparsity); `dead` is empty.
  std::optional<Sparsity> sparsity;
  void add(const Counts& other);
  bool operator==(const Counts&) const = default;
};

// Samples whose pixels are 8 bit; the caller keeps the memory.
struct Images {
  std::int64_t count = 0;
  std::span<const std::uint8_t> pixels;     // [count, inputs], 0 to 255
  std::span<const std::int32_t> category;   // [count]; may be empty without a category output
  std::span<const std::int32_t> item;       // [count]; may be empty without an item output
  std::span<const std::uint8_t> held = {};  // [count], 1 in the replay memory; empty: none is
};

// Tests networks of one plan, again and again: by the CPU kernels where the parameters are float32
// on the CPU, else by net::forward, all samples at once.
// Memory made at the first test, kept for those to come.
// Thread one owner.
class Evaluator {
 public:
  // `plan` outlives it.
  explicit Evaluator(const net::Plan& plan) : plan_(plan) {}

  [[nodiscard]] Counts count(const net::Parameters& parameters, const learn::Samples& samples,
                             const net::Lesions& lesions = {});
  [[nodiscard]] Counts count(const net::Parameters& parameters, const Images& images,
                             const net::Lesions& lesions = {});
  // All but dead units. float32 on the CPU.
  [[nodiscard]] Sparsity sparsity(const net::Parameters& parameters, const Images& images,
                                  const net::Lesions& lesions = {});

 private:
  // Writes the raw pixels of a sample.
  using Pixels = std::function<void(std::int64_t sample, std::span<float> to)>;
  // Of `samples` all but the pixels is read, which `pixels` gives.
  Counts byKernels(const Images& samples, const Pixels& pixels);
  void addByKernels(const net::Parameters& parameters, const Images& images,
                    const net::Lesions& lesions, VarianceSum& to);
  net::CpuForward& forward();

  const net::Plan& plan_;
  std::optional<net::CpuForward> forward_;
};

// The same once, without memory that is kept.
[[nodiscard]] Counts evaluate(const net::Plan& plan, const net::Parameters& parameters,
                              const learn::Samples& samples, const net::Lesions& lesions = {});

struct Evaluation {
  double category = -1;  // share correct, [0, 1]; -1 without that output
  double item = -1;
  ItemMemory items;                     // of the samples at that output
  std::vector<double> active_fraction;  // by layer, [0, 1]; 0 for input and outputs
};

// Of at least one sample.
[[nodiscard]] Evaluation evaluationOf(const net::Plan& plan, const Counts& counts);

}  // namespace dentate::measure
