// What a fuzz target gets, and ways to hand it to readers that take text, numbers or a file.
//
// A target is one file with an LLVMFuzzerTestOneInput(). What it calls may refuse the bytes; it must
// neither crash, nor leak, nor take more memory than a limit (scripts/fuzz). clang's libFuzzer makes
// bytes up; without it replay.cpp feeds what is kept in corpus/.
#pragma once
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace dentate::fuzz {

using Bytes = std::span<const std::uint8_t>;

inline std::string_view textOf(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// A file of these bytes, in memory.
class File {
 public:
  explicit File(Bytes bytes) : handle_(memfd_create("fuzz", 0)) {
    if (handle_ < 0) std::abort();
    for (std::size_t done = 0; done < bytes.size();) {
      const auto wrote = write(handle_, bytes.data() + done, bytes.size() - done);
      if (wrote <= 0) std::abort();
      done += static_cast<std::size_t>(wrote);
    }
  }
  ~File() { close(handle_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] std::filesystem::path path() const {
    return "/proc/self/fd/" + std::to_string(handle_);
  }

 private:
  int handle_;
};

// Where two parts meet: the first two bytes say it, little-endian.
struct Halves {
  Bytes first, second;
};
inline Halves halvesOf(Bytes bytes) {
  if (bytes.size() < 2) return {bytes, {}};
  const std::size_t wanted = bytes[0] + 256U * bytes[1];
  const auto rest = bytes.subspan(2);
  const auto at = wanted < rest.size() ? wanted : rest.size();
  return {rest.first(at), rest.subspan(at)};
}

}  // namespace dentate::fuzz
