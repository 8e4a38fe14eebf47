// What the bench measured, as values, and how they are written.
#pragma once
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "tests/bench/interleave.h"

namespace dentate::bench {

// Meta-steps of one network, body and number of replicas. A floating-point operation is half a
// multiply-add, counted as in spec::denseMultiplyAdds (engine/spec/graph.h) for every body, the yardstick too: so
// GFLOP/s of a body that does more than it must is what it achieves, not what it keeps busy.
struct LearningRow {
  std::string network, activity;  // "untrained", "trained"
  std::string body;               // "yardstick", "cpu", "aten", "autograd"
  std::int64_t order = 1, replicas = 1, threads = 1;
  std::int64_t steps_a_turn = 1;  // meta-steps of a replica before another one's turn
  Spread meta_steps_per_s, ratio_to_yardstick;
  Spread speedup;            // against the row of one thread; 0 where threads is 1
  double work = 1;           // operations done over those of the dense network
  double gflops = 0;         // done
  double dense_gflops = 0;   // that a dense network would have needed at this rate
  double sgemm_gflops = 0;   // of LibTorch's matrix product on one thread, in the same slices
  double share_of_peak = 0;  // gflops over sgemm_gflops of as many threads
};

// Anything else: samples tested a second, a snapshot in ms, the sweep in s.
struct OtherRow {
  std::string what, network, activity;
  Spread value;
  std::string unit;
};

struct Machine {
  std::string cpu, kernels, compiler, torch, date;
  unsigned cores = 0;
};
[[nodiscard]] Machine thisMachine();

struct Findings {
  Machine machine;
  std::vector<LearningRow> rows;
  std::vector<OtherRow> other;
};

// For people: two aligned tables.
[[nodiscard]] std::string table(const Findings& findings);
// For programs. Spreads as <key>, <key>_low and <key>_high (quartiles).
[[nodiscard]] nlohmann::json toJson(const Findings& findings);

}  // namespace dentate::bench
