// The files of a zip archive, one after the other.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>

#include "engine/spec/result.h"

namespace dentate::data {

struct ZipRequest {
  std::string expected;  // what the archive should be: "images_background.zip"
  // Whether a file of that path is wanted. One that is not is passed over.
  std::function<bool(const std::string& path)> wanted;
  std::uint64_t most_bytes = 0;  // of the archive
  std::size_t most_content = 0;  // bytes of a file that is wanted
  // Gets them in the order of the archive; its error ends the reading.
  std::function<spec::Status(const std::string& path, std::span<const std::uint8_t> content)> take;
};

// Refuses what is no archive, one without its table of contents at the end, as any that is cut short,
// and a file that is damaged by its checksum or larger than asked for. Takes memory for one file at a
// time, and for the table.
[[nodiscard]] spec::Status readZip(const std::filesystem::path& file, const ZipRequest& request);

}  // namespace dentate::data
