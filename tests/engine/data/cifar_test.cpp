#include "engine/data/cifar.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "engine/data/random.h"
#include "engine/data/stream.h"
#include "tests/engine/data/tar_writer.h"
#include "tests/engine/data/temp_folder.h"

namespace dentate::data {
namespace {

using Bytes = std::vector<std::uint8_t>;
using spec::DatasetKind;

constexpr std::size_t kImage = 3072;

// `count` records; the planes of image i are filled with i, i + 50 and i + 100, but for one pixel each.
Bytes records(int count, const Bytes& labels_before, int classes, int first = 0) {
  Bytes out;
  for (int i = first; i < first + count; ++i) {
    out.insert(out.end(), labels_before.begin(), labels_before.end());
    out.push_back(static_cast<std::uint8_t>(i % classes));
    for (int c = 0; c < 3; ++c)
      for (int p = 0; p < 1024; ++p)
        out.push_back(static_cast<std::uint8_t>(p == 33 ? 255 : i % 50 + 50 * c));
  }
  return out;
}

class Cifar : public testing::Test {
 protected:
  std::filesystem::path file(const char* name = "cifar.tar.gz") const {
    return folder_.path() / name;
  }
  spec::Result<Dataset> load10(const TarEntries& entries, Packing packing = Packing::Gzip) const {
    writeTar(file(), entries, packing);
    return loadCifar10({DatasetKind::Cifar10, file().string()}, "unused");
  }
  static TarEntries small10() {
    return {{"cifar-10-batches-bin/", {}},
            {"cifar-10-batches-bin/batches.meta.txt", {'a', '\n'}},
            {"cifar-10-batches-bin/data_batch_2.bin", records(4, {}, 10, 20)},
            {"cifar-10-batches-bin/data_batch_1.bin", records(20, {}, 10)},
            {"cifar-10-batches-bin/test_batch.bin", records(10, {}, 10)}};
  }
  void expectError(const spec::Result<Dataset>& got, const std::string& what) const {
    ASSERT_FALSE(got.ok()) << what;
    EXPECT_EQ(got.error().kind, spec::Error::Kind::Data);
    EXPECT_EQ(got.error().where.find(file().string()), 0U) << got.error().text();
    EXPECT_NE(got.error().what.find(what), std::string::npos) << got.error().text();
  }
  Bytes bytes() const {
    std::ifstream in(file(), std::ios::binary);
    return Bytes(std::istreambuf_iterator<char>(in), {});
  }

  TempFolder folder_;
};

TEST_F(Cifar, ReadsImagesInColourInTheOrderOfTheBatches) {
  for (const auto packing : {Packing::Gzip, Packing::Plain}) {
    const auto dataset = load10(small10(), packing);
    ASSERT_TRUE(dataset.ok()) << dataset.error().text();
    EXPECT_EQ(dataset->classes, 10);
    EXPECT_EQ(dataset->name, "CIFAR-10, 24 images");
    for (const auto* set : {&dataset->train, &dataset->test}) {
      EXPECT_EQ(set->width, 32);
      EXPECT_EQ(set->height, 32);
      EXPECT_EQ(set->channels, 3);
      EXPECT_EQ(set->imageSize(), kImage);
    }
    ASSERT_EQ(dataset->train.count(), 24U);
    EXPECT_EQ(dataset->test.count(), 10U);
    for (std::size_t i = 0; i < 24; ++i) {
      const auto image = dataset->train.image(i);
      EXPECT_EQ(dataset->train.labels[i], static_cast<std::int32_t>(i % 10));
      EXPECT_EQ(image[0], i);          // red
      EXPECT_EQ(image[1024], i + 50);  // green
      EXPECT_EQ(image[2 * 1024], i + 100);
      EXPECT_EQ(image[1024 + 33], 255);
    }
  }
}

TEST_F(Cifar, TakesTheFineLabelOfAHundredClasses) {
  writeTar(file(), {{"cifar-100-binary/train.bin", records(120, {7}, 100)},
                    {"cifar-100-binary/test.bin", records(100, {19}, 100)}});
  const auto dataset = loadCifar100({DatasetKind::Cifar100, file().string()}, "unused");
  ASSERT_TRUE(dataset.ok()) << dataset.error().text();
  EXPECT_EQ(dataset->classes, 100);
  EXPECT_EQ(dataset->train.labels[99], 99);
  EXPECT_EQ(dataset->train.labels[119], 19);
  EXPECT_EQ(dataset->train.image(3)[0], 3);
}

TEST_F(Cifar, RefusesALabelOutOfRangeAndNamesTheImage) {
  auto entries = small10();
  entries[3].second[2 * 3073] = 10;
  const auto got = load10(entries);
  ASSERT_FALSE(got.ok());
  EXPECT_EQ(got.error().text(),
            file().string() + ", data_batch_1.bin, image 3: has the label 10; expected 0 to 9");
  writeTar(file(), {{"train.bin", records(1, {20}, 100)}, {"test.bin", records(1, {0}, 100)}});
  expectError(loadCifar100({DatasetKind::Cifar100, file().string()}, ""), "expected 0 to 19");
}

TEST_F(Cifar, RefusesWhatIsNoWholeNumberOfImages) {
  auto entries = small10();
  entries[4].second.pop_back();
  expectError(load10(entries), "expected a whole number of images of 3073 bytes each");
  entries[4].second.clear();
  expectError(load10(entries), "there are 0 bytes");
}

TEST_F(Cifar, RefusesTheArchiveOfTheOther) {
  writeTar(file(), {{"train.bin", records(1, {7}, 100)}, {"test.bin", records(1, {7}, 100)}});
  expectError(loadCifar10({DatasetKind::Cifar10, file().string()}, ""),
              "there is no data_batch_1.bin in it; expected the archive cifar-10-binary.tar.gz");
  writeTar(file(), small10());
  expectError(loadCifar100({DatasetKind::Cifar100, file().string()}, ""),
              "there is no train.bin in it");
  auto entries = small10();
  entries.pop_back();
  expectError(load10(entries), "there is no test_batch.bin in it");
}

TEST_F(Cifar, RefusesAFileThatIsThereTwice) {
  auto entries = small10();
  entries.push_back(entries[4]);
  expectError(load10(entries), "it holds test_batch.bin twice");
}

TEST_F(Cifar, RefusesWhatIsNoArchive) {
  folder_.write("cifar.tar.gz", Bytes(5000, 'x'));
  expectError(loadCifar10({DatasetKind::Cifar10, file().string()}, ""),
              "no tar archive; expected cifar-10-binary.tar.gz");
  folder_.write("cifar.tar.gz", {});
  EXPECT_FALSE(loadCifar10({DatasetKind::Cifar10, file().string()}, "").ok());
  std::filesystem::remove(file());
  expectError(loadCifar10({DatasetKind::Cifar10, file().string()}, ""), "no such file");
  EXPECT_EQ(loadCifar10({DatasetKind::Cifar10, ""}, "").error().where, "data.path");
}

TEST_F(Cifar, RefusesAnArchiveThatIsCutShort) {
  for (const auto packing : {Packing::Gzip, Packing::Plain}) {
    writeTar(file(), small10(), packing);
    const Bytes whole = bytes();
    // Of a plain one the last 1,024 bytes say that it ends; nothing that counts is lost with them.
    const std::size_t content = packing == Packing::Plain ? 33 * 3073 : whole.size();
    for (std::size_t cut = 0; cut < content; cut += content / 37 + 1) {
      folder_.write("cifar.tar.gz", std::span(whole).first(cut));
      EXPECT_FALSE(loadCifar10({DatasetKind::Cifar10, file().string()}, "").ok()) << cut;
    }
    if (packing == Packing::Gzip) {
      folder_.write("cifar.tar.gz", std::span(whole).first(whole.size() - 1));
      expectError(loadCifar10({DatasetKind::Cifar10, file().string()}, ""), "cut short");
    }
  }
}

// Whatever a flipped bit does, the images are never other than those that were packed.
TEST_F(Cifar, RefusesEveryFlippedByteThatChangesAnImage) {
  TarEntries entries = small10();
  Random random(/*seed=*/0, "pixels");  // of images all alike other bits may say the same
  for (auto& [name, content] : entries)
    for (std::size_t i = 0; i < content.size(); ++i)
      if (i % 3073 != 0) content[i] = static_cast<std::uint8_t>(random.below(256));
  const auto right = load10(entries);
  ASSERT_TRUE(right.ok());
  const Bytes whole = bytes();
  std::size_t passed = 0;
  for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 400) {
    Bytes damaged = whole;
    damaged[at] ^= 0x10U;
    folder_.write("cifar.tar.gz", damaged);
    const auto got = loadCifar10({DatasetKind::Cifar10, file().string()}, "");
    if (got.ok()) {
      EXPECT_EQ(got->train.pixels, right->train.pixels) << at;
      EXPECT_EQ(got->test.labels, right->test.labels) << at;
    }
    passed += got.ok() ? 1U : 0U;
  }
  EXPECT_LE(passed, 10U);  // gzip's header: time, system
}

TEST_F(Cifar, RefusesASizeThatTheFileCannotHoldBeforeItTakesMemory) {
  writeTar(file(), small10(), Packing::Plain);
  Bytes lie = bytes();
  // The size in the header of the first batch, octal; its checksum is put right.
  const auto at = std::search(lie.begin(), lie.end(), std::begin("data_batch_2"),
                              std::end("data_batch_2") - 1) -
                  lie.begin() - 21;
  const auto header = std::span(lie).subspan(static_cast<std::size_t>(at), 512);
  const auto says = [&](const std::string& octal) {
    std::copy(octal.begin(), octal.end(), header.begin() + 124);
    std::fill_n(header.begin() + 148, 8, std::uint8_t{' '});
    unsigned sum = 0;
    for (const auto byte : header) sum += byte;
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "%06o", sum);
    std::copy(text.begin(), text.end(), header.begin() + 148);
    folder_.write("cifar.tar.gz", lie);
  };
  says("02000000000");  // 256 MB
  expectError(loadCifar10({DatasetKind::Cifar10, file().string()}, ""),
              "data_batch_2.bin is said to have 268435456 bytes, more than the file can hold");
  says("07777777777");  // 1 GB
  expectError(loadCifar10({DatasetKind::Cifar10, file().string()}, ""),
              "data_batch_2.bin is larger than any of cifar-10-binary.tar.gz");
}

TEST_F(Cifar, StopsAtALimitOfOtherContent) {
  TarEntries entries = small10();
  entries.insert(entries.begin(), {"zeros", Bytes(501'000'000)});
  expectError(load10(entries), "expected an archive of at most 500 MB");
}

TEST_F(Cifar, MakesEveryStream) {
  const auto dataset = load10(small10());
  ASSERT_TRUE(dataset.ok());
  const auto shared = std::make_shared<const Dataset>(*dataset);
  for (const auto kind : streamKinds()) {
    spec::StreamSpec spec;
    spec.kind = kind;
    spec.tasks = 2;
    spec.samples_per_task = 3;
    spec.test_samples = 2;
    const auto planned = planStream(shared, spec);
    ASSERT_TRUE(planned.ok()) << planned.error().text();
    EXPECT_EQ(TestSets(*planned).pixels(1).size(), 2 * kImage);
  }
}

// The real thing, where it is at hand.
std::filesystem::path shared(const char* name) {
  return std::filesystem::path("../shared/data") / name;
}

TEST(CifarArchive, ReadsTheOfficialLayoutOfTenClasses) {
  const auto file = shared("cifar-10-binary-subset.tar.gz");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "needs " << file;
  const auto dataset = loadCifar10({DatasetKind::Cifar10, file.string()}, "");
  ASSERT_TRUE(dataset.ok()) << dataset.error().text();
  EXPECT_EQ(dataset->train.count(), 4'000U);
  EXPECT_EQ(dataset->test.count(), 1'000U);
  for (std::int32_t c = 0; c < 10; ++c) {
    EXPECT_EQ(std::ranges::count(dataset->train.labels, c), 400);
    EXPECT_EQ(std::ranges::count(dataset->test.labels, c), 100);
  }
}

TEST(CifarArchive, ReadsTheOfficialLayoutOfAHundredClasses) {
  const auto file = shared("cifar-100-binary-subset.tar.gz");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "needs " << file;
  const auto dataset = loadCifar100({DatasetKind::Cifar100, file.string()}, "");
  ASSERT_TRUE(dataset.ok()) << dataset.error().text();
  EXPECT_EQ(dataset->train.count(), 10'000U);
  EXPECT_EQ(dataset->test.count(), 2'000U);
  for (std::int32_t c = 0; c < 100; ++c)
    EXPECT_EQ(std::ranges::count(dataset->train.labels, c), 100);
  // Planes that were cut along the wrong lines would not be smooth: neighbours in a row are alike.
  double steps = 0, across = 0;
  for (std::size_t i = 0; i < 500; ++i) {
    const auto image = dataset->train.image(i);
    for (std::size_t p = 0; p + 32 < kImage; ++p) {
      if (p % 32 != 31) steps += std::abs(int{image[p]} - int{image[p + 1]});
      across += std::abs(int{image[p]} - int{image[(p * 7 + 911) % kImage]});
    }
  }
  EXPECT_LT(steps, 0.4 * across);
}

}  // namespace
}  // namespace dentate::data
