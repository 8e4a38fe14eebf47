#include "engine/data/mnist_sheet.h"

#include <stb_image.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "engine/data/picture.h"

namespace dentate::data {
namespace {

namespace fs = std::filesystem;
using spec::Error;

constexpr int kDigit = 28;         // pixels a side
constexpr int kDigitsAside = 100;  // of the sheet
constexpr int kSheet = kDigit * kDigitsAside;
constexpr std::size_t kTrain = 8'000, kTest = 2'000;
// The sheet has 1.7 MB and would have 7.9 MB uncompressed.
constexpr std::uint64_t kMaxFile = 16'000'000;

Error bad(const fs::path& file, std::string what) {
  return {Error::Kind::Data, file.string(), std::move(what)};
}

spec::Result<std::vector<std::uint8_t>> readFile(const fs::path& file, const std::string& what) {
  std::error_code failed;
  if (!fs::is_regular_file(file, failed)) return bad(file, "no such file; expected " + what);
  const std::uint64_t size = fs::file_size(file, failed);
  if (failed || size > kMaxFile) return bad(file, "the file is too large; expected " + what);
  std::vector<std::uint8_t> bytes(size);
  std::ifstream in(file, std::ios::binary);
  in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  if (!in) return bad(file, "the file cannot be read; expected " + what);
  return bytes;
}

// [2800 * 2800]
spec::Result<std::vector<std::uint8_t>> readSheet(const fs::path& file) {
  const auto bytes = readFile(file, "a grey PNG of 2800 x 2800 pixels");
  if (!bytes) return bytes.error();
  const auto size = static_cast<int>(bytes->size());
  int width = 0;
  int height = 0;
  int channels = 0;
  if (stbi_info_from_memory(bytes->data(), size, &width, &height, &channels) == 0)
    return bad(file, "no PNG; expected a grey PNG of 2800 x 2800 pixels");
  if (width != kSheet || height != kSheet)
    return bad(file, "expected 2800 x 2800 pixels, not " + std::to_string(width) + " x " +
                         std::to_string(height));
  if (channels != 1 || stbi_is_16_bit_from_memory(bytes->data(), size) != 0)
    return bad(file, "expected grey pixels of 8 bit, not " + std::to_string(channels) +
                         " channels or 16 bit");
  if (!isWholePng(*bytes)) return bad(file, "the PNG is damaged or cut short");
  const std::unique_ptr<stbi_uc, decltype(&stbi_image_free)> decoded(
      stbi_load_from_memory(bytes->data(), size, &width, &height, &channels, /*desired=*/1),
      &stbi_image_free);
  if (!decoded)
    return bad(file, std::string("the PNG cannot be decoded: ") + stbi_failure_reason());
  return std::vector<std::uint8_t>(decoded.get(), decoded.get() + std::size_t{kSheet} * kSheet);
}

// [10,000]. Either line ending; one final line end may be missing.
spec::Result<std::vector<std::int32_t>> readLabels(const fs::path& file) {
  const auto bytes = readFile(file, "100 rows of 100 digits");
  if (!bytes) return bytes.error();
  std::vector<std::int32_t> labels;
  labels.reserve(kTrain + kTest);
  std::size_t row = 0;
  for (auto at = bytes->begin(); at != bytes->end(); ++row) {
    const auto stop = std::find(at, bytes->end(), '\n');
    auto last = stop;
    if (last != at && *(last - 1) == '\r') --last;
    const std::string place = "row " + std::to_string(row + 1);
    if (row >= kDigitsAside) return bad(file, "expected 100 rows of 100 digits; there are more");
    if (last - at != kDigitsAside)
      return bad(file, place + ": expected 100 digits, not " + std::to_string(last - at));
    if (!std::all_of(at, last, [](std::uint8_t c) { return c >= '0' && c <= '9'; }))
      return bad(file, place + ": expected nothing but digits");
    for (; at != last; ++at) labels.push_back(*at - '0');
    at = stop == bytes->end() ? stop : stop + 1;
  }
  if (labels.size() != kTrain + kTest)
    return bad(file, "expected 100 rows of 100 digits, not " + std::to_string(row));
  return labels;
}

ImageSet cut(std::span<const std::uint8_t> sheet, std::span<const std::int32_t> labels,
             std::size_t first, std::size_t count) {
  ImageSet set{.width = kDigit, .height = kDigit, .pixels = {}, .labels = {}};
  set.pixels.reserve(count * kDigit * kDigit);
  for (std::size_t i = first; i < first + count; ++i) {
    const std::size_t corner = i / kDigitsAside * kDigit * kSheet + i % kDigitsAside * kDigit;
    for (std::size_t row = 0; row < kDigit; ++row) {
      const auto line = sheet.subspan(corner + row * kSheet, kDigit);
      set.pixels.insert(set.pixels.end(), line.begin(), line.end());
    }
  }
  const auto own = labels.subspan(first, count);
  set.labels.assign(own.begin(), own.end());
  return set;
}

}  // namespace

spec::Result<Dataset> loadMnistSheet(const spec::DataSpec& /*spec*/, const fs::path& assets_dir) {
  const auto labels = readLabels(assets_dir / "mnist-10k.labels.txt");
  if (!labels) return labels.error();
  const auto sheet = readSheet(assets_dir / "mnist-10k.png");
  if (!sheet) return sheet.error();
  Dataset dataset;
  dataset.name = "MNIST, 10,000 digits";
  dataset.classes = 10;
  dataset.train = cut(*sheet, *labels, 0, kTrain);
  dataset.test = cut(*sheet, *labels, kTrain, kTest);
  return dataset;
}

}  // namespace dentate::data
