// What answers one part of what the window watches. A viewer is one file and one line in views.cpp.
// Internal to engine/run.
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

#include "engine/link/view.h"
#include "engine/run/experiment.h"
#include "engine/run/runs.h"

namespace dentate::run {

// What it looks at, between two rounds of work.
struct Viewed {
  // Of a live run the network in that place.
  Viewed(const Runs& among, const LiveRun& live, std::size_t place);

  const Runs& runs;
  const Setting& setting;
  const Experiment& experiment;
  std::size_t shown = 0;  // replica
  std::uint64_t run = 0;
  std::int64_t step = 0;      // of the shown replica
  std::uint64_t lesions = 0;  // counts changes of the lesions in force
  [[nodiscard]] const Replica& replica() const { return experiment.replica(shown); }
  // The network of the same place in another live run; none where there is no such run.
  [[nodiscard]] std::optional<Viewed> in(std::uint64_t other) const;
};

class Viewer {
 public:
  virtual ~Viewer() = default;
  // Takes its own part of it; gives whether that is another than before.
  virtual bool watch(const link::Watch& watch) = 0;
  // Whether there is something to work out: watched, and not answered for what is viewed now.
  [[nodiscard]] virtual bool behind(const Viewed& viewed) const = 0;
  // Works on the answer until the deadline, a part of it at least. What is viewed may have moved on
  // since the last call.
  virtual void work(const Viewed& viewed, std::chrono::steady_clock::time_point deadline) = 0;
  virtual void show(link::Views& to) const = 0;
};

[[nodiscard]] std::unique_ptr<Viewer> makeUnitsViewer();
[[nodiscard]] std::unique_ptr<Viewer> makeLesionViewer();
[[nodiscard]] std::unique_ptr<Viewer> makeStreamViewer();
[[nodiscard]] std::unique_ptr<Viewer> makeLesionCurvesViewer();
[[nodiscard]] std::unique_ptr<Viewer> makeSimilarityViewer();

}  // namespace dentate::run
