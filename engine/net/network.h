// The network: a directed acyclic graph of layers and paths, and its forward pass.
//
//   x^_s = a_s / max(|a_s|, 1e-12)                  per sample, the input layer included
//   z_l  = sum over incoming paths p of W_p x^_s(p)
//   a bias sends 1; what leads from it are the biases of its targets, 0 at the start (an extension:
//   the networks of the paper have none)
//   into a convolutional layer W_p is a kernel that is moved over the maps of the source
//   (engine/spec/shape.h), and |a_s| the norm over the channels at every place of the maps
//   hidden: z_l <- z_l - m_l I_l, a_l = max(z_l, 0)   output: the logits are z_l itself
//
// Source Zhou & Schapiro 2025, doi:10.1101/2025.07.10.664201 (design, section 3).
// Shapes x [batch, inputs] raw pixels in [0, 1]; W_p [units of target, units of source], of a
//        convolution [channels of target, channels of source, kernel, kernel]; alpha [paths];
//        m [layers], read only where a layer is inhibited. Any floating type, any device.
// Layout a weight matrix lies in memory source by source: the weights from one source to all units
//        are contiguous, with zeros up to a multiple of kRowFloats. What a silent source would
//        send is then skipped as a whole. A kernel lies in one piece.
// Thread any; no state.
#pragma once
#include <ATen/core/Tensor.h>
#include <c10/core/TensorOptions.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/data/random.h"
#include "engine/net/rows.h"
#include "engine/spec/experiment.h"
#include "engine/spec/graph.h"
#include "engine/spec/inhibition.h"
#include "engine/spec/result.h"

namespace dentate::net {

// Numbers that a rule learns beside weights, alpha and m.
struct Extra {
  std::optional<std::size_t> path = std::nullopt;  // one a weight of this path; none: one a path
  std::optional<double> start = std::nullopt;      // none: the initial alpha of the path
};

// What does not change while a network learns.
struct Plan {
  spec::NetworkSpec network;
  spec::Graph graph;
  // By layer: what inhibits it; null where nothing does, in this condition.
  std::vector<const spec::InhibitionKind*> inhibition;
  std::vector<std::uint8_t> learns_m;  // by layer
  double k_fraction = 0.01;
  bool normalise_input = true;                    // false only in recordings made so
  spec::AlphaForm alpha = spec::AlphaForm::Relu;  // what makes rates of the alphas (rate.h)
  std::vector<Extra> extra = {};                  // of the rule that the network learns by

  // Of the net input that inhibits the layer, in a network that has learned that many meta-steps; 0
  // where nothing does.
  [[nodiscard]] std::int64_t rank(std::size_t layer, std::int64_t steps) const {
    const auto* const kind = inhibition[layer];
    return kind == nullptr ? 0 : kind->rank(network.layers[layer], k_fraction, steps);
  }
  // m of a layer before it has learned any: m0 where it is learned, 1 where it stays so.
  [[nodiscard]] double firstM(std::size_t layer, double m0) const {
    return learns_m[layer] != 0 ? m0 : inhibition[layer] != nullptr ? 1 : 0;
  }
  [[nodiscard]] bool learnsAnyM() const;
};

// Whether a path is a convolution.
[[nodiscard]] inline bool convolves(const Plan& plan, std::size_t path) {
  return spec::isConvolutional(plan.network.layers[plan.graph.target[path]]);
}

// Refuses an invalid graph. What inhibits which layer depends on the condition (spec::inhibits).
spec::Result<Plan> makePlan(const spec::NetworkSpec& network, spec::Condition condition,
                            double k_fraction);

// What learning changes, of one network. Copying shares the tensors; clone() does not.
struct Parameters {
  std::vector<at::Tensor> weights;     // by path
  at::Tensor alpha;                    // [paths]
  at::Tensor m;                        // [layers]
  std::int64_t steps = 0;              // meta-steps that it has learned: k is annealed by them
  std::vector<at::Tensor> extra = {};  // as Plan::extra; laid out as weights where it is a path's
  [[nodiscard]] Parameters clone() const;
  // Takes over the numbers of `other`, whose shapes are the same and which may lie elsewhere.
  void copyFrom(const Parameters& other);
};

// The same of several networks of one plan, the replicas first: weights [replicas, units,
// sources] or [replicas, channels, channels, kernel, kernel], alpha [replicas, paths], m [replicas, layers].
struct ParameterBatch {
  std::vector<at::Tensor> weights;
  at::Tensor alpha, m;
  std::int64_t steps = 0;  // of every one
  std::vector<at::Tensor> extra = {};
  [[nodiscard]] std::int64_t replicas() const { return alpha.size(0); }
  // One network of the batch: views, no copies.
  [[nodiscard]] Parameters replica(std::int64_t index) const;
};

// Zeros, laid out as the head of this file says.
[[nodiscard]] ParameterBatch emptyParameters(const Plan& plan, std::int64_t replicas,
                                             at::TensorOptions options = at::kFloat);

// Kaiming normal weights (fan-in: all that one unit takes in, gain sqrt 2), drawn path by path, and
// biases of 0; the
// alpha of alpha0 (rate.h), and m0, everywhere else; extras as their plan says.
// `to` holds float32 on the CPU.
void initialise(const Plan& plan, const spec::RuleSpec& rule, data::Random& random, Parameters& to);

// What is silenced, or does not learn any more. Empty vectors: nothing.
struct Lesions {
  std::vector<std::vector<std::uint8_t>> units = {};  // by layer, by unit: 1 silences it
  std::vector<std::uint8_t> paths = {};               // by path: 1 leaves the path out
  // By path: 1 stops its plasticity: neither its weights, fast and slow, nor its alpha change.
  std::vector<std::uint8_t> still = {};
  // By path, by unit of its source: 1 where the unit sends nothing over this path.
  std::vector<std::vector<std::uint8_t>> sources = {};
  [[nodiscard]] bool silences(std::size_t layer) const {
    return layer < units.size() && !units[layer].empty();
  }
  [[nodiscard]] bool omits(std::size_t path) const {
    return path < paths.size() && paths[path] != 0;
  }
  [[nodiscard]] bool stills(std::size_t path) const {
    return path < still.size() && still[path] != 0;
  }
  [[nodiscard]] bool cuts(std::size_t path) const {  // in part
    return path < sources.size() && !sources[path].empty() && !omits(path);
  }
  bool operator==(const Lesions&) const = default;
};
// Share of its source's units that send nothing over a path, [0, 1].
[[nodiscard]] double shareCut(const Lesions& lesions, std::size_t path);
// Whether the weights of a path move: neither frozen by the spec nor left out nor stilled.
[[nodiscard]] inline bool learns(const Plan& plan, const Lesions& lesions, std::size_t path) {
  return !plan.network.paths[path].frozen && !lesions.omits(path) && !lesions.stills(path);
}
// What either of them does.
[[nodiscard]] Lesions joined(const Lesions& a, const Lesions& b);
// Silences every layer and leaves out every path of this pathway.
[[nodiscard]] Lesions lesionPathway(const Plan& plan, spec::Pathway pathway);

// By layer, [batch, units]. Net input of a hidden layer is taken after inhibition, before
// rectification. An output layer's net input holds its logits; its activity stays undefined.
struct Trace {
  std::vector<at::Tensor> net_input, activity;
  std::vector<at::Tensor> taken_off;  // m I, [batch, 1]; not defined where nothing inhibits
};

// Alpha is not read. Gradients flow to weights and m, not through the inhibiting net input.
[[nodiscard]] Trace forward(const Plan& plan, const Parameters& parameters, const at::Tensor& x,
                            const Lesions& lesions = {});

// W_p^T r, [units of source] of r [units of target]: what a path would carry back.
[[nodiscard]] at::Tensor carriedBack(const Plan& plan, std::size_t path, const at::Tensor& weights,
                                     const at::Tensor& r);

// Share of hidden units with a > 0 over the batch, by layer [layers]; 0 for input and outputs.
[[nodiscard]] at::Tensor activeFraction(const Plan& plan, const Trace& trace);

}  // namespace dentate::net
