#include "engine/data/idx.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/engine/data/gzip.h"
#include "tests/engine/data/temp_folder.h"

namespace dentate::data {
namespace {

using Bytes = std::vector<std::uint8_t>;
using spec::Error;

void put32(Bytes& bytes, std::uint32_t word) {
  for (const unsigned shift : {24U, 16U, 8U, 0U})
    bytes.push_back(static_cast<std::uint8_t>(word >> shift));
}

Bytes header(std::initializer_list<std::uint32_t> words) {
  Bytes bytes;
  for (const auto word : words) put32(bytes, word);
  return bytes;
}

// `count` images of 3 x 2 (height x width) whose pixels count up from 0.
Bytes images(std::uint32_t count) {
  Bytes bytes = header({0x0803, count, 3, 2});
  for (std::uint32_t i = 0; i < count * 6; ++i) bytes.push_back(static_cast<std::uint8_t>(i));
  return bytes;
}

// Labels 0, 1, 2, 0, 1, 2 ...
Bytes labels(std::uint32_t count) {
  Bytes bytes = header({0x0801, count});
  for (std::uint32_t i = 0; i < count; ++i) bytes.push_back(static_cast<std::uint8_t>(i % 3));
  return bytes;
}

class Idx : public testing::Test {
 protected:
  spec::Result<ImageSet> read(const Bytes& image_bytes, const Bytes& label_bytes) {
    return readIdxPair(folder_.write("images", image_bytes), folder_.write("labels", label_bytes));
  }
  // The error names the file and holds the phrase.
  void expectError(const spec::Result<ImageSet>& result, const std::string& file,
                   const std::string& phrase) {
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().kind, Error::Kind::Data);
    EXPECT_EQ(result.error().where, (folder_.path() / file).string());
    EXPECT_NE(result.error().what.find(phrase), std::string::npos) << result.error().text();
  }
  void writeFolder(const std::string& ending, const auto& pack) {
    folder_.write("train-images-idx3-ubyte" + ending, pack(images(5)));
    folder_.write("train-labels-idx1-ubyte" + ending, pack(labels(5)));
    folder_.write("t10k-images-idx3-ubyte" + ending, pack(images(2)));
    folder_.write("t10k-labels-idx1-ubyte" + ending, pack(labels(2)));
  }
  spec::Result<Dataset> load() {
    return loadIdx({spec::DatasetKind::Idx, folder_.path().string()}, "unused");
  }
  TempFolder folder_;
};

TEST_F(Idx, ReadsSizesPixelsAndLabels) {
  const auto set = read(images(4), labels(4));
  ASSERT_TRUE(set.ok()) << set.error().text();
  EXPECT_EQ(set->width, 2);
  EXPECT_EQ(set->height, 3);
  EXPECT_EQ(set->labels, (std::vector<std::int32_t>{0, 1, 2, 0}));
  ASSERT_EQ(set->pixels.size(), 24U);
  EXPECT_EQ(set->image(1)[0], 6);
  EXPECT_EQ(set->image(3)[5], 23);
}

TEST_F(Idx, ReadsGzipWhateverTheName) {
  const auto packed = read(gzip(images(4)), gzip(labels(4)));
  const auto plain = read(images(4), labels(4));
  ASSERT_TRUE(packed.ok()) << packed.error().text();
  EXPECT_EQ(packed->pixels, plain->pixels);
  EXPECT_EQ(packed->labels, plain->labels);
}

TEST_F(Idx, RefusesEveryPrefix) {
  const Bytes full_images = images(3);
  const Bytes full_labels = labels(3);
  for (std::size_t size = 0; size < full_images.size(); ++size) {
    const Bytes cut(full_images.begin(), full_images.begin() + static_cast<std::ptrdiff_t>(size));
    expectError(read(cut, full_labels), "images", "ends too early");
  }
  for (std::size_t size = 0; size < full_labels.size(); ++size) {
    const Bytes cut(full_labels.begin(), full_labels.begin() + static_cast<std::ptrdiff_t>(size));
    expectError(read(full_images, cut), "labels", "ends too early");
  }
}

TEST_F(Idx, RefusesEveryPrefixOfAGzip) {
  const Bytes full = gzip(images(3));
  for (std::size_t size = 0; size < full.size(); ++size) {
    const Bytes cut(full.begin(), full.begin() + static_cast<std::ptrdiff_t>(size));
    expectError(read(cut, labels(3)), "images", "");
  }
}

TEST_F(Idx, RefusesEveryFlippedByteOfAGzipThatChangesItsContent) {
  const Bytes good = gzip(images(3));
  const auto expected = read(good, labels(3));
  for (std::size_t at = 0; at < good.size(); ++at) {
    Bytes flipped = good;
    flipped[at] ^= 0xffU;
    const auto got = read(flipped, labels(3));
    // Bytes 3 to 9 of a gzip file (flags, time, system) need not matter; no other may pass.
    if (got.ok()) {
      EXPECT_TRUE(at >= 3 && at <= 9 && got->pixels == expected->pixels) << at;
    }
  }
}

TEST_F(Idx, RefusesTrailingBytes) {
  Bytes long_images = images(2);
  long_images.push_back(0);
  expectError(read(long_images, labels(2)), "images", "more bytes follow");
  expectError(read(gzip(long_images), labels(2)), "images", "more bytes follow");
  Bytes long_labels = labels(2);
  long_labels.push_back(0);
  expectError(read(images(2), long_labels), "labels", "more bytes follow");
}

TEST_F(Idx, RefusesAWrongMagicNumberAndNamesBoth) {
  expectError(read(labels(9), labels(3)), "images", "starts with 2051, this one with 2049");
  expectError(read(images(3), images(3)), "labels", "starts with 2049, this one with 2051");
  const std::string text = "<!DOCTYPE html><html>not found</html>";
  expectError(read(Bytes(text.begin(), text.end()), labels(3)), "images", "wrong magic number");
}

TEST_F(Idx, RefusesSizesOverTheLimitsBeforeItTakesMemory) {
  // Were memory taken first, the larger ones would end the test program.
  const auto of = [&](std::initializer_list<std::uint32_t> words) {
    return read(header(words), labels(3));
  };
  expectError(of({0x0803, 0, 28, 28}), "images", "expected 1 to 2000000 entries");
  expectError(of({0x0803, 2'000'001, 28, 28}), "images", "expected 1 to 2000000 entries");
  expectError(of({0x0803, 0xffffffff, 28, 28}), "images", "the header says 4294967295");
  expectError(of({0x0803, 3, 0, 28}), "images", "1 to 1024 pixels a side, not 28 x 0");
  expectError(of({0x0803, 3, 28, 1025}), "images", "not 1025 x 28");
  expectError(of({0x0803, 3, 0xffffffff, 0xffffffff}), "images", "pixels a side");
  expectError(of({0x0803, 2'000'000, 1024, 1024}), "images", "at most 4000000000 bytes");
  expectError(of({0x0803, 2'000'000, 40, 50}), "images", "more than the file can hold");
  expectError(read(images(3), header({0x0801, 0xffffffff})), "labels", "expected 1 to 2000000");
}

TEST_F(Idx, StopsAGzipBombAtTheSizeThatTheHeaderPromises) {
  Bytes bomb = images(2);
  bomb.resize(bomb.size() + 50'000'000);  // 50 kB packed
  expectError(read(gzip(bomb), labels(2)), "images", "more bytes follow");
  // A header that promises much with nothing behind it takes no memory either.
  Bytes hollow = header({0x0803, 1'000'000, 60, 60});
  expectError(read(gzip(hollow), labels(3)), "images", "more than the file can hold");
}

TEST_F(Idx, RefusesUnlikeNumbersOfImagesAndLabels) {
  expectError(read(images(3), labels(4)), "labels", "each of the 3 images in images, not 4");
}

TEST_F(Idx, RefusesAMissingFileAndAFolder) {
  const auto good = folder_.write("labels", labels(3));
  expectError(readIdxPair(folder_.path() / "absent", good), "absent", "no such file");
  std::filesystem::create_directory(folder_.path() / "sub");
  expectError(readIdxPair(folder_.path() / "sub", good), "sub", "no such file");
}

TEST_F(Idx, LoadsAFolderOfFourPlainFiles) {
  writeFolder("", [](const Bytes& bytes) { return bytes; });
  const auto dataset = load();
  ASSERT_TRUE(dataset.ok()) << dataset.error().text();
  EXPECT_EQ(dataset->train.count(), 5U);
  EXPECT_EQ(dataset->test.count(), 2U);
  EXPECT_EQ(dataset->classes, 3);
  EXPECT_EQ(dataset->name, folder_.path().filename().string());
}

TEST_F(Idx, LoadsAFolderOfFourGzipFiles) {
  writeFolder(".gz", gzip);
  EXPECT_TRUE(load().ok());
}

TEST_F(Idx, NamesEachMissingFileOfAFolder) {
  for (const char* name : {"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                           "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"}) {
    writeFolder("", [](const Bytes& bytes) { return bytes; });
    std::filesystem::remove(folder_.path() / name);
    const auto dataset = load();
    ASSERT_FALSE(dataset.ok());
    EXPECT_EQ(dataset.error().where, (folder_.path() / name).string());
  }
}

TEST_F(Idx, RefusesTestImagesOfAnotherSize) {
  writeFolder("", [](const Bytes& bytes) { return bytes; });
  Bytes wide = header({0x0803, 2, 2, 2});
  wide.resize(wide.size() + 8);
  folder_.write("t10k-images-idx3-ubyte", wide);
  const auto dataset = load();
  ASSERT_FALSE(dataset.ok());
  EXPECT_NE(dataset.error().what.find("size of the training images"), std::string::npos);
}

TEST_F(Idx, RefusesAnEmptyPathAndOneThatIsNoFolder) {
  const auto none = loadIdx({spec::DatasetKind::Idx, ""}, "");
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.error().where, "data.path");
  const auto absent = loadIdx({spec::DatasetKind::Idx, "/no/such/folder"}, "");
  ASSERT_FALSE(absent.ok());
  EXPECT_EQ(absent.error().where, "/no/such/folder");
}

TEST(IdxPackage, ReadsFashionMnistOfDebian) {
  const std::string folder = "/usr/share/datasets/fashion-mnist/";
  if (!std::filesystem::exists(folder))
    GTEST_SKIP() << "needs the Debian package dataset-fashion-mnist (" << folder << ")";
  const auto dataset = loadIdx({spec::DatasetKind::Idx, folder}, "");
  ASSERT_TRUE(dataset.ok()) << dataset.error().text();
  EXPECT_EQ(dataset->name, "fashion-mnist");
  EXPECT_EQ(dataset->train.count(), 60'000U);
  EXPECT_EQ(dataset->test.count(), 10'000U);
  EXPECT_EQ(dataset->train.width, 28);
  EXPECT_EQ(dataset->classes, 10);
  EXPECT_EQ(dataset->train.labels[0], 9);  // an ankle boot
}

}  // namespace
}  // namespace dentate::data
