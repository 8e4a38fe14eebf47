#include "engine/data/gz_file.h"

#include <zlib.h>

#include <algorithm>
#include <system_error>
#include <utility>

namespace dentate::data {
namespace {

namespace fs = std::filesystem;

// Deflate codes at most 258 bytes in two bits: no stream grows by more (zlib's technical notes).
constexpr std::uint64_t kMaxGrowth = 1'032;

gzFile handleOf(void* handle) { return static_cast<gzFile>(handle); }

}  // namespace

spec::Error badFile(const fs::path& file, std::string what) {
  return {spec::Error::Kind::Data, file.string(), std::move(what)};
}

void GzFile::Close::operator()(void* handle) const { gzclose_r(handleOf(handle)); }

spec::Result<GzFile> GzFile::open(const fs::path& file, const std::string& expected) {
  std::error_code failed;
  if (!fs::is_regular_file(file, failed))
    return badFile(file, "no such file; expected " + expected);
  const std::uint64_t size = fs::file_size(file, failed);
  gzFile handle = failed ? nullptr : gzopen(file.c_str(), "rb");
  if (handle == nullptr) return badFile(file, "the file cannot be opened for reading");
  return GzFile(file, size, handle);
}

spec::Result<std::size_t> GzFile::read(std::span<std::uint8_t> out) {
  std::size_t done = 0;
  while (done < out.size()) {
    const auto chunk = static_cast<unsigned>(std::min<std::size_t>(out.size() - done, 1U << 24U));
    const int got = gzread(handleOf(handle_.get()), out.data() + done, chunk);
    if (got < 0) return damaged();
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  int code = Z_OK;
  if (done < out.size()) gzerror(handleOf(handle_.get()), &code);
  if (code != Z_OK) return damaged();  // a stream that was cut short
  return done;
}

bool GzFile::canHold(std::uint64_t bytes) {
  return size_ * (gzdirect(handleOf(handle_.get())) == 1 ? 1 : kMaxGrowth) >= bytes;
}

spec::Error GzFile::damaged() const {
  int code = Z_OK;
  const std::string why = gzerror(handleOf(handle_.get()), &code);
  if (code == Z_ERRNO) return badFile(file_, "the file cannot be read");
  return badFile(file_, "the gzip stream is damaged or cut short (zlib: " + why + ")");
}

}  // namespace dentate::data
