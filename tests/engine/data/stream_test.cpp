#include "engine/data/stream.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "engine/data/rotate.h"

namespace dentate::data {
namespace {

using spec::Error;
using Bytes = std::vector<std::uint8_t>;

// `train` and `test` images of 2 x 2 in three classes; the pixels of image i are i, i+1, i+2, i+3.
std::shared_ptr<const Dataset> smallDataset(std::int32_t train, std::int32_t test) {
  const auto make = [](std::int32_t count) {
    ImageSet set{.width = 2, .height = 2, .pixels = {}, .labels = {}};
    for (std::int32_t i = 0; i < count; ++i) {
      for (std::int32_t p = 0; p < 4; ++p) set.pixels.push_back(static_cast<std::uint8_t>(i + p));
      set.labels.push_back(i % 3);
    }
    return set;
  };
  return std::make_shared<const Dataset>(
      Dataset{.train = make(train), .test = make(test), .classes = 3, .name = "small"});
}

spec::StreamSpec counts(std::int64_t tasks, std::int64_t samples, std::int64_t tests) {
  spec::StreamSpec spec;
  spec.tasks = tasks;
  spec.samples_per_task = samples;
  spec.test_samples = tests;
  return spec;
}

std::shared_ptr<const StreamPlan> plan(std::shared_ptr<const Dataset> dataset,
                                       const spec::StreamSpec& spec) {
  auto planned = planStream(std::move(dataset), spec);
  EXPECT_TRUE(planned.ok()) << planned.error().text();
  return *planned;
}

Bytes pixels(const TaskStream& stream, const Sample& sample) {
  Bytes image(stream.imageSize());
  stream.pixels(sample, image);
  return image;
}

std::vector<Sample> copy(std::span<const Sample> samples) {
  return {samples.begin(), samples.end()};
}

TEST(Stream, NamesTheTurnOfEachTask) {
  const TaskStream twenty(plan(smallDataset(20, 20), counts(20, 1, 1)), 0);
  EXPECT_EQ(twenty.transformName(0), "rotated by 0°");
  EXPECT_EQ(twenty.transformName(6), "rotated by 54°");
  EXPECT_EQ(twenty.transformName(19), "rotated by 171°");
  const TaskStream seven(plan(smallDataset(20, 20), counts(7, 1, 1)), 0);
  EXPECT_EQ(seven.transformName(1), "rotated by 25.7°");
}

TEST(Stream, DrawsEachImageOnceWithinATask) {
  const TaskStream stream(plan(smallDataset(40, 5), counts(6, 40, 5)), 3);
  for (std::size_t task = 0; task < 6; ++task) {
    std::set<std::int32_t> images;
    for (const Sample& sample : stream.samples(task)) images.insert(sample.image);
    EXPECT_EQ(images.size(), 40U);
    EXPECT_EQ(*images.rbegin(), 39);
  }
}

TEST(Stream, NumbersItemsInTheOrderOfLearning) {
  const auto dataset = smallDataset(30, 5);
  const TaskStream stream(plan(dataset, counts(4, 7, 5)), 1);
  std::int32_t item = 0;
  for (std::int32_t task = 0; task < 4; ++task) {
    const auto samples = stream.samples(static_cast<std::size_t>(task));
    ASSERT_EQ(samples.size(), 7U);
    for (const Sample& sample : samples) {
      EXPECT_EQ(sample.task, task);
      EXPECT_EQ(sample.place, item);
      EXPECT_EQ(stream.item(sample), item);
      EXPECT_EQ(sample.category, dataset->train.labels[static_cast<std::size_t>(sample.image)]);
      EXPECT_EQ(stream.sample(item), sample);
      ++item;
    }
  }
}

// Two tasks of 7 images in sets of 3: the last set of a task has one image, and none spans both.
TEST(Stream, SetsOfImagesLearnedInARowShareAnItemLabel) {
  auto spec = counts(2, 7, 5);
  spec.samples_per_item = 3;
  const auto dataset = smallDataset(30, 5);
  const TaskStream stream(plan(dataset, spec), 1), single(plan(dataset, counts(2, 7, 5)), 1);
  std::vector<std::int32_t> items;
  for (std::size_t task = 0; task < 2; ++task) {
    for (const Sample& sample : stream.samples(task)) items.push_back(stream.item(sample));
    EXPECT_EQ(copy(stream.samples(task)), copy(single.samples(task))) << "the same images";
  }
  EXPECT_EQ(items, (std::vector<std::int32_t>{0, 0, 0, 1, 1, 1, 2, 3, 3, 3, 4, 4, 4, 5}));
  EXPECT_EQ(spec::streamItems(spec), 6);
}

TEST(Stream, RefusesSetsLargerThanATask) {
  auto spec = counts(2, 7, 5);
  spec.samples_per_item = 8;
  const auto planned = planStream(smallDataset(30, 5), spec);
  ASSERT_FALSE(planned.ok());
  EXPECT_EQ(planned.error().where, "stream.samples_per_item");
}

TEST(Stream, EveryImageIsDrawnEquallyOften) {
  const auto shared = plan(smallDataset(10, 1), counts(1, 3, 1));
  std::vector<int> seen(10);
  constexpr int kSeeds = 10'000;
  for (int seed = 0; seed < kSeeds; ++seed) {
    const TaskStream stream(shared, static_cast<std::uint64_t>(seed));
    for (const Sample& sample : stream.samples(0)) ++seen[static_cast<std::size_t>(sample.image)];
  }
  // 3,000 expected each, standard deviation 46; five of them.
  for (const int count : seen) EXPECT_NEAR(count, 3'000, 230);
}

TEST(Stream, SameSeedGivesTheSameStreamAndAnotherSeedAnother) {
  const auto shared = plan(smallDataset(200, 5), counts(3, 20, 5));
  const TaskStream a(shared, 5);
  const TaskStream b(shared, 5);
  const TaskStream c(shared, 6);
  for (std::size_t task = 0; task < 3; ++task) {
    EXPECT_EQ(copy(a.samples(task)), copy(b.samples(task)));
    EXPECT_NE(copy(a.samples(task)), copy(c.samples(task)));
  }
  EXPECT_NE(a.samples(0)[0].image * 1000 + a.samples(0)[1].image,
            a.samples(1)[0].image * 1000 + a.samples(1)[1].image);
}

TEST(Stream, ATaskDoesNotDependOnTheNumberOfTasks) {
  const TaskStream few(plan(smallDataset(200, 5), counts(2, 20, 5)), 5);
  const TaskStream many(plan(smallDataset(200, 5), counts(9, 20, 5)), 5);
  EXPECT_EQ(copy(few.samples(1)), copy(many.samples(1)));
}

TEST(Stream, ShowsEachImageAsItsTaskTurnsIt) {
  const auto dataset = smallDataset(30, 5);
  const TaskStream stream(plan(dataset, counts(4, 7, 5)), 1);
  for (std::size_t task = 0; task < 4; ++task)
    for (const Sample& sample : stream.samples(task)) {
      const auto image = dataset->train.image(static_cast<std::size_t>(sample.image));
      EXPECT_EQ(pixels(stream, sample), rotate(image, 2, 2, 45.0 * static_cast<double>(task)));
    }
}

TEST(Stream, OneTooLargeToKeepGivesTheSameImages) {
  // 90 images of 900 x 900 take 73 MB: over the limit of 64.
  ImageSet large{.width = 900, .height = 900, .pixels = Bytes(90 * 900 * 900), .labels = {}};
  large.labels.assign(90, 0);
  for (std::size_t i = 0; i < large.pixels.size(); ++i)
    large.pixels[i] = static_cast<std::uint8_t>(i / 810'000 + i % 7);
  const auto dataset = std::make_shared<const Dataset>(
      Dataset{.train = large, .test = large, .classes = 1, .name = "large"});
  const TaskStream stream(plan(dataset, counts(1, 90, 1)), 0);
  const Sample& sample = stream.sample(17);
  const auto image = dataset->train.image(static_cast<std::size_t>(sample.image));
  EXPECT_TRUE(std::ranges::equal(pixels(stream, sample), image));
}

TEST(TestSets, HoldTheFirstImagesTurnedAndTheirCategories) {
  const auto dataset = smallDataset(30, 9);
  const TestSets tests(plan(dataset, counts(4, 7, 5)));
  ASSERT_EQ(tests.tasks(), 4U);
  ASSERT_EQ(tests.samples(), 5U);
  ASSERT_EQ(tests.imageSize(), 4U);
  for (std::size_t task = 0; task < 4; ++task) {
    ASSERT_EQ(tests.pixels(task).size(), 20U);
    EXPECT_TRUE(std::ranges::equal(tests.categories(task), std::vector{0, 1, 2, 0, 1}));
    for (std::size_t i = 0; i < 5; ++i)
      EXPECT_TRUE(std::ranges::equal(
          tests.pixels(task).subspan(4 * i, 4),
          rotate(dataset->test.image(i), 2, 2, 45.0 * static_cast<double>(task))));
  }
}

TaskPlan only(std::vector<std::int32_t> classes) {
  return {.transform_name = "negative",
          .transform =
              [](std::span<const std::uint8_t> from, std::span<std::uint8_t> to) {
                std::ranges::transform(from, to.begin(),
                                       [](auto p) { return static_cast<std::uint8_t>(255 - p); });
              },
          .classes = std::move(classes)};
}

TEST(Stream, TakesOnlyTheClassesOfItsTask) {
  const auto dataset = smallDataset(30, 30);
  const auto planned = planStream(dataset, counts(2, 10, 9), {only({0, 2}), only({1})});
  ASSERT_TRUE(planned.ok()) << planned.error().text();
  const TaskStream stream(*planned, 0);
  for (const Sample& sample : stream.samples(0)) EXPECT_NE(sample.category, 1);
  for (const Sample& sample : stream.samples(1)) EXPECT_EQ(sample.category, 1);
  EXPECT_EQ(pixels(stream, stream.sample(3))[0], 255 - stream.sample(3).image);
  const TestSets tests(*planned);
  EXPECT_TRUE(std::ranges::equal(tests.categories(0), std::vector{0, 2, 0, 2, 0, 2, 0, 2, 0}));
  EXPECT_EQ(tests.pixels(1)[4], 255 - 4);  // image 4 is the second of class 1
}

void expectError(const spec::StreamSpec& spec, const std::string& key, Error::Kind kind) {
  const auto planned = planStream(smallDataset(30, 20), spec);
  ASSERT_FALSE(planned.ok());
  EXPECT_EQ(planned.error().where, key);
  EXPECT_EQ(planned.error().kind, kind) << planned.error().text();
}

TEST(Stream, RefusesCountsThatTheDatasetCannotGive) {
  expectError(counts(4, 31, 5), "stream.samples_per_task", Error::Kind::Config);
  expectError(counts(4, 5, 21), "stream.test_samples", Error::Kind::Config);
  const auto planned = planStream(smallDataset(30, 30), counts(1, 11, 1), {only({1})});
  ASSERT_FALSE(planned.ok());
  EXPECT_EQ(planned.error().what,
            "expected at most the 10 images that small has for task 1, not 11");
}

TEST(Stream, RefusesCountsOutOfRange) {
  expectError(counts(0, 5, 5), "stream.tasks", Error::Kind::Config);
  expectError(counts(-1, 5, 5), "stream.tasks", Error::Kind::Config);
  expectError(counts(1'001, 5, 5), "stream.tasks", Error::Kind::Config);
  expectError(counts(4, 0, 5), "stream.samples_per_task", Error::Kind::Config);
  expectError(counts(4, 5, 0), "stream.test_samples", Error::Kind::Config);
  auto spec = counts(4, 5, 5);
  spec.kind = static_cast<spec::StreamKind>(99);
  expectError(spec, "stream.kind", Error::Kind::Config);
}

TEST(Stream, RefusesWhatWouldNotFitInMemory) {
  ImageSet set{.width = 1000, .height = 1000, .pixels = Bytes(5'000'000), .labels = {}};
  set.labels.assign(5, 0);
  const auto dataset = std::make_shared<const Dataset>(
      Dataset{.train = set, .test = set, .classes = 1, .name = "large"});
  const auto rotations = planStream(dataset, counts(51, 1, 1));
  ASSERT_FALSE(rotations.ok());
  EXPECT_EQ(rotations.error().kind, Error::Kind::Resource);
  const auto tests = planStream(dataset, counts(801, 1, 5), std::vector<TaskPlan>(801));
  ASSERT_FALSE(tests.ok());
  EXPECT_EQ(tests.error().kind, Error::Kind::Resource);
}

TEST(Stream, EveryKindMakesAStreamOfTheBuiltInDigits) {
  const auto dataset = loadDataset({}, "assets");
  ASSERT_TRUE(dataset.ok()) << dataset.error().text();
  for (const auto kind : streamKinds()) {
    spec::StreamSpec spec = counts(3, 10, 10);
    spec.kind = kind;
    const TaskStream stream(plan(*dataset, spec), 0);
    for (const Sample& sample : stream.samples(2)) {
      const auto image = pixels(stream, sample);
      EXPECT_GT(std::ranges::count_if(image, [](auto p) { return p > 128; }), 10);
    }
  }
}

}  // namespace
}  // namespace dentate::data
