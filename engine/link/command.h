// What the window asks of the run: values, taken in between two meta-steps, in order of arrival.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "engine/link/view.h"
#include "engine/spec/experiment.h"
#include "engine/spec/lesion.h"

namespace dentate::link {

struct Load {  // begin anew with this experiment, paused before its first meta-step
  spec::ExperimentSpec experiment;
};
struct Play {};      // until paused or finished
struct Pause {};     // acts within one meta-step
struct StepMeta {};  // one meta-step, then pause
struct StepTask {};  // to the end of the task, its evaluation included, then pause
struct Reset {};     // the loaded experiment from its first meta-step, paused
struct SetSpeed {
  double meta_steps_per_second = 0;  // 0: as fast as it goes
};
enum class Rate { Alpha, M };
struct SetRate {  // eta_alpha or eta_m, from the next meta-step on
  Rate which = Rate::Alpha;
  double value = 0;
};
struct SetLesions {  // for the rest of learning, from the next meta-step on; empty: all undone
  std::vector<spec::Lesion> lesions;
};
struct SetWatch {  // what the window looks at from now on, besides the snapshot itself
  Watch watch;
};
struct SelectReplica {  // whose activity the snapshots show
  std::size_t replica = 0;
};
struct SaveRun {  // config, metrics so far, summary and figures into this folder
  std::string folder;
};

using Command = std::variant<Load, Play, Pause, StepMeta, StepTask, Reset, SetSpeed, SetRate,
                             SetLesions, SetWatch, SelectReplica, SaveRun>;
using Ticket = std::uint64_t;                        // 1, 2, 3, ... in order of arrival
using Emit = std::function<Ticket(const Command&)>;  // never blocks

}  // namespace dentate::link
