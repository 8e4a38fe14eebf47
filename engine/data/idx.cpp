#include "engine/data/idx.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "engine/data/gz_file.h"

namespace dentate::data {
namespace {

namespace fs = std::filesystem;
using spec::Error;

constexpr std::uint64_t kMaxImages = 2'000'000;
constexpr std::uint64_t kMaxSide = 1'024;
constexpr std::uint64_t kMaxBytes = 4'000'000'000;
constexpr std::uint64_t kImageMagic = 0x0803;
constexpr std::uint64_t kLabelMagic = 0x0801;

std::string count(std::uint64_t n, const std::string& unit) {
  return std::to_string(n) + " " + unit;
}

// Exactly `out`, or an error that says what `part` was cut short.
spec::Status readAll(GzFile& source, std::span<std::uint8_t> out, const std::string& part) {
  const auto got = source.read(out);
  if (!got) return got.error();
  if (*got == out.size()) return std::nullopt;
  return badFile(source.file(), "the file ends too early: " + part + " takes " +
                                    count(out.size(), "bytes, there are ") + std::to_string(*got));
}

spec::Status expectEnd(GzFile& source) {
  std::array<std::uint8_t, 1> more{};
  const auto got = source.read(more);
  if (!got) return got.error();
  if (*got > 0) return badFile(source.file(), "more bytes follow than the header promises");
  return std::nullopt;
}

template <std::size_t n>
spec::Result<std::array<std::uint64_t, n>> readHeader(GzFile& source, std::uint64_t magic) {
  std::array<std::uint8_t, 4 * n> bytes{};
  if (auto failed = readAll(source, bytes, "the header")) return *failed;
  std::array<std::uint64_t, n> words{};
  for (std::size_t i = 0; i < bytes.size(); ++i) words[i / 4] = words[i / 4] << 8U | bytes[i];
  if (words[0] != magic)
    return badFile(source.file(), "wrong magic number: an IDX file of " +
                                      std::string(magic == kImageMagic ? "images" : "labels") +
                                      " starts with " + std::to_string(magic) + ", this one with " +
                                      std::to_string(words[0]));
  if (words[1] < 1 || words[1] > kMaxImages)
    return badFile(source.file(), "expected 1 to " +
                                      count(kMaxImages, "entries, the header says ") +
                                      std::to_string(words[1]));
  return words;
}

spec::Result<std::vector<std::uint8_t>> readContent(GzFile& source, std::uint64_t bytes) {
  if (!source.canHold(bytes))
    return badFile(source.file(),
                   "the file ends too early: the header promises " +
                       count(bytes, "bytes of content, more than the file can hold"));
  std::vector<std::uint8_t> content(bytes);
  if (auto failed = readAll(source, content, "the content")) return *failed;
  if (auto failed = expectEnd(source)) return *failed;
  return content;
}

spec::Status readImages(const fs::path& file, ImageSet& set) {
  auto source = GzFile::open(file, "an IDX file");
  if (!source) return source.error();
  const auto header = readHeader<4>(*source, kImageMagic);
  if (!header) return header.error();
  const auto [magic, images, height, width] = *header;
  if (height < 1 || height > kMaxSide || width < 1 || width > kMaxSide)
    return badFile(file, "expected images of 1 to " + count(kMaxSide, "pixels a side, not ") +
                             std::to_string(width) + " x " + std::to_string(height));
  const std::uint64_t bytes = images * height * width;  // at most 2e6 * 2^20: no overflow
  if (bytes > kMaxBytes)
    return badFile(file, "expected at most " + count(kMaxBytes, "bytes of pixels, not ") +
                             std::to_string(bytes));
  auto pixels = readContent(*source, bytes);
  if (!pixels) return pixels.error();
  set.width = static_cast<std::int32_t>(width);
  set.height = static_cast<std::int32_t>(height);
  set.pixels = std::move(*pixels);
  return std::nullopt;
}

spec::Status readLabels(const fs::path& file, ImageSet& set) {
  auto source = GzFile::open(file, "an IDX file");
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
  return badFile(folder / name,
                 "no such file, with or without .gz; expected the four files of MNIST");
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
    return badFile(labels, "expected one label for each of the " + count(found, "images in ") +
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
    return badFile(folder,
                   "no such folder; expected one with the four IDX files of MNIST's layout");
  auto train = readPair(folder, "train");
  if (!train) return train.error();
  auto test = readPair(folder, "t10k");
  if (!test) return test.error();
  if (train->width != test->width || train->height != test->height)
    return badFile(folder / "t10k-images-idx3-ubyte",
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
