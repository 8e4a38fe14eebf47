// Files out of a tar archive, plain or compressed with gzip.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/spec/result.h"

namespace dentate::data {

struct TarRequest {
  std::vector<std::string_view> names;  // of files, without their folders
  std::uint64_t most_bytes = 0;         // of all of them together
  std::string expected;                 // what the archive should be: "cifar-10-binary.tar.gz"
};

// The content of each file of one of the names, as far as there is one. Refuses what is no archive,
// one that is damaged or cut short (with gzip: by its checksum), a name that is there twice, files
// larger than asked for, and an archive of more than 500 MB of content, each before it takes memory for it.
[[nodiscard]] spec::Result<std::map<std::string, std::vector<std::uint8_t>>> readTar(
    const std::filesystem::path& file, const TarRequest& request);

}  // namespace dentate::data
