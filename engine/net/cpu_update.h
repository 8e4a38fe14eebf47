// The update primitive of the CPU body: gradients of weights, alpha and m from the rows of a
// meta-step, clipped and applied.
//
// ||dW_p|| is needed before W_p moves. Where the layers are large it comes from the Gram matrices of
// the rows, ||dW_p||^2 = sum (H H^T) o (D D^T), and dW_p is formed while W_p moves; where that would
// cost more, dW_p is formed first and kept until the clip factor is known. Where the rows tell that
// clipping is unlikely, neither is needed: W_p moves at once, and back by what was too much.
#pragma once
#include <vector>

#include "engine/net/cpu_buffers.h"
#include "engine/net/primitives.h"

namespace dentate::net {

// Where the parameters of the network at hand lie.
struct NetworkMemory {
  std::vector<MutableRows> weights;  // by path: a row a source
  float* alpha = nullptr;            // [paths]
  std::vector<float> rates;          // [paths] of alpha, before the update
  float* m = nullptr;                // [layers]
};

// What a meta-step measures, before clipping; Measured is made of it.
struct StepMeasures {
  double loss = 0, correct = 0;
  std::vector<double> weight_grad_norms, alpha_grad, m_grad;
  std::vector<float> active_fraction;
};

class CpuUpdate {
 public:
  // All outlive it.
  CpuUpdate(const Plan& plan, const StepShape& largest, Buffers& layers, RowMemory& memory,
            const Kernels& kernels);

  // After those of the buffers.
  void setLesions();

  // `measures` holds m_grad already; the other gradients are written into it.
  void apply(const StepShape& shape, const Descent& descent, const Lesions& lesions,
             const NetworkMemory& network, StepMeasures& measures);

 private:
  // Rows of a layer, multiplied with each other once a meta-step where a path asks for it.
  struct Gram {
    MutableRows products;  // [rows, rows], its lower blocks; no memory: no path asks
    bool done = false;     // in this meta-step
  };
  struct Layer {
    MutableRows summed;  // [samples] d summed over inner steps: the input is the same for all
    bool summed_done = false, marked = false;
    Gram sent, delta, of_summed;
  };

  void makeGrams(std::size_t path);
  [[nodiscard]] bool fromInput(std::size_t path) const;
  [[nodiscard]] std::int64_t rowsOf(std::size_t path) const;
  void sumOverSteps(std::size_t layer);
  void markActive(std::size_t sender);
  void moveAll(const Descent& descent, const NetworkMemory& network, std::vector<double>& norms);
  [[nodiscard]] bool knownFirst(std::size_t path) const;
  [[nodiscard]] double boundOfNorm(const std::vector<double>& norms) const;
  [[nodiscard]] double rateOf(std::size_t path, const Descent& descent,
                              const NetworkMemory& network) const;
  [[nodiscard]] bool kept(std::size_t path) const;
  const MutableRows& deltaOf(std::size_t path);
  [[nodiscard]] OuterSum gradient(std::size_t path, MutableRows to, bool add, double scale);
  [[nodiscard]] double gradientNorm(std::size_t path);
  double gramNorm(std::size_t path);
  void multiply(Gram& gram, MutableRows of, std::int64_t columns, std::int64_t rows) const;
  [[nodiscard]] double alphaGradient(std::size_t path, const NetworkMemory& network) const;
  double move(std::size_t path, double factor, const NetworkMemory& network);
  void moveKept(std::size_t path, double factor, const NetworkMemory& network);

  const Plan& plan_;
  const StepShape largest_;
  Buffers& layers_;
  RowMemory& memory_;
  const Kernels& kernels_;
  std::vector<Layer> own_;              // as the buffers
  std::vector<MutableRows> gradients_;  // by path: dW kept; no memory: formed while W moves
  StepShape shape_;
  const Lesions* lesions_ = nullptr;  // of this meta-step
  std::vector<float> ones_;           // [steps]
};

}  // namespace dentate::net
