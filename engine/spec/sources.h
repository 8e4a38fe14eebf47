// Where datasets can be fetched from: official addresses, with the size and the SHA-256 of each file.
//
// A further one is an entry of the table in sources.cpp.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/spec/experiment.h"

namespace dentate::spec {

struct SourceFile {
  std::string url;          // http or https
  std::uint64_t bytes = 0;  // a server that sends more is refused
  std::string sha256;       // 64 letters
  // Of the file, after the last slash of its address.
  [[nodiscard]] std::string name() const { return url.substr(url.rfind('/') + 1); }
  bool operator==(const SourceFile&) const = default;
};

struct Source {
  DatasetKind kind = DatasetKind::Idx;
  std::string name;  // "cifar-10", as `dentate fetch` takes it
  std::vector<SourceFile> files;
  [[nodiscard]] std::uint64_t bytes() const;
  // What data.path names when it lies below `folder`: the file, or the folder `name` of several.
  [[nodiscard]] std::string pathBelow(const std::string& folder) const;
  // Where each file is to lie.
  [[nodiscard]] std::vector<std::string> placesBelow(const std::string& folder) const;
  bool operator==(const Source&) const = default;
};

[[nodiscard]] std::vector<Source> officialSources();

}  // namespace dentate::spec
