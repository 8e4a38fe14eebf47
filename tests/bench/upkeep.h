// What a run does besides learning: testing, snapshots; and a whole sweep.
#pragma once
#include "tests/bench/learning.h"

namespace dentate::bench {

// Samples tested a second, by preset, one thread. Rows are described as "evaluation two-layer
// trained".
[[nodiscard]] spec::Result<std::vector<OtherRow>> measureEvaluation(bool quick,
                                                                    const Wanted& wanted,
                                                                    Pace pace);
// What a snapshot costs the run thread, in ms: "snapshot two-layer untrained".
[[nodiscard]] spec::Result<std::vector<OtherRow>> measureSnapshots(const Wanted& wanted, Pace pace);
// The program's `run configs/rotations-sweep.json` on all cores, from its start to the written
// folder: "sweep rotations-sweep". Empty where there is no such config.
[[nodiscard]] spec::Result<std::vector<OtherRow>> measureSweep(const Wanted& wanted);

}  // namespace dentate::bench
