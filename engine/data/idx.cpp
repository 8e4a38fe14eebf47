#include "engine/data/idx.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace dentate::data {
namespace {

namespace fs = std::filesystem;
using spec::Error;

constexpr std::uint64_t kMaxImages = 2'000'000;
constexpr std::uint64_t kMaxSide = 1'024;
constexpr std::uint64_t kMaxBytes = 4'000'000'000;
constexpr std::uint64_t kImageMagic = 0x0803;
constexpr std::uint64_t kLabelMagic = 0x0801;
// Deflate codes at most 258 bytes in two bits: no stream grows by more (zlib's technical notes).
constexpr std::uint64_t kMaxGrowth = 1'032;

Error bad(const fs::path& file, std::string what) {
  return {Error::Kind::Data, file.string(), std::move(what)};
}

std::string count(std::uint64_t n, const std::string& unit) {
  return std::to_string(n) + " " + unit;
}

// A file read through zlib, which passes plain content on as it is.
class Source {
 public:
  static spec::Result<Source> open(const fs::path& file) {
    std::error_code failed;
    if (!fs::is_regular_file(file, failed)) return bad(file, "no such file; expected an IDX file");
    const std::uint64_t size = fs::file_size(file, failed);
    gzFile handle = failed ? nullptr : gzopen(file.c_str(), "rb");
    if (handle == nullptr) return bad(file, "the file cannot be opened for reading");
    return Source(file, size, handle);
  }

  // Exactly `out`, or an error that says what `part` was cut short.
  spec::Status read(std::span<std::uint8_t> out, const std::string& part) {
    std::size_t done = 0;
    while (done < out.size()) {
      const auto chunk = static_cast<unsigned>(std::min<std::size_t>(out.size() - done, 1U << 24U));
      const int got = gzread(handle_.get(), out.data() + done, chunk);
      if (got < 0) return damaged();
      if (got == 0)
        return bad(file_, "the file ends too early: " + part + " takes " +
                              count(out.size(), "bytes, there are ") + std::to_string(done));
      done += static_cast<std::size_t>(got);
    }
    return std::nullopt;
  }

  // The end, and with it gzip's checksum.
  spec::Status end() {
    std::uint8_t more = 0;
    const int got = gzread(handle_.get(), &more, 1);
    if (got < 0) return damaged();
    if (got > 0) return bad(file_, "more bytes follow than the header promises");
    int code = Z_OK;
    gzerror(handle_.get(), &code);
    if (code != Z_OK) return damaged();
    return std::nullopt;
  }

  // Whether the file can hold `bytes` of content at all: asked before memory is taken for them.
  [[nodiscard]] bool canHold(std::uint64_t bytes) {
    return size_ * (gzdirect(handle_.get()) == 1 ? 1 : kMaxGrowth) >= bytes;
  }
  [[nodiscard]] const fs::path& file() const { return file_; }

 private:
  struct Close {
    void operator()(gzFile handle) const { gzclose_r(handle); }
  };
  Source(fs::path file, std::uint64_t size, gzFile handle)
      : file_(std::move(file)), size_(size), handle_(handle) {}

  Error damaged() {
    int code = Z_OK;
    const std::string why = gzerror(handle_.get(), &code);
    if (code == Z_ERRNO) return bad(file_, "the file cannot be read");
    return bad(file_, "the gzip stream is damaged or cut short (zlib: " + why + ")");
  }

  fs::path file_;
  std::uint64_t size_;
  std::unique_ptr<std::remove_pointer_t<gzFile>, Close> handle_;
};

template <std::size_t n>
spec::Result<std::array<std::uint64_t, n>> readHeader(Source& source, std::uint64_t magic) {
  std::array<std::uint8_t, 4 * n> bytes{};
  if (auto failed = source.read(bytes, "the header")) return *failed;
  std::array<std::uint64_t, n> words{};
  for (std::size_t i = 0; i < bytes.size(); ++i) words[i / 4] = words[i / 4] << 8U | bytes[i];
  if (words[0] != magic)
    return bad(source.file(), "wrong magic number: an IDX file of " +
                                  std::string(magic == kImageMagic ? "images" : "labels") +
                                  " starts with " + std::to_string(magic) + ", this one with " +
                                  std::to_string(words[0]));
  if (words[1] < 1 || words[1] > kMaxImages)
    return bad(source.file(), "expected 1 to " + count(kMaxImages, "entries, the header says ") +
                                  std::to_string(words[1]));
  return words;
}

spec::Result<std::vector<std::uint8_t>> readContent(Source& source, std::uint64_t bytes) {
  if (!source.canHold(bytes))
    return bad(source.file(), "the file ends too early: the header promises " +
                                  count(bytes, "bytes of content, more than the file can hold"));
  std::vector<std::uint8_t> content(bytes);
  if (auto failed = source.read(content, "the content")) return *failed;
  if (auto failed = source.end()) return *failed;
  return content;
}

spec::Status readImages(const fs::path& file, ImageSet& set) {
  auto source = Source::open(file);
  if (!source) return source.error();
  const auto header = readHeader<4>(*source, kImageMagic);
  if (!header) return header.error();
  const auto [magic, images, height, width] = *header;
  if (height < 1 || height > kMaxSide || width < 1 || width > kMaxSide)
    return bad(file, "expected images of 1 to " + count(kMaxSide, "pixels a side, not ") +
                         std::to_string(width) + " x " + std::to_string(height));
  const std::uint64_t bytes = images * height * width;  // at most 2e6 * 2^20: no overflow
  if (bytes > kMaxBytes)
    return bad(file, "expected at most " + count(kMaxBytes, "bytes of pixels, not ") +
                         std::to_string(bytes));
  auto pixels = readContent(*source, bytes);
  if (!pixels) return pixels.error();
  set.width = static_cast<std::int32_t>(width);
  set.height = static_cast<std::int32_t>(height);
  set.pixels = std::move(*pixels);
  return std::nullopt;
}

spec::Status readLabels(const fs::path& file, ImageSet& set) {
  auto source = Source::open(file);
  if (!source) return source.error();
  const auto header = readHeader<2>(*source, kLabelMagic);
  if (!header) return header.error();
  const auto labels = readContent(*source, (*header)[1]);
  if (!labels) return labels.error();
  set.labels.assign(labels->begin(), labels->end());
  return std::nullopt;
}

spec::Result<fs::path> find(const fs::path& folder, const std::string& name) {
  for (const char* ending : {"", ".gz"}) {
    std::error_code ignored;
    auto file = folder / (name + ending);
    if (fs::is_regular_file(file, ignored)) return file;
  }
  return bad(folder / name, "no such file, with or without .gz; expected the four files of MNIST");
}

spec::Result<ImageSet> readPair(const fs::path& folder, const std::string& prefix) {
  const auto images = find(folder, prefix + "-images-idx3-ubyte");
  if (!images) return images.error();
  const auto labels = find(folder, prefix + "-labels-idx1-ubyte");
  if (!labels) return labels.error();
  return readIdxPair(*images, *labels);
}

}  // namespace

spec::Result<ImageSet> readIdxPair(const fs::path& images, const fs::path& labels) {
  ImageSet set;
  // Labels first: they are small, and most mistakes show there already.
  if (auto failed = readLabels(labels, set)) return *failed;
  if (auto failed = readImages(images, set)) return *failed;
  const std::size_t found = set.pixels.size() / set.imageSize();
  if (found != set.labels.size())
    return bad(labels, "expected one label for each of the " + count(found, "images in ") +
                           images.filename().string() + ", not " +
                           std::to_string(set.labels.size()));
  return set;
}

spec::Result<Dataset> loadIdx(const spec::DataSpec& spec, const fs::path& /*assets_dir*/) {
  if (spec.path.empty())
    return Error{Error::Kind::Data, "data.path",
                 "expected the folder that holds the four IDX files; it is empty"};
  fs::path folder(spec.path);
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored))
    return bad(folder, "no such folder; expected one with the four IDX files of MNIST's layout");
  auto train = readPair(folder, "train");
  if (!train) return train.error();
  auto test = readPair(folder, "t10k");
  if (!test) return test.error();
  if (train->width != test->width || train->height != test->height)
    return bad(folder / "t10k-images-idx3-ubyte",
               "expected test images of the size of the training images");

  Dataset dataset;
  const auto largest = [](const ImageSet& set) {
    return *std::max_element(set.labels.begin(), set.labels.end());
  };
  dataset.classes = std::max(largest(*train), largest(*test)) + 1;
  if (!folder.has_filename()) folder = folder.parent_path();  // "fashion-mnist/"
  dataset.name = folder.filename().string();
  dataset.train = std::move(*train);
  dataset.test = std::move(*test);
  return dataset;
}

}  // namespace dentate::data
