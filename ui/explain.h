// F1: explains the term under the pointer, else the panel under it; and the card of all terms.
#pragma once
#include <string>

#include "ui/panel.h"
#include "ui/registry.h"

namespace dentate::ui {

class Explain {
 public:
  static constexpr const char* kTitle = "What is this?";
  static constexpr const char* kTermsTitle = "Terms";
  // `pointed` may be null, `panel` too.
  void ask(const Term* pointed, const PanelEntry* panel);
  void askTerms() { terms_asked_ = true; }
  void draw(const Look& look);

 private:
  void drawTerms(const Look& look);
  bool asked_ = false, terms_asked_ = false;
  const Term* term_ = nullptr;
  const PanelEntry* panel_ = nullptr;
};

}  // namespace dentate::ui
