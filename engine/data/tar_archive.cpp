#include "engine/data/tar_archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "engine/data/gz_file.h"

namespace dentate::data {
namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::vector<std::uint8_t>>;

constexpr std::uint64_t kMostContent = 500'000'000;

// What libarchive reads from. It does not look at gzip's checksum, so zlib unpacks.
struct Source {
  GzFile file;
  std::uint64_t read = 0;
  std::optional<spec::Error> failed = std::nullopt;
  std::array<std::uint8_t, 1U << 16U> block{};

  // Bytes of the next block; 0 at the end, -1 with the reason in `failed`.
  la_ssize_t next() {
    const auto got = file.read(block);
    if (!got) {
      failed = got.error();
      return -1;
    }
    read += *got;
    if (read > kMostContent) {
      failed = badFile(file.file(), "expected an archive of at most 500 MB, it holds more");
      return -1;
    }
    return static_cast<la_ssize_t>(*got);
  }
};

la_ssize_t readBlock(archive* /*reader*/, void* from, const void** block) {
  auto& source = *static_cast<Source*>(from);
  *block = source.block.data();
  return source.next();
}

class Tar {
 public:
  Tar(Source& source, const TarRequest& request)
      : source_(source), request_(request), reader_(archive_read_new(), &archive_read_free) {
    archive_read_support_format_tar(reader_.get());
  }

  spec::Result<Files> read() {
    if (archive_read_open(reader_.get(), &source_, nullptr, readBlock, nullptr) != ARCHIVE_OK)
      return broken();
    archive_entry* entry = nullptr;
    while (true) {
      const int code = archive_read_next_header(reader_.get(), &entry);
      if (code == ARCHIVE_EOF) break;
      if (code != ARCHIVE_OK && code != ARCHIVE_WARN) return broken();
      ++entries_;
      if (auto failed = take(entry)) return *failed;
    }
    // To the very end, where gzip's checksum is.
    for (la_ssize_t got = 1; got != 0;) {
      got = source_.next();
      if (got < 0) return *source_.failed;
    }
    return std::move(files_);
  }

 private:
  spec::Status take(archive_entry* entry) {
    if (archive_entry_filetype(entry) != AE_IFREG) return std::nullopt;
    const char* const path = archive_entry_pathname(entry);
    const std::string name = fs::path(path != nullptr ? path : "").filename().string();
    if (std::find(request_.names.begin(), request_.names.end(), name) == request_.names.end())
      return std::nullopt;
    if (files_.count(name) > 0) return bad("it holds " + name + " twice");
    const auto size =
        static_cast<std::uint64_t>(std::max<la_int64_t>(archive_entry_size(entry), 0));
    taken_ += size;
    if (size > request_.most_bytes || taken_ > request_.most_bytes)
      return bad(name + " is larger than any of " + request_.expected + ": " +
                 std::to_string(size) + " bytes");
    if (!source_.file.canHold(size))
      return bad("the archive is cut short: " + name + " is said to have " + std::to_string(size) +
                 " bytes, more than the file can hold");
    std::vector<std::uint8_t> content(size);
    for (std::size_t done = 0; done < size;) {
      const auto got = archive_read_data(reader_.get(), content.data() + done, size - done);
      if (got < 0) return broken();
      if (got == 0) return bad("the archive is cut short within " + name);
      done += static_cast<std::size_t>(got);
    }
    files_.emplace(name, std::move(content));
    return std::nullopt;
  }

  spec::Error bad(std::string what) const { return badFile(source_.file.file(), std::move(what)); }

  spec::Error broken() const {
    if (source_.failed) return *source_.failed;
    if (entries_ == 0) return bad("no tar archive; expected " + request_.expected);
    const char* const why = archive_error_string(reader_.get());
    return bad(std::string("the archive is damaged or cut short (libarchive: ") +
               (why != nullptr ? why : "no reason given") + ")");
  }

  Source& source_;
  const TarRequest& request_;
  std::unique_ptr<archive, decltype(&archive_read_free)> reader_;
  Files files_;
  std::uint64_t taken_ = 0;
  std::int64_t entries_ = 0;
};

}  // namespace

spec::Result<Files> readTar(const fs::path& file, const TarRequest& request) {
  auto opened = GzFile::open(file, request.expected);
  if (!opened) return opened.error();
  const auto source = std::make_unique<Source>(Source{std::move(*opened)});
  return Tar(*source, request).read();
}

}  // namespace dentate::data
