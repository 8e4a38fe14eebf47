// Which of the networks that learn the diagram shows: a button that names it, and a list to choose
// from, searched by condition, alpha0 and seed.
#pragma once
#include <string>
#include <vector>

#include "ui/panel.h"
#include "ui/pending.h"

namespace dentate::ui {

class NetworkChooser {
 public:
  static constexpr const char* kTitle = "Networks";
  // At `at`, where several networks learn. Returns the button's right edge.
  float draw(const PanelContext& context, ImVec2 at);

 private:
  void drawList(const PanelContext& context, std::size_t shown);
  void search(const PanelContext& context);
  void moveByKeys();

  Pending<std::size_t> replica_;
  std::string filter_;
  std::vector<std::size_t> found_;  // replicas that the filter finds
  std::size_t marked_ = 0;          // place in found_
  bool moved_ = false;              // the mark, in this frame: it is to be in sight
};

}  // namespace dentate::ui
