// The primitives as tensor operations: all replicas at once, on the device and in the type of the
// parameters.
//
// Nothing between begin() and report() waits for the device: no number is read back, and no shape
// depends on one. Where LibTorch can record the launches of a device they are recorded
// (launch_graph.h); for that the samples lie at the same addresses while the counts stay the same.
// Shapes layers [replicas, rows, units]; meta rows also as [replicas, samples, steps, units].
// Thread one owner.
#pragma once
#include <vector>

#include "engine/net/aten_samples.h"
#include "engine/net/launch_graph.h"
#include "engine/net/primitives.h"

namespace dentate::net {

class AtenBody final : public Primitives {
 public:
  explicit AtenBody(const Plan& plan);  // `plan` outlives it

  void begin(ParameterBatch& parameters, std::span<const MetaBatch> samples) override;
  void perform(const Descent& descent, const std::function<void()>& step) override;
  void netInput(std::size_t layer, Rows rows) override;
  void rectify(std::size_t layer, Rows rows) override;
  void loss(std::size_t layer, Rows rows) override;
  void backward(std::size_t layer, Rows rows) override;
  void unrectify(std::size_t layer, Rows rows) override;
  void update(const Descent& descent) override;
  void report(std::span<Measured> replicas) override;
  void setLesions(std::span<const Lesions> lesions) override;

 private:
  // Of one layer.
  struct Layer {
    at::Tensor past_h, past_d;  // the history, [replicas, steps, units]
    // [replicas, 1, units], or of one for all: 0 where silenced; not defined where all are intact.
    at::Tensor keep;
    // Of the rows in work.
    at::Tensor z, inhibiting, norm, h, dh, d;
    at::Tensor echo;  // <d_i, d> over the history, [replicas, rows, entries]
  };
  // True where the parameters lie elsewhere than in the last meta-step.
  bool bind(ParameterBatch& parameters);
  // True where another net input inhibits a layer than in the last meta-step.
  bool takeRanks(std::int64_t steps);
  void allocate(AtenSamples::Counts counts);
  void prepare();  // what all rows need of parameters and samples

  [[nodiscard]] bool omits(std::size_t path) const { return lesions_.front().omits(path); }
  [[nodiscard]] bool plastic(std::size_t path) const;
  [[nodiscard]] at::Tensor rate(std::size_t path) const;  // of alpha, [replicas, 1, 1]
  [[nodiscard]] at::Tensor sent(std::size_t path) const;  // h of its source, as it passes on
  // Entries of the history that the rows see.
  [[nodiscard]] std::int64_t entries(Rows rows) const {
    return rows.meta() ? now_.steps : rows.step;
  }
  // Where what the rows send or take back is written: into the history, or beside it.
  [[nodiscard]] at::Tensor placeFor(Rows rows, const at::Tensor& past) const;
  [[nodiscard]] at::Tensor fromInput(const at::Tensor& of_samples, Rows rows) const;
  [[nodiscard]] at::Tensor overHistory(const at::Tensor& of, const at::Tensor& past,
                                       Rows rows) const;
  [[nodiscard]] at::Tensor seen(std::size_t path, Rows rows) const;
  const at::Tensor& echo(std::size_t layer, Rows rows);
  [[nodiscard]] at::Tensor bySample(const at::Tensor& of, Rows rows) const;
  [[nodiscard]] at::Tensor weightGradient(std::size_t path) const;
  [[nodiscard]] at::Tensor alphaGradient() const;
  [[nodiscard]] at::Tensor mGradient() const;

  const Plan& plan_;
  std::vector<Lesions> lesions_{1};  // one for all replicas, or one for each
  bool lesions_changed_ = false, fresh_ = false;
  AtenSamples samples_;
  AtenSamples::Counts now_;
  LaunchGraph graph_;
  Descent recorded_descent_;
  ParameterBatch* parameters_ = nullptr;
  std::vector<const void*> bound_;

  at::Tensor mask_;                     // [steps, steps]: row j sees entries 0 ... j
  at::Tensor moving_;                   // [paths], 0 where frozen
  at::Tensor rate_;                     // [replicas, paths]
  at::Tensor input_gram_;               // [replicas, samples, steps]
  std::vector<at::Tensor> from_input_;  // by path from the input: W x, [replicas, samples, units]
  std::vector<at::Tensor> seen_;        // by path: <h_i, h> over the history, as echo
  std::vector<at::Tensor> pass_;        // by path: of its source's units, as Layer::keep
  std::vector<Layer> layers_;
  std::vector<at::Tensor> active_;        // by layer: units active at the last step, [replicas]
  std::vector<std::int64_t> ranks_;       // by layer, of the net input that inhibits it; 0: none
  at::Tensor loss_, correct_, measured_;  // [replicas], [replicas], [replicas, all numbers]
};

}  // namespace dentate::net
