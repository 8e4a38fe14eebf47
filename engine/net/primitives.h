// What a first-order meta-step is made of: the six primitives, over arrays [replicas, rows, units].
//
// Fast weights never exist. With a_p the rate of alpha_p (rate.h), h_i the source's normalised activity and d_i
// = dCE/dz of inner step i at its own fast weights, path p's fast weights after n inner steps are
//   W_p - a_p sum_{i<n} d_i h_i^T
// so over any rows, each of which sees the history of the first n(row) inner steps,
//   net input   z  = sum over incoming paths of W_p h - a_p sum_i <h_i, h> d_i
//   rectify     a  = max(z - m I, 0), lesioned; h = a / max(|a|, 1e-12)
//   loss        d  = (softmax(z) - label) / rows         at an output layer
//   backward    dh = sum over outgoing paths of W_p^T d - a_p sum_i <d_i, d> h_i
//   unrectify   d  = 1[h > 0] (dh - h <h, dh>) / |a|     at a hidden layer
//   update      dW_p = sum_rows d h^T;
//               dalpha_p = -da_p/dalpha_p sum_rows sum_i <h_i,h> <d_i,d>
//               dm_l = -sum_rows I sum_units d; each group clipped; alpha, m and W move
// engine/learn/low_rank_step.h calls them in order; a body (cpu_body.h, aten_body.h) does them.
//
// Rows There are two sets of rows.
//   step j   the one sample of inner step j, with the history of steps 0 ... j-1; its h and d become
//            entry j of the history
//   meta     every sample of (replay, batch) at the fast weights after each inner step: row
//            s * steps + j is sample s with the history of steps 0 ... j. The input layer is the
//            same for all j, so it has one row a sample.
// Source Gupta, Yadav & Paull 2020, arXiv:2007.13904 (the rule); the low-rank form is the outer
//        products of SGD written out.
// Thread one owner.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "engine/net/network.h"

namespace dentate::net {

// One set of rows.
struct Rows {
  std::int64_t step = -1;  // the inner step, or -1: the meta rows
  [[nodiscard]] bool meta() const { return step < 0; }
};

// The samples of one replica: replay first, then the batch in the order of its inner steps.
struct MetaBatch {
  std::int64_t replay = 0, batch = 0;                             // samples
  std::span<const float> replay_x, batch_x;                       // [samples, inputs], raw
  std::span<const std::int32_t> replay_category, batch_category;  // empty without that output
  std::span<const std::int32_t> replay_item, batch_item;
};

// How weights, alpha and m move.
struct Descent {
  bool learns_alpha = false, learns_m = false;
  bool own_rate = true;  // weights by the rate of the new alpha, else by weight_lr
  double weight_lr = 0, alpha_lr = 0, m_lr = 0, clip_norm = 0;
  bool operator==(const Descent&) const = default;
};

// What a meta-step measured of one replica, before clipping. Spans keep their size.
struct Measured {
  double loss = 0;
  std::span<double> weight_grad_norms, alpha_grad;  // [paths]
  std::span<double> m_grad;                         // [layers]
  std::span<float> active_fraction;                 // [layers], at the last inner step's rows
  std::span<float> alpha, m;                        // [paths], [layers], after the update
  double correct = 0;  // share of samples right there, by category if there is one
  double work = 1;     // multiply-adds done over those of the dense network
};

class Primitives {
 public:
  virtual ~Primitives() = default;

  // Takes the samples of every replica in: normalised input, labels. `parameters` are read, and
  // changed by update(), until the next begin(); their `steps` stay as they are.
  virtual void begin(ParameterBatch& parameters, std::span<const MetaBatch> samples) = 0;

  // Does `step`, all that is called between begin() and report(). A body may record what that
  // launches, and launch the recording while nothing but numbers change.
  virtual void perform(const Descent& /*descent*/, const std::function<void()>& step) { step(); }

  virtual void netInput(std::size_t layer, Rows rows) = 0;   // of a hidden or output layer
  virtual void rectify(std::size_t layer, Rows rows) = 0;    // hidden
  virtual void loss(std::size_t layer, Rows rows) = 0;       // output
  virtual void backward(std::size_t layer, Rows rows) = 0;   // hidden
  virtual void unrectify(std::size_t layer, Rows rows) = 0;  // hidden
  virtual void update(const Descent& descent) = 0;

  // Copies what was measured to the host: the one place where a device is waited for.
  virtual void report(std::span<Measured> replicas) = 0;

  // From the next begin() on: one for all replicas, or one for each. Which paths are left out or
  // stilled is the same in all.
  virtual void setLesions(std::span<const Lesions> lesions) = 0;
};

}  // namespace dentate::net
