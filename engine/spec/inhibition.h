// The kinds of inhibition: what each takes off a hidden layer, as plain values.
//
//   z <- z - m I,   I one of the layer's net inputs z, treated as a constant
//
// A kind says which net input I is, before each meta-step, and whether m is learned; where it is not,
// m is 1. The arithmetic is the same for all (engine/net/inhibition.h, and the kernels). A kind is a
// header of its own and a line in inhibition.cpp.
// Conditions A kind that learns m is there only in conditions that learn m (s, s+lr), as published.
//        One that learns nothing stands in every condition: what is compared then is the rest.
// Thread any; the registry does not change while a program runs, but for tests.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/spec/experiment.h"

namespace dentate::spec {

struct InhibitionKind {
  std::string_view name;   // in files
  std::string_view words;  // on the screen
  std::string_view about;  // a sentence for a person
  bool learns_m = false;
  bool anneals = false;  // reads k_max, k_target and k_steps
  // Place of I among the layer's net inputs, the largest being 1, after `done` meta-steps; 0: nothing
  // is taken off. `k_fraction` is the rule's. Null: never anything.
  std::int64_t (*rank)(const LayerSpec& layer, double k_fraction, std::int64_t done) = nullptr;
  // I itself, where it is none of the net inputs; `rank` is then above 0. Null: the one of that rank.
  // It takes no memory; z is not empty, and of zeros it is 0.
  float (*threshold)(std::span<const float> z, std::int64_t rank) = nullptr;
};

// In the order of their places.
[[nodiscard]] std::span<const InhibitionKind* const> inhibitionKinds();
// `which` is a place in it.
[[nodiscard]] const InhibitionKind& kindOf(Inhibition which);

// Whether anything is taken off, and whether by a learned m, in networks of this condition.
[[nodiscard]] bool inhibits(Inhibition kind, Condition condition);
[[nodiscard]] bool learnsM(Inhibition kind, Condition condition);

// Units of the layer that win after `done` meta-steps: a straight line over the first k_steps from
// k_max to k_target of the units, each rounded down and at least 1, rounded to the nearest on the way.
[[nodiscard]] std::int64_t annealedK(const LayerSpec& layer, std::int64_t done);

// A kind that is in the registry as long as this lives; for tests, while nothing else runs.
class AddedInhibition {
 public:
  explicit AddedInhibition(const InhibitionKind& kind);  // outlives it
  ~AddedInhibition();
  AddedInhibition(const AddedInhibition&) = delete;
  AddedInhibition& operator=(const AddedInhibition&) = delete;
  [[nodiscard]] Inhibition kind() const { return kind_; }

 private:
  Inhibition kind_;
};

}  // namespace dentate::spec
