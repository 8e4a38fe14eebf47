// Nothing that was learned is lost unasked: Load, Reset and quitting go through here. Where learning
// would be lost, a popup names it and offers to save it first.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/link/command.h"
#include "engine/link/snapshot.h"

namespace dentate::ui {

struct Look;
class LogBook;

class Guard {
 public:
  static constexpr const char* kTitle = "Discard the run?";

  // Load or Reset: sent by the next update() where nothing would be lost, else asked about. While what
  // was wished before waits for runs to be saved, this and all other wishes are left out.
  void wish(link::Command command);
  // Reset, then Play.
  void wishAgain();
  // Load of what was drawn, then Play.
  void wishLearn(spec::ExperimentSpec drawn);
  // Load of a preset, as read from `file`.
  void wishPreset(spec::ExperimentSpec preset, std::filesystem::path file);
  struct Preset {
    spec::ExperimentSpec spec;
    std::filesystem::path file;
    link::Ticket ticket = 0;  // of its Load
  };
  // The preset whose load was sent since the last call; none where it was not granted.
  [[nodiscard]] std::optional<Preset> takeGranted() { return std::exchange(granted_, {}); }
  void wishQuit();
  // The folder that a run is being saved to; empty: none is.
  [[nodiscard]] std::string savingTo() const { return saving_ ? saving_->folder : ""; }
  [[nodiscard]] bool quitGranted() const { return quit_granted_; }

  // Meta-steps of a run that no file holds; a branch shares what its origin has saved.
  [[nodiscard]] std::int64_t unsavedSteps(const link::RunEntry& run) const;
  // The most of any live run.
  [[nodiscard]] std::int64_t unsavedSteps(const link::Snapshot& now) const;
  // Sends SaveRun of one live run into a new folder under `output`.
  void save(const link::RunEntry& run, const link::Emit& emit, const std::filesystem::path& output);
  void saveShown(const link::Snapshot& now, const link::Emit& emit,
                 const std::filesystem::path& output);
  // Every live run that no file holds, one after another.
  void saveAll(const link::Snapshot& now, const link::Emit& emit,
               const std::filesystem::path& output);

  // Once a frame: follows what was sent, and draws the question where there is one.
  void update(const link::Snapshot& now, const link::Emit& emit, LogBook& log);
  void draw(const link::Snapshot& now, const link::Emit& emit, const std::filesystem::path& output,
            const Look& look);

 private:
  struct Saving {
    link::Ticket ticket = 0;
    std::uint64_t run = 0;
    std::string folder;
  };
  // The next live run that has something to lose; false where there is none.
  bool saveNext(const link::Snapshot& now, const link::Emit& emit);
  [[nodiscard]] bool losesAnything(const link::Snapshot& now) const;
  void saveWaiting(const link::Snapshot& now, const link::Emit& emit);
  void grant(const link::Emit& emit);
  void drop();
  bool drawButtons(const link::Snapshot& now, const link::Emit& emit,
                   const std::filesystem::path& output);

  // What the question says of it.
  struct Words {
    const char *subject = "", *verb = "";
  };
  // Makes room for another wish; false where one waits for its runs to be saved.
  bool begin(Words words);
  std::optional<link::Command> command_;
  Words words_;
  bool then_play_ = false;         // after command_
  std::filesystem::path file_;     // of the preset that command_ loads; empty: none
  std::optional<Preset> granted_;  // until it is taken
  bool quit_ = false, quit_granted_ = false;
  bool asking_ = false;      // the popup is open
  bool after_save_ = false;  // what was wished follows once all runs are saved
  std::optional<Saving> saving_;
  std::vector<std::uint64_t> to_save_;           // runs that saveAll() has still to save
  std::filesystem::path output_;                 // of the runs that are saved before
  std::map<std::uint64_t, std::int64_t> saved_;  // meta-steps that a file holds, by run
};

}  // namespace dentate::ui
