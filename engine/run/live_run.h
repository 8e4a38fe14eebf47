// A run that learns in the window: its experiment, what was asked of it, and all that it measured.
// A branch of it goes on from the same numbers. Internal to engine/run.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/link/command.h"
#include "engine/link/snapshot.h"
#include "engine/run/checkpoint.h"
#include "engine/run/event.h"
#include "engine/run/record.h"
#include "engine/run/save_run.h"

namespace dentate::run {

class LiveRun {
 public:
  LiveRun(std::uint64_t run, std::string name, std::shared_ptr<const Setting> setting,
          std::size_t threads);
  // Makes the networks; what keeps one from being made. Gives the points before learning.
  spec::Result<std::vector<link::MetricPoint>> begin();
  // As it was kept, with all that it measured until then, of which nothing is sent yet.
  static std::unique_ptr<LiveRun> restored(const Checkpoint& kept,
                                           std::shared_ptr<const Setting> setting,
                                           const std::vector<link::MetricPoint>& measured,
                                           std::size_t threads);
  // What happened before it was restored; that it was is told behind it.
  void follow(std::vector<Event> earlier);
  // Its complete state, and all that it has measured.
  [[nodiscard]] Checkpoint checkpoint() const;
  // The same as Experiment::atTaskEnds() has it.
  [[nodiscard]] std::optional<Checkpoint> atTaskEnds(bool wanted);
  [[nodiscard]] std::vector<link::MetricPoint> measured() const { return record_.measured(); }
  // A copy in its complete state, which has sent nothing yet.
  [[nodiscard]] std::unique_ptr<LiveRun> branch(std::uint64_t run, std::string name) const;

  // Each by the same checks as a file, from the first meta-step that no network has begun.
  spec::Status setRate(const link::SetRate& rate);
  spec::Status setLesions(const std::vector<spec::Lesion>& lesions);
  // A layer that is inhibited from now on begins with m0, one that is not any more has no m.
  // Gives what was measured until all networks stood before the same meta-step.
  spec::Result<std::vector<link::MetricPoint>> setInhibition(const link::SetInhibition& inhibition);
  // A copy of all that saveRun() writes; `curves` may be null.
  [[nodiscard]] RunToSave toSave(const link::LesionCurves* curves) const;
  void setSaved(std::int64_t step) { saved_step_ = step; }  // that a copy of then is written

  // One round of learning; gives what was measured in it.
  std::vector<link::MetricPoint> advance(const Round& round);
  std::vector<link::MetricPoint> takePoints();  // in Round::glance
  // What a branch has in common with its origin, in parts; empty once all is sent.
  [[nodiscard]] std::vector<link::MetricPoint> takeUnsent(std::size_t most);
  [[nodiscard]] bool allSent() const;

  [[nodiscard]] std::uint64_t run() const { return run_; }
  [[nodiscard]] const std::string& name() const { return name_; }
  void rename(std::string name) { name_ = std::move(name); }
  [[nodiscard]] link::RunEntry entry() const;
  [[nodiscard]] const Setting& setting() const { return *setting_; }
  [[nodiscard]] const spec::ExperimentSpec& spec() const { return *spec_; }
  [[nodiscard]] const Experiment& experiment() const { return *experiment_; }
  [[nodiscard]] std::uint64_t lesionChanges() const { return lesion_changes_; }
  [[nodiscard]] const link::EventsPtr& events() const { return events_; }
  [[nodiscard]] double alphaLr() const { return alpha_lr_; }
  [[nodiscard]] double mLr() const { return m_lr_; }

 private:
  std::vector<link::MetricPoint> recorded(std::vector<link::MetricPoint> points);
  [[nodiscard]] Checkpoint checkpointOf(Experiment::State state) const;
  void tell(Event event);
  void tell(EventKind kind, const std::string& text);
  void change(EventKind kind, const std::string& what);  // that its files tell of, too
  void inherit();  // what is recorded was measured before it is listed

  std::uint64_t run_;
  std::string name_;
  std::uint64_t from_ = 0;
  std::int64_t from_step_ = 0;
  std::int64_t saved_step_ = -1;
  std::size_t threads_;
  std::shared_ptr<const Setting> setting_;
  // Before inhibition was changed; whoever looks at a run knows its plans by their addresses.
  std::vector<std::shared_ptr<const Setting>> earlier_;
  std::shared_ptr<const spec::ExperimentSpec> spec_;
  std::unique_ptr<Experiment> experiment_;
  double alpha_lr_ = 0, m_lr_ = 0;
  std::vector<spec::Lesion> lesions_;
  std::uint64_t lesion_changes_ = 0;
  Record record_;
  link::EventsPtr events_ = std::make_shared<const std::vector<Event>>();
  LossWatch losses_;
  std::size_t inherited_ = 0, unsent_ = 0;  // points of the record, in the order of takeUnsent()
};

}  // namespace dentate::run
