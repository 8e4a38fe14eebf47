// Feeds the files of folders to a target: replay FOLDER... Without clang there is no libFuzzer that
// makes them up.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "tests/fuzz/bytes.h"

int main(int arguments, char** names) {
  std::size_t fed = 0;
  for (int i = 1; i < arguments; ++i)
    for (const auto& entry : std::filesystem::directory_iterator(names[i])) {
      std::ifstream in(entry.path(), std::ios::binary);
      const std::vector<char> bytes{std::istreambuf_iterator<char>(in), {}};
      LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
      ++fed;
    }
  std::printf("%zu files\n", fed);
  return fed > 0 ? 0 : 1;
}
