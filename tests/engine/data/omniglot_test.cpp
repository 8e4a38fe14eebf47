#include "engine/data/omniglot.h"

#include <gtest/gtest.h>
#include <stb_image_write.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "engine/data/stream.h"
#include "tests/engine/data/tar_writer.h"
#include "tests/engine/data/temp_folder.h"

namespace dentate::data {
namespace {

namespace fs = std::filesystem;
using spec::DatasetKind;
using Bytes = std::vector<std::uint8_t>;

// White, but for a black rectangle.
struct Stroke {
  int left = 0, top = 0, width = 0, height = 0;
};
Bytes png(const Stroke& stroke, int side = 105) {
  Bytes pixels(static_cast<std::size_t>(side * side), 255);
  for (int y = stroke.top; y < stroke.top + stroke.height; ++y)
    std::fill_n(pixels.begin() + y * side + stroke.left, stroke.width, std::uint8_t{0});
  Bytes out;
  stbi_write_png_to_func(
      [](void* to, void* data, int size) {
        const auto* bytes = static_cast<const std::uint8_t*>(data);
        static_cast<Bytes*>(to)->insert(static_cast<Bytes*>(to)->end(), bytes, bytes + size);
      },
      &out, side, side, 1, pixels.data(), side);
  return out;
}

std::string two(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

// `characters` of an alphabet, each drawn by twenty people: a stroke as wide as the drawer's number.
void addAlphabet(TarEntries& to, const std::string& alphabet, int characters) {
  for (int c = 1; c <= characters; ++c)
    for (int d = 1; d <= 20; ++d)
      to.emplace_back(alphabet + "/character" + two(c) + "/07" + two(c) + "_" + two(d) + ".png",
                      png({0, 5 * c, d, 5}));
}

TarEntries small(const std::string& root = "images_background/") {
  TarEntries entries{{root, {}}, {root + "Greek/", {}}};
  addAlphabet(entries, root + "Greek", 2);
  addAlphabet(entries, root + "Anglo-Saxon_Futhorc", 1);
  return entries;
}

class Omniglot : public testing::Test {
 protected:
  fs::path file() const { return folder_.path() / "images_background.zip"; }
  spec::Result<Dataset> load(const fs::path& path) const {
    return loadOmniglot({DatasetKind::Omniglot, path.string()}, "unused");
  }
  spec::Result<Dataset> load(const TarEntries& entries) const {
    writeZip(file(), entries);
    return load(file());
  }
  Bytes bytes() const {
    std::ifstream in(file(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static void expectError(const spec::Result<Dataset>& got, const std::string& what,
                          const std::string& where = "images_background.zip") {
    ASSERT_FALSE(got.ok()) << what;
    EXPECT_EQ(got.error().kind, spec::Error::Kind::Data);
    EXPECT_NE(got.error().what.find(what), std::string::npos) << got.error().text();
    EXPECT_NE(got.error().where.find(where), std::string::npos) << got.error().text();
  }

  TempFolder folder_;
};

TEST_F(Omniglot, NumbersCharactersByNameAndTestsTheLastFiveDrawers) {
  const auto dataset = load(small());
  ASSERT_TRUE(dataset.ok()) << dataset.error().text();
  EXPECT_EQ(dataset->classes, 3);
  EXPECT_EQ(dataset->name, "Omniglot, 3 characters");
  EXPECT_EQ(dataset->train.count(), 45U);
  EXPECT_EQ(dataset->test.count(), 15U);
  for (std::size_t i = 0; i < 45; ++i) EXPECT_EQ(dataset->train.labels[i], i / 15);
  for (std::size_t i = 0; i < 15; ++i) EXPECT_EQ(dataset->test.labels[i], i / 5);
  EXPECT_EQ(dataset->train.width, 28);
  EXPECT_EQ(dataset->train.height, 28);
  EXPECT_EQ(dataset->train.channels, 1);
  // The first class is Anglo-Saxon_Futhorc's; the third, Greek/character02, lies lower.
  EXPECT_GT(dataset->train.image(0)[28 * 1], 0);
  EXPECT_GT(dataset->train.image(15)[28 * 1], 0);
  EXPECT_EQ(dataset->train.image(30)[28 * 1], 0);
  EXPECT_GT(dataset->train.image(30)[28 * 3], 0);
}

// A stroke 4 wide and 5 high from the left edge, 5 down: of pixels 3.75 a side the first column is
// covered whole, the second for .25 / 3.75; row 1 (3.75 to 7.5) for 2.5 / 3.75, row 2 (to 11.25) too.
TEST_F(Omniglot, MakesStrokesBrightAndEachPixelAMean) {
  const auto dataset = load(small());
  ASSERT_TRUE(dataset.ok()) << dataset.error().text();
  const auto image = dataset->train.image(3);  // the fourth drawer's
  EXPECT_EQ(image[28 * 1], 170);               // 255 · 2/3
  EXPECT_EQ(image[28 * 2], 170);
  EXPECT_EQ(image[28 * 1 + 1], 11);  // 255 · 2/3 · 1/15 = 11.33
  EXPECT_EQ(image[28 * 1 + 2], 0);
  EXPECT_EQ(image[0], 0);
  EXPECT_EQ(std::count(image.begin(), image.end(), 0), 784 - 4);
}

TEST_F(Omniglot, TakesBothArchivesFromTheirFolder) {
  expectError(load(folder_.path()), "there is neither archive in it", folder_.path().string());
  TarEntries evaluation;
  addAlphabet(evaluation, "images_evaluation/Angelic", 1);
  writeZip(folder_.path() / "images_evaluation.zip", evaluation);
  const auto one = load(folder_.path());
  ASSERT_TRUE(one.ok()) << one.error().text();
  EXPECT_EQ(one->classes, 1);
  writeZip(file(), small());
  const auto both = load(folder_.path());
  ASSERT_TRUE(both.ok()) << both.error().text();
  EXPECT_EQ(both->classes, 4);  // Angelic comes last
  EXPECT_EQ(both->train.count(), 60U);
  EXPECT_GT(both->train.image(45)[28 * 1], 0);
}

TEST_F(Omniglot, PassesOverWhatIsNoDrawing) {
  auto entries = small();
  entries.push_back({"images_background/readme.txt", Bytes(500'000, 'x')});
  entries.push_back({"images_background/Greek/.DS_Store", {1, 2}});
  entries.push_back({"__MACOSX/images_background/Greek/character01/._0701_01.png", {1, 2}});
  const auto dataset = load(entries);
  ASSERT_TRUE(dataset.ok()) << dataset.error().text();
  EXPECT_EQ(dataset->classes, 3);
}

TEST_F(Omniglot, RefusesPicturesInOtherPlaces) {
  const auto with = [&](const char* name) {
    auto entries = small();
    entries.push_back({name, png({})});
    return load(entries);
  };
  for (const char* name :
       {"0701_01.png", "character01/0701_01.png", "images_background/Greek/0701_01.png",
        "images_background/Greek/letter01/0701_01.png",
        "images_background/Greek/character1/0701_01.png",
        "images_background/Greek/character01/0701.png",
        "images_background/Greek/character01/0701_21.png",
        "images_background/Greek/character01/0701_00.png",
        "images_background/Greek/character01/0701_1.png"})
    expectError(with(name), "expected drawings as Alphabet/character01/0001_01.png", name);
  expectError(with("images_background/Greek/character01/0999_03.png"), "is there twice");
  expectError(load({{"images_background/", {}}, {"notes.txt", {1}}}),
              "there are no drawings in it");
}

TEST_F(Omniglot, WantsDrawingsToTrainAndToTest) {
  auto entries = small();
  std::erase_if(entries, [](const auto& e) {
    return e.first.find("Greek/character02") != std::string::npos &&
           e.first.substr(e.first.size() - 6) > "15.png";
  });
  expectError(load(entries), "there are none of the second", "Greek/character02");
  entries = small();
  std::erase_if(entries, [](const auto& e) {
    return e.first.find("Greek/character02") != std::string::npos &&
           e.first.substr(e.first.size() - 6) < "16.png";
  });
  expectError(load(entries), "there are none of the first", "Greek/character02");
}

TEST_F(Omniglot, RefusesABrokenPicture) {
  auto entries = small();
  auto& [name, content] = entries[30];
  const Bytes whole = content;
  const auto expectBroken = [&](const std::string& what) {
    expectError(load(entries), what, name);
  };
  content = Bytes(100, 'x');
  expectBroken("expected a PNG picture");
  content.clear();
  expectBroken("expected a PNG picture");
  content.assign(whole.begin(), whole.end() - 20);
  expectBroken("damaged or cut short");
  content = whole;
  content[whole.size() / 2] ^= 1U;
  expectBroken("damaged or cut short");
  content = png({}, 106);
  expectBroken("expected a picture of 105 × 105 pixels, it has 106 × 106");
  content = png({}, 600);
  expectBroken("it has 600 × 600");
}

// Of zeros, which pack well: nothing of it is kept.
TEST_F(Omniglot, RefusesAFileThatIsTooLarge) {
  auto entries = small();
  entries[30].second = Bytes(40'000'000);
  expectError(load(entries),
              "is larger than any of images_background.zip or images_evaluation.zip: "
              "more than 64000 bytes");
  fs::resize_file(file(), 33'000'000);
  expectError(load(file()), "expected an archive of at most 32 MB");
}

TEST_F(Omniglot, RefusesWhatIsNoArchive) {
  for (const Bytes& content : {Bytes(5000, 'x'), Bytes{}, Bytes{'P', 'K', 3, 4}}) {
    folder_.write("images_background.zip", content);
    expectError(load(file()), "no zip archive, or one that is cut short");
  }
  writeTar(file(), small());
  expectError(load(file()), "no zip archive");
  fs::remove(file());
  expectError(load(file()), "no such file");
  expectError(load(file()), "`dentate fetch omniglot` downloads both");
  EXPECT_EQ(load("").error().where, "data.path");
}

TEST_F(Omniglot, RefusesAnArchiveThatIsCutShort) {
  writeZip(file(), small());
  const Bytes whole = bytes();
  for (std::size_t cut = 0; cut < whole.size(); cut += whole.size() / 37 + 1) {
    folder_.write("images_background.zip", std::span(whole).first(cut));
    EXPECT_FALSE(load(file()).ok()) << cut;
  }
  folder_.write("images_background.zip", std::span(whole).first(whole.size() - 1));
  EXPECT_FALSE(load(file()).ok());
}

// Whatever a flipped bit does, the drawings are never other than those that were packed.
TEST_F(Omniglot, RefusesEveryFlippedByteThatChangesADrawing) {
  const auto right = load(small());
  ASSERT_TRUE(right.ok());
  const Bytes whole = bytes();
  std::size_t refused = 0;
  for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 300) {
    Bytes damaged = whole;
    damaged[at] ^= 0x10U;
    folder_.write("images_background.zip", damaged);
    const auto got = load(file());
    refused += got.ok() ? 0U : 1U;
    if (!got.ok() || got->train.count() != 45 || got->test.count() != 15) continue;  // of a name
    EXPECT_TRUE(got->train.pixels == right->train.pixels) << at;
    EXPECT_TRUE(got->test.pixels == right->test.pixels) << at;
  }
  EXPECT_GT(refused, 100U);
}

TEST_F(Omniglot, MakesStreamsOfItsCharacters) {
  const auto dataset = load(small());
  ASSERT_TRUE(dataset.ok());
  spec::StreamSpec spec;
  spec.kind = spec::StreamKind::ClassSplits;
  spec.tasks = 3;
  spec.classes_per_task = 1;
  spec.samples_per_task = 15;
  spec.test_samples = 5;
  const auto planned = planStream(std::make_shared<const Dataset>(*dataset), spec);
  ASSERT_TRUE(planned.ok()) << planned.error().text();
  EXPECT_EQ((*planned)->categories, 3);
}

// The real thing, where it is at hand.
TEST(OmniglotArchive, ReadsTheOfficialLayout) {
  const fs::path file = "../shared/data/omniglot-images_background_small1.zip";
  if (!fs::exists(file)) GTEST_SKIP() << "needs " << file;
  const auto dataset = loadOmniglot({DatasetKind::Omniglot, file.string()}, "");
  ASSERT_TRUE(dataset.ok()) << dataset.error().text();
  EXPECT_EQ(dataset->classes, 136);
  EXPECT_EQ(dataset->train.count(), 136U * 15);
  EXPECT_EQ(dataset->test.count(), 136U * 5);
  // Strokes are thin and bright: a few of a hundred pixels, and the ground is black.
  std::size_t lit = 0;
  for (const auto pixel : dataset->train.pixels) lit += pixel > 0 ? 1U : 0U;
  const double share = static_cast<double>(lit) / static_cast<double>(dataset->train.pixels.size());
  EXPECT_GT(share, 0.05);
  EXPECT_LT(share, 0.25);
  EXPECT_EQ(std::ranges::max(dataset->train.pixels), 255);
}

}  // namespace
}  // namespace dentate::data
