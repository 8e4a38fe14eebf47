// Two lists: errors and notices of this sitting, newest first, with time and place; and what happened
// to a run, live or saved, oldest first, with time and meta-step. Each can be searched, copied and
// written as a table.
#pragma once
#include <cstdint>
#include <functional>
#include <string>

#include "ui/panel.h"

namespace dentate::ui {

class LogPanel : public Panel {
 public:
  static constexpr const char* kTitle = "Log";
  void draw(const PanelContext& context) override;

 private:
  struct Files {              // of what is listed
    std::string name, title;  // of the table's file; for people
    std::function<std::string()> lines, csv;
  };
  void drawNotices(const PanelContext& context);
  void drawEvents(const PanelContext& context);
  const link::RunEntry* chooseRun(const PanelContext& context);
  void drawTools(const PanelContext& context, const Files& files);

  std::string filter_;
  std::uint64_t run_ = 0;  // whose events are listed; 0, or one that is gone: the shown one
};

}  // namespace dentate::ui
