// A file that may be compressed with gzip: the content decides, not the ending of the name.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "engine/spec/result.h"

namespace dentate::data {

// An error of Kind::Data about a file.
[[nodiscard]] spec::Error badFile(const std::filesystem::path& file, std::string what);

class GzFile {
 public:
  // `expected` says what it should have been where there is no such file: "an IDX file".
  [[nodiscard]] static spec::Result<GzFile> open(const std::filesystem::path& file,
                                                 const std::string& expected);
  // Fills `out`, or less of it at the end of the content; how much. The end includes gzip's checksum.
  [[nodiscard]] spec::Result<std::size_t> read(std::span<std::uint8_t> out);
  // Whether the file can hold `bytes` of content at all: asked before memory is taken for them.
  [[nodiscard]] bool canHold(std::uint64_t bytes);
  [[nodiscard]] const std::filesystem::path& file() const { return file_; }

 private:
  struct Close {
    void operator()(void* handle) const;
  };
  GzFile(std::filesystem::path file, std::uint64_t size, void* handle)
      : file_(std::move(file)), size_(size), handle_(handle) {}
  [[nodiscard]] spec::Error damaged() const;

  std::filesystem::path file_;
  std::uint64_t size_;
  std::unique_ptr<void, Close> handle_;
};

}  // namespace dentate::data
