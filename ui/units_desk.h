// What is chosen in the units: the stimulus, the drawing, the units that are looked at. The session
// keeps it. No drawing of windows.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/link/snapshot.h"
#include "ui/canvas.h"
#include "ui/kept.h"

namespace dentate::ui {

struct UnitsDesk {
  using Kind = link::StimulusChoice::Kind;
  Kind kind = Kind::Newest;
  std::int64_t task = 0, index = 0;  // of a test image
  std::string file;                  // of a picture
  Canvas canvas{28, 28};
  std::vector<link::UnitId> pinned;
  std::optional<link::UnitId> selected;

  // Once a frame: what another network does not have is let go.
  void follow(const link::Snapshot& now);
  [[nodiscard]] link::StimulusChoice choice() const;
  [[nodiscard]] std::vector<link::UnitId> chosen() const;  // pinned ones first
  [[nodiscard]] bool isPinned(const link::UnitId& unit) const;
  // Chosen once more, it is let go.
  void select(const link::UnitId& unit);
  // As many as can be pictured; pinned once more, it is no longer.
  void pin(const link::UnitId& unit);

  [[nodiscard]] KeptUnits kept() const;
  void recall(KeptUnits kept) { recalled_ = std::move(kept); }

 private:
  void takeRecalled();
  std::uint64_t run_ = 0;
  std::shared_ptr<const spec::ExperimentSpec> spec_;
  std::optional<KeptUnits> recalled_;  // until there is a network
};

}  // namespace dentate::ui
