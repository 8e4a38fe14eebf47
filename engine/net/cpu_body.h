// The primitives by the CPU kernels: one network at a time, no tensor operation and no allocation
// between begin() and report().
//
// Silent units are skipped, exactly: products go over the units that are active in a block of rows
// (kernels.h), and weights lie source by source, so a silent source's are never read.
// Working memory is made for the largest meta-step of the rule when the body is made, and serves
// any network of the plan: its rows stay in the cache while replicas take turns.
// Thread one owner.
#pragma once
#include <memory>
#include <vector>

#include "engine/net/cpu_buffers.h"
#include "engine/net/cpu_products.h"
#include "engine/net/cpu_update.h"
#include "engine/net/primitives.h"

namespace dentate::net {

class CpuBody final : public Primitives {
 public:
  // `plan` outlives it. `largest` bounds the samples that begin() is given.
  CpuBody(const Plan& plan, const StepShape& largest, const Kernels& kernels = net::kernels());

  // One replica, float32 on the CPU.
  void begin(ParameterBatch& parameters, std::span<const MetaBatch> samples) override;
  void netInput(std::size_t layer, Rows rows) override;
  void rectify(std::size_t layer, Rows rows) override;
  void loss(std::size_t layer, Rows rows) override;
  void backward(std::size_t layer, Rows rows) override;
  void unrectify(std::size_t layer, Rows rows) override;
  void update(const Descent& descent) override;
  void report(std::span<Measured> replicas) override;
  void setLesions(std::span<const Lesions> lesions) override;

 private:
  using Paths = std::vector<std::size_t>;

  void takeParameters(ParameterBatch& parameters);
  void takeInput(const MetaBatch& samples);
  // Where a layer's net input of these rows is built up.
  [[nodiscard]] MutableRows target(std::size_t layer, Rows rows) const;
  // What fast weights add to a product of these rows: minus sum_i of sum_p a_p dots_p[row][i] times
  // history[i]. Valid until the next call.
  [[nodiscard]] Listed history(const Paths& paths, bool forward, Rows rows);
  void takeProduct(std::size_t path, Rows rows, MutableRows to, const Listed& past) const;
  void fillCoefficients(const Paths& paths, bool forward, Rows rows);
  void deltaDots(std::size_t layer, Rows rows);
  void rectifyMeta(std::size_t layer);
  void lossMeta(std::size_t layer);
  [[nodiscard]] double workShare() const;
  [[nodiscard]] bool fromInput(std::size_t path) const;
  [[nodiscard]] bool plastic(std::size_t path) const;
  [[nodiscard]] std::int64_t rowCount() const { return blocksOf(shape_.rows()) * kBlock; }

  const Plan& plan_;
  StepShape largest_, shape_;
  const Kernels& kernels_;
  RowMemory memory_;
  Buffers layers_;                           // by layer, and copies of sources that are cut in part
  std::vector<MutableRows> first_products_;  // by path from the input: W x^ of every sample
  CpuProducts products_;
  MutableRows coefficients_;  // [rows, steps]
  MutableRows seen_;          // [steps + 1, steps] row n: 1 for the first n steps
  NetworkMemory network_;
  Lesions lesions_;
  std::vector<std::vector<Paths>> back_;  // by layer: paths on, those that read the same together
  std::vector<std::vector<std::int32_t>> labels_;  // by layer, by sample
  std::size_t leading_ = 0;  // the output whose answers are counted: category, else item
  StepMeasures measures_;
  CpuUpdate update_;
};

}  // namespace dentate::net
