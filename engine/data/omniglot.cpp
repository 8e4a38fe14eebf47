#include "engine/data/omniglot.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "engine/data/gz_file.h"
#include "engine/data/picture.h"
#include "engine/data/zip_archive.h"

namespace dentate::data {
namespace {

namespace fs = std::filesystem;

constexpr std::int32_t kDrawn = 105, kSide = 28;
constexpr std::int32_t kLastTraining = 15, kLastDrawer = 20;
constexpr std::uint64_t kMostBytes = 32'000'000;
constexpr std::size_t kMostDrawings = 100'000, kMostContent = 64'000, kMostPath = 250;
constexpr std::array kOfficial{"images_background.zip", "images_evaluation.zip"};

using Image = std::array<std::uint8_t, std::size_t{kSide} * kSide>;
using Drawings = std::map<std::int32_t, Image>;      // by drawer
using Characters = std::map<std::string, Drawings>;  // by alphabet and character

// Along one axis a pixel of the image covers `weight` 28ths of a pixel of the drawing.
struct Cover {
  std::int32_t at = 0, weight = 0;
};
using Covers = std::array<std::vector<Cover>, kSide>;
Covers covers() {
  Covers out;
  for (std::int32_t pixel = 0; pixel < kSide; ++pixel) {
    const std::int32_t low = pixel * kDrawn, high = low + kDrawn;  // in 28ths
    for (std::int32_t at = low / kSide; at * kSide < high; ++at)
      out[static_cast<std::size_t>(pixel)].push_back(
          {at, std::min(high, (at + 1) * kSide) - std::max(low, at * kSide)});
  }
  return out;
}

// In whole numbers: the same on every processor.
Image imageOf(const std::vector<std::uint8_t>& drawing) {
  static const Covers kCovers = covers();
  constexpr std::int64_t kWhole = std::int64_t{kDrawn} * kDrawn;
  Image out{};
  auto to = out.begin();
  for (const auto& rows : kCovers)
    for (const auto& columns : kCovers) {
      std::int64_t ink = 0;
      for (const auto& row : rows)
        for (const auto& column : columns)
          ink += std::int64_t{row.weight} * column.weight *
                 (255 - drawing[static_cast<std::size_t>(row.at * kDrawn + column.at)]);
      *to++ = static_cast<std::uint8_t>((ink + kWhole / 2) / kWhole);
    }
  return out;
}

bool isPicture(const std::string& path) {
  for (const auto& part : fs::path(path))
    if (part.string().starts_with('.') || part == "__MACOSX") return false;
  return path.ends_with(".png");
}

// The two digits at the end of a text that begins so.
std::optional<std::int32_t> numberAfter(std::string_view begin, std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() != begin.size() + 2 || !text.starts_with(begin)) return std::nullopt;
  const char tens = text[begin.size()], ones = text[begin.size() + 1];
  if (!digit(tens) || !digit(ones)) return std::nullopt;
  return 10 * (tens - '0') + (ones - '0');
}

struct Place {
  std::string character;  // "Greek/character01"
  std::int32_t drawer = 0;
};

std::optional<Place> placeOf(const std::string& path) {
  const fs::path file(path);
  const auto character = file.parent_path(), alphabet = character.parent_path();
  const auto stem = file.stem().string();
  const auto cut = stem.rfind('_');
  if (path.size() > kMostPath || alphabet.filename().empty() || cut == std::string::npos ||
      !numberAfter("character", character.filename().string()))
    return std::nullopt;
  const auto drawer = numberAfter(stem.substr(0, cut + 1), stem);
  if (!drawer || *drawer < 1 || *drawer > kLastDrawer) return std::nullopt;
  return Place{(alphabet.filename() / character.filename()).string(), *drawer};
}

class Archive {
 public:
  explicit Archive(fs::path file) : file_(std::move(file)) {}

  spec::Result<Characters> read() {
    const ZipRequest request{
        .expected = "images_background.zip or images_evaluation.zip",
        .wanted = isPicture,
        .most_bytes = kMostBytes,
        .most_content = kMostContent,
        .take = [&](const auto& path, auto content) { return take(path, content); }};
    if (auto failed = readZip(file_, request)) return *failed;
    if (characters_.empty())
      return badFile(file_, "there are no drawings in it; expected " + request.expected);
    for (const auto& [character, drawings] : characters_)
      if (drawings.begin()->first > kLastTraining || drawings.rbegin()->first <= kLastTraining)
        return bad(character,
                   "expected drawings 1 to 15, which train, and 16 to 20, which test; "
                   "there are none of the " +
                       std::string(drawings.begin()->first > kLastTraining ? "first" : "second"));
    return std::move(characters_);
  }

 private:
  spec::Status take(const std::string& path, std::span<const std::uint8_t> content) {
    const auto place = placeOf(path);
    if (!place)
      return bad(path.substr(0, kMostPath),
                 "expected drawings as Alphabet/character01/0001_01.png, the last two digits 01 to "
                 "20 for who drew it");
    if (++count_ > kMostDrawings)
      return badFile(file_, "expected at most " + std::to_string(kMostDrawings) + " drawings");
    const auto drawing = readGreyPng(content, {kDrawn, kDrawn});
    if (!drawing) return bad(path, drawing.error().what);
    if (!characters_[place->character].emplace(place->drawer, imageOf(*drawing)).second)
      return bad(path, "this drawing is there twice");
    return std::nullopt;
  }

  spec::Error bad(const std::string& place, std::string what) const {
    return badFile(file_.string() + ", " + place, std::move(what));
  }

  fs::path file_;
  Characters characters_;
  std::size_t count_ = 0;
};

spec::Result<std::vector<fs::path>> archivesOf(const spec::DataSpec& spec) {
  const fs::path path(spec.path);
  const std::string expected =
      "expected images_background.zip, images_evaluation.zip or a folder with both";
  if (spec.path.empty())
    return spec::Error{spec::Error::Kind::Data, "data.path", expected + "; it is empty"};
  std::error_code ignored;
  const std::string fetch =
      "; `dentate fetch omniglot` downloads both into the folder data/omniglot, and data.path "
      "names another place";
  if (!fs::exists(path, ignored)) return badFile(path, "no such file; " + expected + fetch);
  if (!fs::is_directory(path, ignored)) return std::vector{path};
  std::vector<fs::path> out;
  for (const char* name : kOfficial)
    if (fs::exists(path / name, ignored)) out.push_back(path / name);
  if (out.empty()) return badFile(path, "there is neither archive in it; " + expected + fetch);
  return out;
}

}  // namespace

spec::Result<Dataset> loadOmniglot(const spec::DataSpec& spec, const fs::path& /*assets_dir*/) {
  const auto archives = archivesOf(spec);
  if (!archives) return archives.error();
  Dataset dataset;
  dataset.train.width = dataset.train.height = kSide;
  dataset.test = dataset.train;
  for (const auto& archive : *archives) {
    const auto characters = Archive(archive).read();
    if (!characters) return characters.error();
    for (const auto& [name, drawings] : *characters) {
      for (const auto& [drawer, image] : drawings) {
        auto& set = drawer <= kLastTraining ? dataset.train : dataset.test;
        set.pixels.insert(set.pixels.end(), image.begin(), image.end());
        set.labels.push_back(dataset.classes);
      }
      ++dataset.classes;
    }
  }
  dataset.name = "Omniglot, " + std::to_string(dataset.classes) + " characters";
  return dataset;
}

}  // namespace dentate::data
