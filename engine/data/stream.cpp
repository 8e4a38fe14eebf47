#include "engine/data/stream.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "engine/data/class_splits.h"
#include "engine/data/noise.h"
#include "engine/data/occlusion.h"
#include "engine/data/permutations.h"
#include "engine/data/random.h"
#include "engine/data/rotations.h"
#include "engine/spec/check.h"
#include "engine/spec/memory.h"

namespace dentate::data {
namespace {

using spec::Error;
using spec::StreamKind;

constexpr std::size_t kMaxTestBytes = 4'000'000'000;
constexpr std::size_t kMaxKeptBytes = 64'000'000;

struct Kind {
  StreamKind kind;
  spec::Result<std::vector<TaskPlan>> (*plan)(const Dataset& dataset, const spec::StreamSpec& spec);
};

// The registry: one line a kind.
constexpr std::array kStreams{
    Kind{StreamKind::Rotations, planRotations},
    Kind{StreamKind::Permutations, planPermutations},
    Kind{StreamKind::ClassSplits, planClassSplits},
    Kind{StreamKind::Noise, planNoise},
    Kind{StreamKind::Occlusion, planOcclusion},
};

constexpr auto kKinds = [] {
  std::array<StreamKind, kStreams.size()> kinds{};
  for (std::size_t i = 0; i < kinds.size(); ++i) kinds[i] = kStreams[i].kind;
  return kinds;
}();

constexpr bool eachKindOnce() {
  for (std::size_t i = 0; i < kKinds.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (kKinds[i] == kKinds[j]) return false;
  return true;
}
static_assert(eachKindOnce());

Error bad(std::string key, std::string what) {
  return {Error::Kind::Config, std::move(key), std::move(what)};
}

bool takes(const TaskPlan& task, std::int32_t category) {
  return task.classes.empty() ||
         std::find(task.classes.begin(), task.classes.end(), category) != task.classes.end();
}

std::int32_t categoryIn(const TaskPlan& task, std::int32_t category) {
  if (!task.own_labels) return category;
  const auto place = std::find(task.classes.begin(), task.classes.end(), category);
  return static_cast<std::int32_t>(place - task.classes.begin());
}

// One more than the largest label of all tasks.
std::int32_t categoriesOf(const Dataset& dataset, const std::vector<TaskPlan>& tasks) {
  std::int32_t all = 0;
  for (const TaskPlan& task : tasks) {
    if (task.classes.empty()) return dataset.classes;
    const auto largest = *std::max_element(task.classes.begin(), task.classes.end());
    all = std::max(all,
                   task.own_labels ? static_cast<std::int32_t>(task.classes.size()) : largest + 1);
  }
  return all;
}

// Indices of the images that a task takes, in the order of the dataset.
std::vector<std::int32_t> imagesOf(const TaskPlan& task, const ImageSet& set) {
  std::vector<std::int32_t> images;
  for (std::size_t i = 0; i < set.count(); ++i)
    if (takes(task, set.labels[i])) images.push_back(static_cast<std::int32_t>(i));
  return images;
}

spec::Status checkCounts(const Dataset& dataset, const spec::StreamSpec& spec,
                         const std::vector<TaskPlan>& tasks) {
  for (std::size_t t = 0; t < tasks.size(); ++t) {
    const auto enough = [&](const char* key, const ImageSet& set, std::int64_t wanted) {
      const auto there = static_cast<std::int64_t>(
          std::count_if(set.labels.begin(), set.labels.end(),
                        [&](std::int32_t category) { return takes(tasks[t], category); }));
      return there >= wanted
                 ? spec::Status{}
                 : bad(key, "expected at most the " + std::to_string(there) + " images that " +
                                dataset.name + " has for task " + std::to_string(t + 1) + ", not " +
                                std::to_string(wanted));
    };
    if (auto failed = enough("stream.samples_per_task", dataset.train, spec.samples_per_task))
      return failed;
    if (auto failed = enough("stream.test_samples", dataset.test, spec.test_samples)) return failed;
  }
  return std::nullopt;
}

spec::Status checkRanges(const spec::StreamSpec& spec) {
  if (spec.tasks < 1 || spec.tasks > 1'000)
    return bad("stream.tasks", "expected 1 to 1000, not " + std::to_string(spec.tasks));
  if (spec.samples_per_task < 1 || spec.samples_per_task > 2'000'000)
    return bad("stream.samples_per_task",
               "expected 1 to 2000000, not " + std::to_string(spec.samples_per_task));
  if (spec.test_samples < 1 || spec.test_samples > 2'000'000)
    return bad("stream.test_samples",
               "expected 1 to 2000000, not " + std::to_string(spec.test_samples));
  if (spec.samples_per_item < 1 || spec.samples_per_item > spec.samples_per_task)
    return bad("stream.samples_per_item", "expected 1 to " + std::to_string(spec.samples_per_task) +
                                              ", not " + std::to_string(spec.samples_per_item));
  return std::nullopt;
}

}  // namespace

spec::Result<std::shared_ptr<const StreamPlan>> planStream(std::shared_ptr<const Dataset> dataset,
                                                           const spec::StreamSpec& spec,
                                                           std::vector<TaskPlan> tasks) {
  DENTATE_CHECK(dataset != nullptr);
  if (auto failed = checkRanges(spec)) return *failed;
  DENTATE_CHECK(static_cast<std::int64_t>(tasks.size()) == spec.tasks);
  if (auto failed = checkCounts(*dataset, spec, tasks)) return *failed;
  const auto test_images = static_cast<std::size_t>(spec.tasks * spec.test_samples);
  if (test_images > kMaxTestBytes / dataset->test.imageSize())
    return Error{Error::Kind::Resource, "stream.test_samples",
                 "the test images of all tasks would take " +
                     spec::gigabytes(static_cast<double>(test_images) *
                                     static_cast<double>(dataset->test.imageSize())) +
                     ", and may take 4 GB; expected fewer than " +
                     std::to_string(spec.test_samples)};
  const auto categories = categoriesOf(*dataset, tasks);
  return std::make_shared<const StreamPlan>(
      StreamPlan{std::move(dataset), spec, std::move(tasks), categories});
}

spec::Result<std::shared_ptr<const StreamPlan>> planStream(std::shared_ptr<const Dataset> dataset,
                                                           const spec::StreamSpec& spec) {
  DENTATE_CHECK(dataset != nullptr);
  if (auto failed = checkRanges(spec)) return *failed;
  const auto* kind = std::find_if(kStreams.begin(), kStreams.end(),
                                  [&](const Kind& k) { return k.kind == spec.kind; });
  if (kind == kStreams.end()) return bad("stream.kind", "no stream of this kind");
  auto tasks = kind->plan(*dataset, spec);
  if (!tasks) return tasks.error();
  return planStream(std::move(dataset), spec, std::move(*tasks));
}

void asItIs(std::span<const std::uint8_t> from, std::span<std::uint8_t> to) {
  DENTATE_CHECK(from.size() == to.size());
  std::copy(from.begin(), from.end(), to.begin());
}

TestSets::TestSets(std::shared_ptr<const StreamPlan> plan) {
  DENTATE_CHECK(plan != nullptr);
  const ImageSet& test = plan->dataset->test;
  samples_ = static_cast<std::size_t>(plan->spec.test_samples);
  image_size_ = test.imageSize();
  for (const TaskPlan& task : plan->tasks) {
    const auto chosen = imagesOf(task, test);
    auto& images = images_.emplace_back(samples_ * image_size_);
    auto& categories = categories_.emplace_back(samples_);
    for (std::size_t i = 0; i < samples_; ++i) {
      const auto image = static_cast<std::size_t>(chosen[i]);
      categories[i] = categoryIn(task, test.labels[image]);
      task.transform(test.image(image), std::span(images).subspan(i * image_size_, image_size_));
    }
  }
}

std::span<const std::uint8_t> TestSets::pixels(std::size_t task) const { return images_.at(task); }

std::span<const std::int32_t> TestSets::categories(std::size_t task) const {
  return categories_.at(task);
}

TaskStream::TaskStream(std::shared_ptr<const StreamPlan> plan, std::uint64_t seed)
    : plan_(std::move(plan)), seed_(seed) {
  DENTATE_CHECK(plan_ != nullptr);
  const ImageSet& train = plan_->dataset->train;
  const auto per_task = static_cast<std::size_t>(plan_->spec.samples_per_task);
  image_size_ = train.imageSize();
  samples_.reserve(tasks() * per_task);
  for (std::size_t task = 0; task < tasks(); ++task) {
    auto images = imagesOf(plan_->tasks[task], train);
    Random random(seed, "stream samples", task);
    for (std::size_t i = 0; i < per_task; ++i) {
      std::swap(images[i], images[i + random.below(images.size() - i)]);
      samples_.push_back({.task = static_cast<std::int32_t>(task),
                          .image = images[i],
                          .category = categoryIn(plan_->tasks[task],
                                                 train.labels[static_cast<std::size_t>(images[i])]),
                          .place = static_cast<std::int32_t>(samples_.size())});
    }
  }
  if (samples_.size() > kMaxKeptBytes / image_size_) return;
  std::vector<std::uint8_t> images(samples_.size() * image_size_);
  for (const Sample& s : samples_)
    pixels(s,
           std::span(images).subspan(static_cast<std::size_t>(s.place) * image_size_, image_size_));
  images_ = std::move(images);
}

const std::string& TaskStream::transformName(std::size_t task) const {
  return plan_->tasks.at(task).transform_name;
}

std::span<const Sample> TaskStream::samples(std::size_t task) const {
  DENTATE_CHECK(task < tasks());
  const auto per_task = static_cast<std::size_t>(plan_->spec.samples_per_task);
  return std::span(samples_).subspan(task * per_task, per_task);
}

const Sample& TaskStream::sample(std::int32_t place) const {
  return samples_.at(static_cast<std::size_t>(place));
}

void TaskStream::pixels(const Sample& sample, std::span<std::uint8_t> to) const {
  DENTATE_CHECK(to.size() == image_size_);
  if (!images_.empty()) {
    const auto kept = std::span(images_).subspan(
        static_cast<std::size_t>(sample.place) * image_size_, image_size_);
    std::copy(kept.begin(), kept.end(), to.begin());
    return;
  }
  const auto task = static_cast<std::size_t>(sample.task);
  const auto image = static_cast<std::size_t>(sample.image);
  plan_->tasks.at(task).transform(plan_->dataset->train.image(image), to);
}

std::span<const StreamKind> streamKinds() { return kKinds; }

}  // namespace dentate::data
