// Progress of a run on the error stream: one line that renews itself on a terminal, a plain line
// now and then in a pipe.
#pragma once
#include <string>

#include "engine/run/headless.h"

namespace dentate::app {

class ProgressLine {
 public:
  ProgressLine();
  void show(const run::Progress& progress);
  void end();  // leaves the line as it is

 private:
  bool terminal_;
  double last_shown_ = -1;  // seconds since the run began
};

// "1 min 20 s", "12 s"
[[nodiscard]] std::string duration(double seconds);

}  // namespace dentate::app
