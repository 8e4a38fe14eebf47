// Runs the program as a person at a terminal does, and tells what came of it.
#pragma once
#include <string>
#include <vector>

namespace dentate::test {

struct Outcome {
  int code = -1;  // exit code; 128 + the signal's number where one ended it
  std::string out, err;
};

// `dentate` with these arguments, from the repository's root. With `interrupt_at`, it gets Ctrl-C as
// soon as its error stream holds that text (after a minute at the latest).
Outcome dentate(const std::vector<std::string>& arguments, const std::string& interrupt_at = "");

}  // namespace dentate::test
