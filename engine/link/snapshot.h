// The state of the run as the window draws it: a frozen copy, made by the run thread between two
// meta-steps, at display rate. Nothing in it points into the engine.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/link/command.h"
#include "engine/link/event.h"
#include "engine/link/view.h"
#include "engine/spec/experiment.h"
#include "engine/spec/replicas.h"
#include "engine/spec/result.h"

namespace dentate::link {

enum class Phase {
  Empty,       // nothing loaded yet
  Loading,     // data and networks are being made
  Ready,       // before the first meta-step
  Running,     // learning
  Evaluating,  // measuring accuracy between two tasks; pause acts here too
  Paused,
  Finished,  // the stream is over; everything is measured
  Failed,    // `failure` says why
};

struct LayerView {
  double active_fraction = 0;  // share of units with a > 0 in the last meta-batch, [0, 1]
  double m = 0;                // inhibition multiplier; 0 where the layer has none, 1 of k-WTA
  std::vector<float> acts;     // [units] activity for the newest stimulus (outputs: probabilities)
  std::vector<std::uint8_t> lesioned;  // [units] 1: silenced; empty: none is
  std::int64_t k = 0;                  // place of the net input that inhibits it now; 0: none does
  double dead = -1;                    // units that were silent in the last tests; -1 not measured
  double variance = -1;                // of a unit's activity in them; -1 not measured
};

struct PathView {
  double alpha = 0;     // may be <= 0: then relu(alpha) = 0 and the path has stopped learning
  bool frozen = false;  // does not learn any more: alpha <= 0 under relu, frozen by the spec, or
                        // its plasticity is lesioned
  double cut = 0;       // share of its source's units that send nothing over it; 1: lesioned whole
  double hoyer = -1, near_zero = -1;  // of its weights at the last tests, [0, 1]; -1 not measured
};

struct Stimulus {
  // [height * width], row-major, 0 black to 255 white; in colour [3 * height * width]: red, green, blue
  std::vector<std::uint8_t> pixels;
  std::int32_t category = -1;  // its class; -1 not set
  std::int32_t item = -1;      // its item label; -1 not set
};

struct StimulusStrip {
  std::int32_t width = 28, height = 28;
  std::string transform;          // "rotated by 54°"
  std::vector<Stimulus> stimuli;  // learned, oldest first, then the newest, then those to come
  std::size_t newest = 0;         // index of the stimulus that `acts` answer; stimuli before any
};

// A network that takes no part any more; it measured nothing from that meta-step on.
struct FailedNetwork {
  std::size_t replica = 0;
  std::int64_t step = 0;  // that it was lost in, from 1
  std::string why;
  bool operator==(const FailedNetwork&) const = default;
};

// A run whose metric points the window gets. Live: the one that was loaded, and its branches.
// Saved: read from a folder, to be compared with.
struct RunEntry {
  std::uint64_t run = 0;         // of its points; no other run ever has the same
  std::string name;              // no other run has the same now
  std::uint64_t from = 0;        // the run that it branched off; 0: none
  std::int64_t from_step = 0;    // meta-steps that it has in common with that one
  std::int64_t step = 0;         // done
  std::int64_t saved_step = -1;  // done when it was saved last; -1: it never was
  std::shared_ptr<const spec::ExperimentSpec> spec;  // as it runs, or ran
  double alpha_lr = 0, m_lr = 0;                     // as in the snapshot
  std::vector<spec::Lesion> lesions;
  std::vector<FailedNetwork> failed;  // by replica
  EventsPtr events;                   // oldest first; null: none are known
  std::string folder;                 // it was read from; empty: it is live
  double sent = 1;  // share of what it learned before it was listed that has been sent, [0, 1]
  [[nodiscard]] bool live() const { return folder.empty(); }
};

// The last Fetch.
struct FetchView {
  std::uint64_t number = 0;  // counts them
  spec::Source source;
  std::string folder;
  std::uint64_t done = 0;  // bytes, of source.bytes(); those that were there already included
  bool running = true;
  std::optional<spec::Error> failure;  // why it ended before the files were whole; stopped: none
  std::string path;                    // what data.path is to name; empty: they are not whole
  bool operator==(const FetchView&) const = default;
};

struct Snapshot {
  Ticket applied = 0;  // last command taken in; a SaveRun is once its folder is written
  Phase phase = Phase::Empty;
  std::uint64_t run = 0;       // the shown one, to which all below belongs but for `runs`
  std::vector<RunEntry> runs;  // live ones in order of origin, then saved ones; points of runs that
                               // are not listed any more are void, but for:
  std::vector<RunEntry> dropped;  // the last ones, until a run begins anew or memory is short
  std::uint64_t begun = 0;        // counts Load and Reset
  std::shared_ptr<const spec::ExperimentSpec> spec;  // as it runs; null in Phase::Empty
  std::int64_t step = 0;                             // meta-steps done, of total_steps
  std::int64_t total_steps = 0;
  std::int64_t task = 0;                // of the next sample, from 0; `tasks` when finished
  double alpha_lr = 0, m_lr = 0;        // in force
  std::vector<spec::Lesion> lesions;    // for the rest of learning, as asked for
  double speed_limit = 0;               // meta-steps a second asked for; 0 none
  double meta_steps_per_second = 0;     // measured over the last second; 0 not known
  double seconds_left = -1;             // -1 not known
  std::size_t replica = 0;              // shown in layers, paths and strip
  std::vector<spec::Variant> variants;  // by replica
  std::int64_t done = 0, in_all = 0;    // units of work (meta-steps and tests) over all replicas
  std::vector<LayerView> layers;        // in the order of spec->network.layers
  std::vector<PathView> paths;          // in the order of spec->network.paths
  StimulusStrip strip;
  double work = 1;  // multiply-adds of the shown replica's last meta-step over those of the same
                    // network without silent units, above 0 to 1
  double batch_accuracy = 0;  // of the shown replica on its last meta-batch, [0, 1]; of categories,
                              // of items where there is no category output
  Views views;                // of what is watched
  std::string device;         // "CPU, 2 cores"
  std::optional<FetchView> fetch;
  bool kept = false;   // the live runs come back at the next start, see Restore
  std::string notice;  // last thing done on request ("saved to out/run"); may be empty
  std::optional<spec::Error> failure;  // of a command, or why the phase is Failed; it stays until
                                       // a like command succeeds or a run begins anew
  Ticket failed = 0;                   // the command that `failure` answers; 0 none
};
using SnapshotPtr = std::shared_ptr<const Snapshot>;

}  // namespace dentate::link
