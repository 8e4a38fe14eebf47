// A recording of the published program's meta-steps.
#include "engine/run/recording.h"

#include "tests/fuzz/bytes.h"

using namespace dentate;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)run::parseRecording(fuzz::textOf({data, size}), "fuzz.json");
  return 0;
}
