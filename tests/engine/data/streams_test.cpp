// What each kind of stream does to the images; that it is the same for every seed of a replica.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "engine/data/permutations.h"
#include "engine/data/rotate.h"
#include "engine/data/stream.h"
#include "tests/engine/data/toy_stream.h"

namespace dentate::data {
namespace {

using Bytes = std::vector<std::uint8_t>;
using spec::StreamKind;

// 60 training and 30 test images of 8 x 6 in six classes, of one or three planes.
std::shared_ptr<const Dataset> pictures(std::int32_t channels) {
  const auto make = [&](std::int32_t count, int offset) {
    ImageSet set{.width = 8, .height = 6, .channels = channels, .pixels = {}, .labels = {}};
    for (std::int32_t i = 0; i < count; ++i) {
      for (std::int32_t p = 0; p < channels * 48; ++p)
        set.pixels.push_back(static_cast<std::uint8_t>(1 + (i * 31 + p * 7 + offset) % 255));
      set.labels.push_back(i % 6);
    }
    return set;
  };
  return std::make_shared<const Dataset>(
      Dataset{.train = make(60, 0), .test = make(30, 100), .classes = 6, .name = "pictures"});
}

spec::StreamSpec specOf(StreamKind kind, std::int64_t tasks) {
  spec::StreamSpec spec;
  spec.kind = kind;
  spec.tasks = tasks;
  spec.samples_per_task = 8;
  spec.test_samples = 4;
  return spec;
}

std::shared_ptr<const StreamPlan> plan(const spec::StreamSpec& spec, std::int32_t channels = 1) {
  auto planned = planStream(pictures(channels), spec);
  EXPECT_TRUE(planned.ok()) << (planned ? "" : planned.error().text());
  return *planned;
}

// The first test image of a task, as it is and as the task shows it.
std::pair<Bytes, Bytes> firstTest(const std::shared_ptr<const StreamPlan>& planned,
                                  std::size_t task) {
  const TestSets tests(planned);
  const auto shown = tests.pixels(task).first(tests.imageSize());
  const auto plain = planned->dataset->test.image(0);
  return {{plain.begin(), plain.end()}, {shown.begin(), shown.end()}};
}

// One of the table, or one that the tests alone have.
struct Stream {
  StreamKind kind = StreamKind::Rotations;
  spec::Result<std::vector<TaskPlan>> (*own)(const Dataset&, const spec::StreamSpec&) = nullptr;
};

std::vector<Stream> everyStream() {
  std::vector<Stream> all{{.own = &test::planUpsideDown}};
  for (const auto kind : streamKinds()) all.push_back({kind});
  return all;
}

std::shared_ptr<const StreamPlan> plan(const Stream& stream, const spec::StreamSpec& spec,
                                       std::int32_t channels) {
  if (stream.own == nullptr) return plan(spec, channels);
  const auto dataset = pictures(channels);
  return planStream(dataset, spec, stream.own(*dataset, spec).value()).value();
}

class EveryStream : public testing::TestWithParam<std::tuple<Stream, std::int32_t>> {};

TEST_P(EveryStream, IsTheSameWhereverItIsMade) {
  const auto [chosen, channels] = GetParam();
  const auto spec = specOf(chosen.kind, 3);
  const TaskStream first(plan(chosen, spec, channels), 4), again(plan(chosen, spec, channels), 4);
  const TestSets tests(plan(chosen, spec, channels)), tests_again(plan(chosen, spec, channels));
  for (std::size_t t = 0; t < 3; ++t) {
    EXPECT_TRUE(std::ranges::equal(tests.pixels(t), tests_again.pixels(t)));
    EXPECT_EQ(first.transformName(t), again.transformName(t));
    EXPECT_FALSE(first.transformName(t).empty());
    for (std::size_t i = 0; i < first.samples(t).size(); ++i) {
      Bytes a(first.imageSize()), b(first.imageSize());
      first.pixels(first.samples(t)[i], a);
      again.pixels(again.samples(t)[i], b);
      EXPECT_EQ(a, b);
    }
  }
}

TEST_P(EveryStream, ShowsAllReplicasTheSameTask) {
  const auto [chosen, channels] = GetParam();
  const auto shared = plan(chosen, specOf(chosen.kind, 3), channels);
  std::map<std::pair<std::int32_t, std::int32_t>, Bytes> seen;  // by task and image
  std::size_t met = 0;
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    const TaskStream stream(shared, seed);
    for (std::size_t t = 0; t < 3; ++t)
      for (const Sample& sample : stream.samples(t)) {
        Bytes image(stream.imageSize());
        stream.pixels(sample, image);
        const auto [at, is_new] = seen.try_emplace({sample.task, sample.image}, image);
        EXPECT_EQ(at->second, image);
        met += is_new ? 0U : 1U;
      }
  }
  EXPECT_GT(met, 20U);
}

TEST_P(EveryStream, LeavesTheFirstTaskAsItIs) {
  const auto [chosen, channels] = GetParam();
  const auto [plain, shown] = firstTest(plan(chosen, specOf(chosen.kind, 3), channels), 0);
  EXPECT_EQ(plain, shown);
}

TEST_P(EveryStream, NumbersItemsAndKeepsLabelsWithinTheCategories) {
  const auto [chosen, channels] = GetParam();
  for (const auto incremental : {spec::Incremental::Class, spec::Incremental::Task}) {
    auto spec = specOf(chosen.kind, 3);
    spec.incremental = incremental;
    spec.samples_per_item = 5;
    const auto shared = plan(chosen, spec, channels);
    const TaskStream stream(shared, 0);
    const TestSets tests(shared);
    std::int32_t item = 0;
    for (std::size_t t = 0; t < 3; ++t) {
      for (const Sample& sample : stream.samples(t)) {
        EXPECT_EQ(stream.item(sample), item / 8 * 2 + item % 8 / 5);  // of 8 a task
        EXPECT_EQ(sample.place, item++);
        EXPECT_LT(sample.category, shared->categories);
      }
      for (const auto category : tests.categories(t)) EXPECT_LT(category, shared->categories);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(AllKinds, EveryStream,
                         testing::Combine(testing::ValuesIn(everyStream()), testing::Values(1, 3)));

TEST(AStreamOfOnesOwn, IsLearnedAndTestedAsItSays) {
  const auto planned = plan({.own = &test::planUpsideDown}, specOf(StreamKind::Rotations, 2), 3);
  auto [plain, shown] = firstTest(planned, 1);
  EXPECT_NE(plain, shown);
  for (std::size_t plane = 0; plane < 3; ++plane)  // 8 x 6: the last row comes first
    EXPECT_TRUE(std::equal(shown.begin() + static_cast<std::ptrdiff_t>(plane * 48),
                           shown.begin() + static_cast<std::ptrdiff_t>(plane * 48 + 8),
                           plain.begin() + static_cast<std::ptrdiff_t>(plane * 48 + 40)));
  EXPECT_EQ(TaskStream(planned, 0).transformName(1), "upside down");
}

TEST(Rotations, TurnEveryPlaneAlike) {
  const auto [plain, shown] = firstTest(plan(specOf(StreamKind::Rotations, 4), 3), 1);
  Bytes expected;
  for (std::size_t c = 0; c < 3; ++c) {
    const auto turned = rotate(std::span(plain).subspan(48 * c, 48), 8, 6, 45);
    expected.insert(expected.end(), turned.begin(), turned.end());
  }
  EXPECT_EQ(shown, expected);
}

TEST(Permutations, MoveEveryPixelToOneNewPlaceAndKeepItsColours) {
  const auto planned = plan(specOf(StreamKind::Permutations, 3), 3);
  const auto [plain, second] = firstTest(planned, 1);
  const auto third = firstTest(planned, 2).second;
  EXPECT_NE(plain, second);
  EXPECT_NE(second, third);
  EXPECT_EQ(planned->tasks[0].transform_name, "not permuted");
  EXPECT_EQ(planned->tasks[2].transform_name, "by permutation 2");
  const auto order = permutationOf(48, 1);
  auto all = order;
  std::ranges::sort(all);
  for (std::int32_t p = 0; p < 48; ++p) EXPECT_EQ(all[static_cast<std::size_t>(p)], p);
  for (std::size_t i = 0; i < second.size(); ++i)
    EXPECT_EQ(second[i], plain[i / 48 * 48 + static_cast<std::size_t>(order[i % 48])]);
}

// The tasks of a published number must stay those of that number.
TEST(Permutations, AreTheseOnEveryMachine) {
  EXPECT_EQ(permutationOf(8, 1), (std::vector<std::int32_t>{1, 6, 3, 4, 2, 5, 7, 0}));
  EXPECT_EQ(permutationOf(8, 2), (std::vector<std::int32_t>{2, 0, 7, 5, 3, 1, 6, 4}));
}

TEST(Permutations, RefuseWhatWouldNotFitInMemory) {
  ImageSet set{.width = 1000, .height = 1000, .pixels = Bytes(1'000'000), .labels = {0}};
  const auto dataset = std::make_shared<const Dataset>(
      Dataset{.train = set, .test = set, .classes = 1, .name = "large"});
  auto spec = specOf(StreamKind::Permutations, 501);
  spec.samples_per_task = spec.test_samples = 1;
  const auto planned = planStream(dataset, spec);
  ASSERT_FALSE(planned.ok());
  EXPECT_EQ(planned.error().kind, spec::Error::Kind::Resource);
  EXPECT_EQ(planned.error().where, "stream.tasks");
}

TEST(ClassSplits, ShowEachTaskClassesOfItsOwn) {
  auto spec = specOf(StreamKind::ClassSplits, 3);
  const auto kept = plan(spec);
  EXPECT_EQ(kept->categories, 6);
  EXPECT_EQ(kept->tasks[1].transform_name, "of classes 2 and 3");
  spec.incremental = spec::Incremental::Task;
  const auto own = plan(spec);
  EXPECT_EQ(own->categories, 2);
  const TaskStream stream(kept, 0), own_stream(own, 0);
  const TestSets tests(kept), own_tests(own);
  for (std::int32_t t = 0; t < 3; ++t) {
    const auto task = static_cast<std::size_t>(t);
    for (std::size_t i = 0; i < 8; ++i) {
      const auto& sample = stream.samples(task)[i];
      EXPECT_EQ(sample.category / 2, t);
      EXPECT_EQ(sample.category,
                kept->dataset->train.labels[static_cast<std::size_t>(sample.image)]);
      EXPECT_EQ(own_stream.samples(task)[i].category, sample.category - 2 * t);
      EXPECT_EQ(own_stream.samples(task)[i].image, sample.image);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_EQ(tests.categories(task)[i] / 2, t);
      EXPECT_EQ(own_tests.categories(task)[i], tests.categories(task)[i] - 2 * t);
    }
  }
}

TEST(ClassSplits, NameTheirClasses) {
  auto spec = specOf(StreamKind::ClassSplits, 2);
  spec.classes_per_task = 3;
  EXPECT_EQ(plan(spec)->tasks[1].transform_name, "of classes 3 to 5");
  spec.classes_per_task = 1;
  EXPECT_EQ(plan(spec)->tasks[1].transform_name, "of class 1");
}

TEST(ClassSplits, RefuseMoreThanTheClassesOfTheData) {
  auto spec = specOf(StreamKind::ClassSplits, 4);
  const auto tasks = planStream(pictures(1), spec);
  ASSERT_FALSE(tasks.ok());
  EXPECT_EQ(
      tasks.error().text(),
      "stream.tasks: expected at most 3 tasks, since pictures has 6 classes and each task takes 2 "
      "of its own, got 4");
  spec.classes_per_task = 7;
  const auto classes = planStream(pictures(1), spec);
  ASSERT_FALSE(classes.ok());
  EXPECT_EQ(classes.error().text(),
            "stream.classes_per_task: expected at most 6, the classes of pictures, got 7");
}

TEST(Noise, GrowsFromTaskToTask) {
  ImageSet set{.width = 100, .height = 100, .pixels = Bytes(20'000, 128), .labels = {0, 0}};
  std::fill(set.pixels.begin() + 10'000, set.pixels.end(), std::uint8_t{127});
  const auto dataset = std::make_shared<const Dataset>(
      Dataset{.train = set, .test = set, .classes = 1, .name = "even"});
  auto spec = specOf(StreamKind::Noise, 3);
  spec.noise = 0.2;
  spec.samples_per_task = spec.test_samples = 2;
  const auto planned = planStream(dataset, spec);
  ASSERT_TRUE(planned.ok()) << planned.error().text();
  EXPECT_EQ((*planned)->tasks[1].transform_name, "with noise of 10 % of white");
  const TestSets tests(*planned);
  for (std::size_t t = 1; t < 3; ++t) {
    double squares = 0, across = 0;
    for (std::size_t p = 0; p < 10'000; ++p) {
      const double a = tests.pixels(t)[p] - 128.0, b = tests.pixels(t)[10'000 + p] - 127.0;
      squares += a * a;
      across += a * b;
    }
    const double wanted = 255 * 0.1 * static_cast<double>(t);
    EXPECT_NEAR(std::sqrt(squares / 10'000), wanted, 0.04 * wanted);
    EXPECT_NEAR(across / squares, 0, 0.05);  // each image has noise of its own
  }
}

TEST(Occlusion, GrowsAboutTheMiddle) {
  const auto planned = plan(specOf(StreamKind::Occlusion, 3), 3);
  EXPECT_EQ(planned->tasks[0].transform_name, "not occluded");
  EXPECT_EQ(planned->tasks[2].transform_name, "behind 4 × 3 pixels");
  const auto [plain, shown] = firstTest(planned, 2);
  for (std::size_t c = 0; c < 3; ++c)
    for (std::size_t y = 0; y < 6; ++y)
      for (std::size_t x = 0; x < 8; ++x) {
        const auto at = c * 48 + y * 8 + x;
        const bool covered = x >= 2 && x < 6 && y >= 1 && y < 4;
        EXPECT_EQ(shown[at], covered ? 0 : plain[at]) << c << " " << x << " " << y;
      }
}

TEST(Occlusion, MovesOverTheWholeImage) {
  auto spec = specOf(StreamKind::Occlusion, 9);
  spec.patch = spec::Patch::Moves;
  const auto planned = plan(spec);
  const TestSets tests(planned);
  const auto plain = planned->dataset->test.image(0);
  std::vector<int> covered(48);
  for (std::size_t t = 0; t < 9; ++t) {
    int here = 0;
    for (std::size_t p = 0; p < 48; ++p) {
      const auto shown = tests.pixels(t)[p];
      EXPECT_TRUE(shown == 0 || shown == plain[p]);
      covered[p] += shown == 0 ? 1 : 0;
      here += shown == 0 ? 1 : 0;
    }
    EXPECT_EQ(here, 4 * 3);
  }
  EXPECT_TRUE(std::ranges::all_of(covered, [](int times) { return times > 0; }));
  EXPECT_EQ(planned->tasks[0].transform_name, "behind 4 × 3 pixels at 0, 0");
  EXPECT_EQ(planned->tasks[8].transform_name, "behind 4 × 3 pixels at 4, 3");
}

TEST(Occlusion, TakesSizesFromNothingToAll) {
  auto spec = specOf(StreamKind::Occlusion, 1);
  spec.patch = spec::Patch::Moves;
  for (const double size : {0.0, 0.01, 1.0}) {
    spec.patch_size = size;
    const auto shown = firstTest(plan(spec), 0).second;
    EXPECT_EQ(std::ranges::count(shown, 0), size < 1 ? 0 : 48);
  }
}

}  // namespace
}  // namespace dentate::data
