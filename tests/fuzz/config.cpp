// An experiment's file: read, written again, and read as what it was.
#include "engine/spec/experiment_json.h"
#include "tests/fuzz/bytes.h"

using namespace dentate;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto spec = spec::parseExperiment(fuzz::textOf({data, size}), "fuzz.json");
  if (!spec) return 0;
  const auto again = spec::parseExperiment(spec::writeExperiment(*spec), "fuzz.json");
  if (!again || *again != *spec) std::abort();
  return 0;
}
