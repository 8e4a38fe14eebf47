#include "engine/data/zip_archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <system_error>
#include <utility>
#include <vector>

#include "engine/data/gz_file.h"

namespace dentate::data {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlock = 1U << 16U;

class Zip {
 public:
  Zip(const fs::path& file, const ZipRequest& request)
      : file_(file),
        request_(request),
        reader_(archive_read_new(), &archive_read_free),
        content_(request.most_content + 1) {
    archive_read_support_format_zip_seekable(reader_.get());
  }

  spec::Status read() {
    if (archive_read_open_filename(reader_.get(), file_.c_str(), kBlock) != ARCHIVE_OK)
      return noArchive();
    archive_entry* entry = nullptr;
    for (bool first = true;; first = false) {
      const int code = archive_read_next_header(reader_.get(), &entry);
      if (code == ARCHIVE_EOF) return std::nullopt;
      if (code != ARCHIVE_OK && code != ARCHIVE_WARN) return first ? noArchive() : broken();
      if (auto failed = take(entry)) return failed;
    }
  }

 private:
  spec::Status take(archive_entry* entry) {
    const char* const named = archive_entry_pathname(entry);
    const std::string path = named != nullptr ? named : "";
    if (archive_entry_filetype(entry) != AE_IFREG || !request_.wanted(path)) return std::nullopt;
    std::size_t size = 0;
    while (size < content_.size()) {
      const auto got =
          archive_read_data(reader_.get(), content_.data() + size, content_.size() - size);
      if (got < 0) return broken();
      if (got == 0) return request_.take(path, std::span(content_).first(size));
      size += static_cast<std::size_t>(got);
    }
    return bad(path + " is larger than any of " + request_.expected + ": more than " +
               std::to_string(request_.most_content) + " bytes");
  }

  spec::Error bad(std::string what) const { return badFile(file_, std::move(what)); }
  spec::Error noArchive() const {
    return bad("no zip archive, or one that is cut short; expected " + request_.expected);
  }
  spec::Error broken() const {
    const char* const why = archive_error_string(reader_.get());
    return bad(std::string("the archive is damaged (libarchive: ") +
               (why != nullptr ? why : "no reason given") + ")");
  }

  const fs::path& file_;
  const ZipRequest& request_;
  std::unique_ptr<archive, decltype(&archive_read_free)> reader_;
  std::vector<std::uint8_t> content_;  // of one file, and a byte that is too much
};

}  // namespace

spec::Status readZip(const fs::path& file, const ZipRequest& request) {
  std::error_code failed;
  if (!fs::is_regular_file(file, failed))
    return badFile(file, "no such file; expected " + request.expected);
  const std::uint64_t size = fs::file_size(file, failed);
  if (failed || size > request.most_bytes)
    return badFile(file, "expected an archive of at most " +
                             std::to_string(request.most_bytes / 1'000'000) + " MB");
  return Zip(file, request).read();
}

}  // namespace dentate::data
