// The experiment as the person is editing it: its preset, its own undo and redo, and the errors of
// values that were refused. Checks are those of the file (spec::setKey, spec::checkExperiment).
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/spec/experiment.h"
#include "engine/spec/problems.h"
#include "engine/spec/result.h"
#include "ui/network_layout.h"

namespace dentate::ui {

// Of the nodes that were moved, by layer.
struct NodeMove {
  using Places = std::map<std::string, Point>;
  Places before, after;
};

class Draft {
 public:
  // Begins with `preset`, as read from `file` (may be empty). Edits of the one before can be undone
  // back to, together with their preset.
  void open(spec::ExperimentSpec preset, std::filesystem::path file);
  // Edits of the preset that an earlier sitting left unsaved; they can be undone.
  void resume(spec::ExperimentSpec edited);
  // The draft is now what `file` holds.
  void markSaved(std::filesystem::path file);

  [[nodiscard]] const spec::ExperimentSpec& spec() const { return current_; }
  [[nodiscard]] const spec::ExperimentSpec& preset() const { return preset_; }
  [[nodiscard]] const std::filesystem::path& file() const { return file_; }

  // Sets one value from text. A refused one leaves the draft as it is; the error stays with the key
  // until a value is taken.
  bool assign(const std::string& key, const std::string& text);
  // Sets several at once, as one step of undo: what `text`, typed or chosen for `key`, stands for.
  // `assignments` are "key=value".
  bool assign(const std::string& key, const std::string& text,
              const std::vector<std::string>& assignments);
  // Replaces the network, as one step of undo; false where it is the same. Any network is held, one
  // that cannot be loaded too: problem() then says why.
  bool setNetwork(spec::NetworkSpec network);
  // And the labels that its outputs ask for.
  bool setNetwork(spec::NetworkSpec network, spec::Labels labels);
  void revertToPreset();
  // These values alone, as one step of undo. Where the rest does not go with them the draft stays as it
  // is; the error stays with the first of the keys.
  bool revert(const std::vector<std::string>& keys);
  // Nodes of the architecture were moved, as one step of undo; nothing is learned otherwise. False where
  // none was moved by a design pixel or more.
  bool moved(const NodeMove::Places& before, const NodeMove::Places& after);
  // Where nodes are to stand after an undo or a redo, until it is taken.
  [[nodiscard]] NodeMove::Places takeMoved() { return std::exchange(to_move_, {}); }
  bool undo();  // refused values go first
  bool redo();
  [[nodiscard]] bool canUndo() const { return !undo_.empty() || !refused_.empty(); }
  [[nodiscard]] bool canRedo() const { return !redo_.empty(); }

  // Grows with every change.
  [[nodiscard]] std::uint64_t revision() const { return revision_; }
  // Keys whose values differ.
  [[nodiscard]] std::vector<std::string> changedFromPreset() const;
  [[nodiscard]] bool differs(const std::string& key) const;

  struct Refused {
    std::string text;  // as typed
    spec::Error error;
  };
  [[nodiscard]] const Refused* refused(const std::string& key) const;
  [[nodiscard]] bool hasRefused() const { return !refused_.empty(); }
  // Why this draft cannot be loaded; none where it can.
  [[nodiscard]] std::optional<spec::Error> problem() const;
  // All that is wrong with its network, sizes beyond this machine's memory included.
  [[nodiscard]] const std::vector<spec::Problem>& networkProblems() const { return problems_; }
  // The first of all these, with the layer or the path that it is about; empty: it can be learned.
  [[nodiscard]] std::string whyNotLearn() const;

 private:
  struct State {
    spec::ExperimentSpec preset, current;
    std::filesystem::path file;
  };
  [[nodiscard]] State state() const { return {preset_, current_, file_}; }
  using Step = std::variant<State, NodeMove>;
  void restore(State state);
  void step(std::vector<Step>& from, std::vector<Step>& to, bool back);
  void become(spec::ExperimentSpec next);
  void refresh();
  spec::ExperimentSpec preset_, current_;
  std::filesystem::path file_;
  std::vector<Step> undo_, redo_;
  NodeMove::Places to_move_;
  std::uint64_t revision_ = 0;
  std::map<std::string, Refused> refused_;
  std::vector<std::string> changed_;  // of current_ against preset_
  std::optional<spec::Error> whole_;  // of current_
  std::vector<spec::Problem> problems_;
};

}  // namespace dentate::ui
