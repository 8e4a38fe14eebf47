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
#include "engine/spec/sources.h"

namespace dentate::link {

struct Load {  // begin anew with this experiment, paused before its first meta-step
  spec::ExperimentSpec experiment;
};
struct
    Restore {  // the runs as the last sitting left them in this folder, paused; where it left none,
               // `otherwise` is loaded. From now on the runs are kept there while they learn
  std::string folder;
  spec::ExperimentSpec otherwise;
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
struct SetInhibition {  // of one layer of the shown run, from the next meta-step on
  std::size_t layer = 0;
  spec::Inhibition kind = spec::Inhibition::LearnedM;
};
struct SaveRun {  // config, metrics so far, summary and figures into this folder
  std::string folder;
  std::uint64_t run = 0;  // one that is live; 0: the shown one
};
struct Fetch {  // a dataset, while the run goes on; what an earlier one left of it is gone on with
  spec::Source source;
  std::string folder;  // below which it is to lie
};
struct StopFetch {};  // what has come is kept
// --- Several runs side by side. All live ones play, pause and step together; what else is asked of
// "the run" is asked of the shown one.
struct Branch {};   // copies the shown run in its complete state; the copy is shown from now on
struct SelectRun {  // to be shown: a live one
  std::uint64_t run = 0;
};
struct RenameRun {
  std::uint64_t run = 0;
  std::string name;
};
struct DropRun {  // a branch, with what it learned, or a saved run; the last live one stays
  std::uint64_t run = 0;
};
struct BringBackRun {  // one that was dropped, as it was; see Snapshot::dropped
  std::uint64_t run = 0;
};
struct OpenRun {  // a saved one, to be compared with: its metric points are read and sent
  std::string folder;
};

using Command =
    std::variant<Load, Restore, Play, Pause, StepMeta, StepTask, Reset, SetSpeed, SetRate,
                 SetLesions, SetInhibition, SetWatch, SelectReplica, SaveRun, Fetch, StopFetch,
                 Branch, SelectRun, RenameRun, DropRun, BringBackRun, OpenRun>;
using Ticket = std::uint64_t;                        // 1, 2, 3, ... in order of arrival
using Emit = std::function<Ticket(const Command&)>;  // never blocks

}  // namespace dentate::link
