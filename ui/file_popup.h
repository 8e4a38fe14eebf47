// Opens an experiment file by its path, or saves the draft as one; the error stands beside the
// path. Replacing a file names it first.
#pragma once
#include <string>

#include "ui/panel.h"

namespace dentate::ui {

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
