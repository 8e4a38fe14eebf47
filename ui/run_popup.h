// Chooses a saved run to be compared with: those of the output folder, newest first, or any folder
// by its path.
#pragma once
#include <string>
#include <vector>

#include "ui/panel.h"
#include "ui/saved_runs.h"

namespace dentate::ui {

class RunPopup {
 public:
  static constexpr const char* kTitle = "Open a saved run";
  void draw(const PanelContext& context);

 private:
  bool drawContent(const PanelContext& context);  // true: it is done with
  bool open(const PanelContext& context, const std::filesystem::path& folder);
  std::vector<SavedFolder> found_;
  std::string path_, error_;
};

}  // namespace dentate::ui
