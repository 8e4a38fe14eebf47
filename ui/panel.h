// What a panel is, and what it gets each frame: values to read, and the two ways to act, which are
// sending a command and changing the session that all panels share.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "engine/link/command.h"
#include "engine/link/snapshot.h"
#include "engine/spec/rule_traits.h"
#include "ui/architecture_places.h"
#include "ui/comparison.h"
#include "ui/draft.h"
#include "ui/guard.h"
#include "ui/histories.h"
#include "ui/lesion_desk.h"
#include "ui/log_book.h"
#include "ui/look.h"
#include "ui/plot_desk.h"
#include "ui/run_edits.h"
#include "ui/terms.h"
#include "ui/units_desk.h"

namespace dentate::ui {

// Values of this sitting that more than one panel reads or changes.
struct Session {
  Draft draft;
  Comparison comparison;
  LogBook log;
  Guard guard;
  std::filesystem::path configs;        // folder of presets
  std::filesystem::path output;         // folder of saved runs and figures
  std::vector<spec::RuleTraits> rules;  // that an experiment can learn by
  std::vector<spec::Source> sources;    // datasets that can be fetched
  std::filesystem::path data;           // folder that they are fetched into
  const Term* pointed = nullptr;        // the term under the pointer, last frame; for F1
  PlotDesk plots;
  bool pin_recalled = false;     // the pinned moment of the last sitting waits for its run
  PlacedNodes nodes;             // of the architecture; those of the last sitting until it is drawn
  bool network_asked = false;    // the list of networks is to be opened; who opens it clears this
  bool saved_run_asked = false;  // the list of saved runs, likewise
  std::string panel_asked;       // title of a panel to be opened and brought to the front
  LesionDesk lesions;
  bool lesion_curves_asked = false;  // every part is to be tested; the lesion lab clears this
  UnitsDesk units;
  RunEdits run_edits;
  std::uint64_t run_menu_asked = 0;  // whose name is to be edited; the runs clear this; 0: none
  bool live_architecture = false;    // the architecture shows the run, where it learns that network
  std::filesystem::path picture_dropped;  // the units take it as their stimulus, and clear this
  struct Hint {
    std::string text;
    bool wrong = false;
  };
  Hint hint;  // what the last drop did, in the transport's line, until the next click; empty: none
  bool own_undo = false;  // the panel under the pointer undoes its own changes, last frame
  link::Watch watch;  // what panels look at: each adds its part while it draws, every frame anew
  link::Ticket rates_sent = 0;  // the last SetRate that followed the draft; 0 none
};

struct PanelContext {
  const link::Snapshot& now;
  const Histories& histories;
  const Look& look;
  const link::Emit& emit;
  Session& session;
  const History& history = histories.of(now.run);  // of the shown run
};

class Panel {
 public:
  virtual ~Panel() = default;
  // Fills its window, which is begun and ended around it.
  virtual void draw(const PanelContext& context) = 0;
};

}  // namespace dentate::ui
