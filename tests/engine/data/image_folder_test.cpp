#include "engine/data/image_folder.h"

#include <gtest/gtest.h>
#include <stb_image_write.h>

#include <fstream>
#include <string>
#include <vector>

#include "tests/engine/data/temp_folder.h"

namespace dentate::data {
namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<std::uint8_t>;

struct Shape {
  int width = 4, height = 3, channels = 1;
};

class ImageFolder : public testing::Test {
 protected:
  // Every channel c is filled with value + 10 c.
  fs::path write(const std::string& name, int value, const Shape& shape) const {
    const auto file = folder_.path() / name;
    fs::create_directories(file.parent_path());
    Bytes pixels;
    for (int p = 0; p < shape.width * shape.height; ++p)
      for (int c = 0; c < shape.channels; ++c)
        pixels.push_back(static_cast<std::uint8_t>(value + 10 * c));
    if (file.extension() == ".jpg")
      stbi_write_jpg(file.c_str(), shape.width, shape.height, shape.channels, pixels.data(), 95);
    else
      stbi_write_png(file.c_str(), shape.width, shape.height, shape.channels, pixels.data(),
                     shape.width * shape.channels);
    return file;
  }
  fs::path write(const std::string& name, int value) const { return write(name, value, Shape()); }
  // Two classes of five pictures.
  void writeSmall(const Shape& shape) const {
    for (int i = 0; i < 5; ++i) {
      write("a/" + std::to_string(i) + ".png", 10 + i, shape);
      write("b/" + std::to_string(i) + ".png", 20 + i, shape);
    }
  }
  spec::Result<Dataset> load() const {
    return loadImageFolder({spec::DatasetKind::Images, folder_.path().string()}, "unused");
  }
  void expectError(const fs::path& place, const std::string& what) const {
    const auto got = load();
    ASSERT_FALSE(got.ok()) << what;
    EXPECT_EQ(got.error().kind, spec::Error::Kind::Data);
    EXPECT_EQ(got.error().where, place.string());
    EXPECT_NE(got.error().what.find(what), std::string::npos) << got.error().text();
  }

  TempFolder folder_;
};

TEST_F(ImageFolder, NumbersClassesByNameAndTestsEveryFifth) {
  writeSmall({});
  folder_.write("a/notes.txt", Bytes{'x'});
  fs::create_directories(folder_.path() / ".hidden");
  const auto dataset = load();
  ASSERT_TRUE(dataset.ok()) << dataset.error().text();
  EXPECT_EQ(dataset->classes, 2);
  EXPECT_EQ(dataset->train.width, 4);
  EXPECT_EQ(dataset->train.height, 3);
  EXPECT_EQ(dataset->train.channels, 1);
  EXPECT_EQ(dataset->train.labels, (std::vector<std::int32_t>{0, 0, 0, 0, 1, 1, 1, 1}));
  EXPECT_EQ(dataset->test.labels, (std::vector<std::int32_t>{0, 1}));
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(dataset->train.image(i)[11], 10 + i);
    EXPECT_EQ(dataset->train.image(4 + i)[0], 20 + i);
  }
  EXPECT_EQ(dataset->test.image(0)[0], 14);
  EXPECT_EQ(dataset->name, folder_.path().filename().string());
}

TEST_F(ImageFolder, TakesTrainAndTestFromFoldersOfTheirNames) {
  write("train/a/1.png", 1);
  write("train/b/1.png", 2);
  write("train/c/1.png", 3);
  write("test/c/1.png", 4);
  const auto dataset = load();
  ASSERT_TRUE(dataset.ok()) << dataset.error().text();
  EXPECT_EQ(dataset->classes, 3);
  EXPECT_EQ(dataset->train.labels, (std::vector<std::int32_t>{0, 1, 2}));
  EXPECT_EQ(dataset->test.labels, (std::vector<std::int32_t>{2}));
  write("test/d/1.png", 4);
  expectError(folder_.path() / "test/d", "expected no class that train does not have");
}

TEST_F(ImageFolder, KeepsColoursAsPlanes) {
  writeSmall({4, 3, 3});
  write("b/grey.png", 77);
  const auto dataset = load();
  ASSERT_TRUE(dataset.ok()) << dataset.error().text();
  EXPECT_EQ(dataset->train.channels, 3);
  const auto first = dataset->train.image(0);
  ASSERT_EQ(first.size(), 36U);
  for (std::size_t p = 0; p < 36; ++p) EXPECT_EQ(first[p], 10 + 10 * (p / 12));
  const auto grey = dataset->train.image(dataset->train.count() - 1);
  for (const auto value : grey) EXPECT_EQ(value, 77);
}

TEST_F(ImageFolder, ReadsJpegAndLeavesTransparencyOut) {
  for (int i = 0; i < 5; ++i) write("a/" + std::to_string(i) + ".jpg", 100, {16, 16, 3});
  write("a/5.png", 100, {16, 16, 4});
  const auto dataset = load();
  ASSERT_TRUE(dataset.ok()) << dataset.error().text();
  EXPECT_EQ(dataset->train.channels, 3);
  EXPECT_NEAR(dataset->train.image(0)[0], 100, 3);
  EXPECT_EQ(dataset->train.image(4)[2 * 256], 120);
}

TEST_F(ImageFolder, BringsAllToTheMostCommonSize) {
  writeSmall({4, 4, 1});
  write("a/large.png", 200, {8, 4, 1});  // fits with a border above and below
  const auto dataset = load();
  ASSERT_TRUE(dataset.ok()) << dataset.error().text();
  EXPECT_EQ(dataset->train.width, 4);
  EXPECT_EQ(dataset->train.height, 4);
  const auto large = dataset->train.image(4);
  const Bytes expected{0, 0, 0, 0, 200, 200, 200, 200, 200, 200, 200, 200, 0, 0, 0, 0};
  EXPECT_EQ(Bytes(large.begin(), large.end()), expected);
}

TEST_F(ImageFolder, NamesThePictureThatCannotBeRead) {
  writeSmall({});
  const auto file = folder_.write("b/3.png", Bytes(100, 'x'));
  expectError(file, "expected a PNG or JPEG picture");
  write("b/3.png", 1, {40, 30, 3});
  std::ifstream in(file, std::ios::binary);
  const Bytes whole(std::istreambuf_iterator<char>(in), {});
  for (std::size_t cut = 40; cut < whole.size(); cut += 9) {
    folder_.write("b/3.png", std::span(whole).first(cut));
    expectError(file, "damaged or cut short");
  }
  Bytes flipped = whole;
  flipped[whole.size() / 2] ^= 1U;
  folder_.write("b/3.png", flipped);
  expectError(file, "damaged or cut short");
}

TEST_F(ImageFolder, RefusesAJpegThatIsCutShort) {
  writeSmall({64, 64, 1});
  const auto file = write("b/9.jpg", 1, {64, 64, 3});
  std::ifstream in(file, std::ios::binary);
  const Bytes whole(std::istreambuf_iterator<char>(in), {});
  folder_.write("b/9.jpg", std::span(whole).first(whole.size() - 20));
  expectError(file, "damaged or cut short");
}

TEST_F(ImageFolder, RefusesAHugePictureByItsHeader) {
  writeSmall({});
  const auto file = write("b/3.png", 1);
  std::ifstream in(file, std::ios::binary);
  Bytes png(std::istreambuf_iterator<char>(in), {});
  for (const std::size_t at : {16U, 20U}) png[at + 1] = 0x7f;  // 8 million pixels a side
  folder_.write("b/3.png", png);
  const auto got = load();
  ASSERT_FALSE(got.ok());
  EXPECT_EQ(got.error().where, file.string());
}

TEST_F(ImageFolder, RefusesImagesTooLargeForAnInput) {
  writeSmall({1025, 2, 1});
  expectError(folder_.path(), "at most 1024 pixels a side; most have 1025 x 2");
}

TEST_F(ImageFolder, RefusesFoldersWithoutClassesOrPictures) {
  expectError(folder_.path(), "subfolders, one for each class, not 0");
  fs::create_directories(folder_.path() / "a");
  expectError(folder_.path() / "a", "expected pictures (.png, .jpg) of this class");
  write("a/1.png", 1);
  expectError(folder_.path(), "expected at least one class of five pictures");
  EXPECT_EQ(loadImageFolder({spec::DatasetKind::Images, ""}, "").error().where, "data.path");
  EXPECT_NE(loadImageFolder({spec::DatasetKind::Images, "/no/such"}, "")
                .error()
                .what.find("no such folder"),
            std::string::npos);
}

}  // namespace
}  // namespace dentate::data
