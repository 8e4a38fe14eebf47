// Opens an experiment file by its path, or saves the draft as one; the error stands beside the
// path. Replacing a file names it first.
#pragma once
#include <filesystem>
#include <string>

#include "ui/panel.h"

namespace dentate::ui {

// Reads the experiment and asks the guard for its load; the error, where there is one, names the
// file.
[[nodiscard]] spec::Status openExperiment(Session& session, const std::filesystem::path& file);

class FilePopup {
 public:
  static constexpr const char* kOpenTitle = "Open experiment";
  static constexpr const char* kSaveTitle = "Save experiment as";
  void askOpen(const Session& session);
  void askSave(const Session& session);
  void draw(const PanelContext& context);

 private:
  enum class Mode { None, Open, Save };
  bool act(const PanelContext& context);
  Mode mode_ = Mode::None;
  bool opening_ = false;
  std::string path_, error_;
};

}  // namespace dentate::ui
