#include "engine/data/mnist_sheet.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <iterator>
#include <numeric>
#include <string>
#include <vector>

#include "engine/spec/check_data.h"
#include "tests/engine/data/temp_folder.h"

namespace dentate::data {
namespace {

using Bytes = std::vector<std::uint8_t>;

const std::filesystem::path kAssets = "assets";
constexpr const char* kPng = "mnist-10k.png";
constexpr const char* kLabels = "mnist-10k.labels.txt";

Bytes fileBytes(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return Bytes(std::istreambuf_iterator<char>(in), {});
}

TEST(MnistSheet, HoldsTenThousandDigits) {
  const auto dataset = loadMnistSheet({}, kAssets);
  ASSERT_TRUE(dataset.ok()) << dataset.error().text();
  EXPECT_EQ(dataset->classes, 10);
  EXPECT_EQ(dataset->train.count(), 8'000U);
  EXPECT_EQ(dataset->test.count(), 2'000U);
  EXPECT_EQ(dataset->train.pixels.size(), 8'000U * 784U);
  EXPECT_EQ(dataset->test.pixels.size(), 2'000U * 784U);
  EXPECT_EQ(dataset->train.labels[0], 9);  // the first characters of the labels' file
  EXPECT_EQ(dataset->train.labels[1], 0);
  EXPECT_EQ(dataset->train.labels[100], 7);  // and of its second row
}

// What the spec's check says before the files are read.
TEST(MnistSheet, HasAsManyImagesOfEachClassAsTheSpecKnows) {
  const auto dataset = loadMnistSheet({}, kAssets);
  ASSERT_TRUE(dataset.ok());
  spec::ExperimentSpec spec;
  spec.stream.samples_per_task = spec.stream.test_samples = 1'000'000;
  for (spec.stream.classes_per_task = 1; spec.stream.classes_per_task <= 5;
       ++spec.stream.classes_per_task)
    for (spec.stream.tasks = 1; spec.stream.tasks <= 10 / spec.stream.classes_per_task;
         ++spec.stream.tasks) {
      const auto fewest = [&](const ImageSet& set) {
        std::vector<std::int64_t> by_task(static_cast<std::size_t>(spec.stream.tasks));
        for (const auto label : set.labels)
          if (const auto t = label / spec.stream.classes_per_task; t < spec.stream.tasks)
            ++by_task[static_cast<std::size_t>(t)];
        return std::to_string(*std::min_element(by_task.begin(), by_task.end()));
      };
      EXPECT_EQ(spec::choosing(spec::StreamKind::ClassSplits, spec),
                (std::vector<std::string>{"stream.kind=class-splits",
                                          "stream.samples_per_task=" + fewest(dataset->train),
                                          "stream.test_samples=" + fewest(dataset->test)}));
    }
}

TEST(MnistSheet, CutsDigitsSoThatEachClassLooksLikeItself) {
  // Labels that were shifted by one digit, or a sheet cut along the wrong lines, would leave the
  // nearest class mean right for about one test image in ten; here it is for four in five.
  const auto dataset = loadMnistSheet({}, kAssets);
  ASSERT_TRUE(dataset.ok());
  std::array<std::array<double, 784>, 10> means{};
  std::array<double, 10> counts{};
  for (std::size_t i = 0; i < dataset->train.count(); ++i) {
    const auto label = static_cast<std::size_t>(dataset->train.labels[i]);
    ++counts.at(label);
    const auto image = dataset->train.image(i);
    for (std::size_t p = 0; p < 784; ++p) means.at(label).at(p) += image[p];
  }
  int right = 0;
  for (std::size_t i = 0; i < dataset->test.count(); ++i) {
    const auto image = dataset->test.image(i);
    std::array<double, 10> distance{};
    for (std::size_t c = 0; c < 10; ++c)
      for (std::size_t p = 0; p < 784; ++p) {
        const double d = image[p] - means.at(c).at(p) / counts.at(c);
        distance.at(c) += d * d;
      }
    const auto nearest = std::min_element(distance.begin(), distance.end()) - distance.begin();
    right += nearest == dataset->test.labels[i] ? 1 : 0;
  }
  EXPECT_GT(right, 1'500);
}

class MnistSheetFiles : public testing::Test {
 protected:
  MnistSheetFiles() {
    std::filesystem::copy_file(kAssets / kPng, folder_.path() / kPng);
    std::filesystem::copy_file(kAssets / kLabels, folder_.path() / kLabels);
  }
  void expectError(const std::string& file, const std::string& phrase) {
    const auto dataset = loadMnistSheet({}, folder_.path());
    ASSERT_FALSE(dataset.ok()) << "expected: " << phrase;
    EXPECT_EQ(dataset.error().kind, spec::Error::Kind::Data);
    EXPECT_EQ(dataset.error().where, (folder_.path() / file).string());
    EXPECT_NE(dataset.error().what.find(phrase), std::string::npos) << dataset.error().text();
  }
  void changeLabels(const std::function<void(Bytes&)>& change) {
    Bytes bytes = fileBytes(kAssets / kLabels);
    change(bytes);
    folder_.write(kLabels, bytes);
  }
  TempFolder folder_;
};

TEST_F(MnistSheetFiles, RefusesMissingFiles) {
  std::filesystem::remove(folder_.path() / kPng);
  expectError(kPng, "no such file");
  std::filesystem::remove(folder_.path() / kLabels);
  expectError(kLabels, "no such file");
}

TEST_F(MnistSheetFiles, RefusesAPngThatIsCutShort) {
  const Bytes whole = fileBytes(kAssets / kPng);
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, std::size_t{7}, std::size_t{8}, std::size_t{20},
        std::size_t{33}, std::size_t{100}, whole.size() / 2, whole.size() - 12, whole.size() - 1}) {
    folder_.write(kPng, std::span(whole).first(size));
    expectError(kPng, "");
  }
}

TEST_F(MnistSheetFiles, RefusesAPngWithADamagedByteAnywhere) {
  const Bytes whole = fileBytes(kAssets / kPng);
  for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 40) {
    Bytes damaged = whole;
    damaged[at] ^= 0x10U;
    folder_.write(kPng, damaged);
    expectError(kPng, "");
  }
}

TEST_F(MnistSheetFiles, RefusesBytesAfterTheEndOfThePng) {
  Bytes longer = fileBytes(kAssets / kPng);
  longer.push_back(0);
  folder_.write(kPng, longer);
  expectError(kPng, "damaged");
}

TEST_F(MnistSheetFiles, RefusesAnotherSizeBeforeItDecodes) {
  // Width 65,536 in the header: decoding would take 180 MB.
  Bytes wide = fileBytes(kAssets / kPng);
  wide[16] = 0;
  wide[17] = 1;
  wide[18] = 0;
  wide[19] = 0;
  folder_.write(kPng, wide);
  expectError(kPng, "expected 2800 x 2800 pixels, not 65536 x 2800");
}

TEST_F(MnistSheetFiles, RefusesColour) {
  Bytes colour = fileBytes(kAssets / kPng);
  colour[25] = 2;  // colour type of IHDR: RGB
  folder_.write(kPng, colour);
  expectError(kPng, "expected grey pixels");
}

TEST_F(MnistSheetFiles, RefusesAFileThatIsNoPng) {
  const std::string text = "a letter, not a picture";
  folder_.write(kPng, Bytes(text.begin(), text.end()));
  expectError(kPng, "no PNG");
}

TEST_F(MnistSheetFiles, RefusesAHugeFileUnread) {
  std::filesystem::resize_file(folder_.path() / kPng, 20'000'000);
  expectError(kPng, "too large");
}

TEST_F(MnistSheetFiles, RefusesLabelsThatAreNotAHundredRowsOfAHundredDigits) {
  changeLabels([](Bytes& b) { b.erase(b.end() - 101, b.end()); });  // one row less
  expectError(kLabels, "expected 100 rows of 100 digits, not 99");
  changeLabels([](Bytes& b) { b.insert(b.end(), b.begin(), b.begin() + 101); });  // one more
  expectError(kLabels, "there are more");
  changeLabels([](Bytes& b) { b.erase(b.begin() + 101 * 4); });  // row 5 one digit short
  expectError(kLabels, "row 5: expected 100 digits, not 99");
  changeLabels([](Bytes& b) { b.insert(b.begin() + 101 * 4, '1'); });
  expectError(kLabels, "row 5: expected 100 digits, not 101");
  changeLabels([](Bytes& b) { b[101 * 6 + 3] = 'x'; });
  expectError(kLabels, "row 7: expected nothing but digits");
  changeLabels([](Bytes& b) { b[3] = '-'; });
  expectError(kLabels, "row 1: expected nothing but digits");
  changeLabels([](Bytes& b) { b.clear(); });
  expectError(kLabels, "not 0");
}

TEST_F(MnistSheetFiles, TakesEitherLineEnding) {
  changeLabels([](Bytes& b) {
    Bytes other;
    for (const auto c : b) {
      if (c == '\n') other.push_back('\r');
      other.push_back(c);
    }
    b = other;
  });
  EXPECT_TRUE(loadMnistSheet({}, folder_.path()).ok());
  changeLabels([](Bytes& b) { b.pop_back(); });
  EXPECT_TRUE(loadMnistSheet({}, folder_.path()).ok());
}

}  // namespace
}  // namespace dentate::data
