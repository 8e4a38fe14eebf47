// A file from the network, on request only.
//
// What has come lies beside the file, under its name with ".part", and is gone on with the next time
// where the server can; the file itself is there when it is whole and has its SHA-256.
// Thread  any; blocks until it is done. One fetch of a file at a time.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "engine/spec/result.h"
#include "engine/spec/sources.h"

namespace dentate::data {

struct FetchRequest {
  std::string url;               // http or https
  std::filesystem::path to;      // its folder is made
  std::string sha256;            // 64 letters
  std::uint64_t most_bytes = 0;  // a server that sends more is refused
  double patience = 30;          // seconds without a byte
};

// Bytes so far and in all (0 not known); false stops, and what has come is kept.
using FetchProgress = std::function<bool(std::uint64_t done, std::uint64_t all)>;

// Nothing to do where the file is there with its SHA-256. A connection that breaks off is taken up
// again as long as each brings something, three times at most without. Errors of Kind::Io name the
// file or the address, and what can be done.
[[nodiscard]] spec::Status fetch(const FetchRequest& request, const FetchProgress& progress);

// The files of a dataset, one after the other, to where they are to lie below `folder`. Progress is
// told over all of them.
[[nodiscard]] spec::Status fetch(const spec::Source& source, const std::string& folder,
                                 const FetchProgress& progress);
// Of these files, how many bytes lie there, whole or in part.
[[nodiscard]] std::uint64_t bytesThere(const spec::Source& source, const std::string& folder);

}  // namespace dentate::data
