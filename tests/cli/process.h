// Runs the program as a person at a terminal does, and tells what came of it.
#pragma once
#include <string>
#include <vector>

namespace dentate::test {

struct Outcome {
  int code = -1;  // exit code; 128 + the signal's number where one ended it
  std::string out, err;
};

// `dentate` with these arguments, from the repository's root. It gets `interrupt_after` seconds
// until Ctrl-C where that is above 0.
Outcome dentate(const std::vector<std::string>& arguments, double interrupt_after = 0);

}  // namespace dentate::test
