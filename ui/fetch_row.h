// Below the path of the data: a dataset that is not there can be fetched from its official address, with
// its size said before, its progress, and a stop. What is whole becomes the data of the draft
// (Laboratory sees to that, whether or not the panel is in sight).
#pragma once
#include <chrono>
#include <string>

#include "ui/panel.h"

namespace dentate::ui {

class FetchRow {
 public:
  void draw(const PanelContext& context);

 private:
  void drawProgress(const PanelContext& context);
  void drawOffer(const PanelContext& context, const spec::Source& source,
                 const std::string& folder);
  [[nodiscard]] bool isThere(const std::string& path);

  link::Ticket sent_ = 0;  // the last Fetch or StopFetch
  std::string looked_at_;  // path
  bool there_ = false;     // when it was last looked at
  std::chrono::steady_clock::time_point next_look_;
};

}  // namespace dentate::ui
