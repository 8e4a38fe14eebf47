// Task streams: the sequence of problems that a network learns, as values.
//
//   plan    what the tasks are (dataset, transform of each task); it follows from dataset and spec
//           alone, made once and shared by all replicas: what is drawn for it (a permutation, noise)
//           comes from generators that no replica's seed enters
//   tests   the test images of each task, transformed; one object for all replicas
//   stream  the training samples of one seed, in the order in which they are learned
//
// A task's samples depend on (plan, seed, task) alone, not on the other tasks. Item labels number
// them in the order of learning, one by one or `samples_per_item` at a time. As the order is drawn, a
// set of images that share an item label is a random one of the task's, of any of its classes, which
// are learned in immediate succession: an episode. A kind of stream is one file and one line of the
// table in stream.cpp; item labels are the same for all.
// Thread  any; nothing changes once made.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/data/dataset.h"
#include "engine/spec/experiment.h"
#include "engine/spec/items.h"
#include "engine/spec/result.h"

namespace dentate::data {

struct TaskPlan {
  std::string transform_name;  // "rotated by 54°"
  // What is done to each image of the task; both of imageSize(), they do not overlap.
  std::function<void(std::span<const std::uint8_t> from, std::span<std::uint8_t> to)> transform;
  std::vector<std::int32_t> classes;  // whose images the task takes; empty: all
  bool own_labels = false;            // the category is the place in `classes`, not the class
};

struct StreamPlan {
  std::shared_ptr<const Dataset> dataset;
  spec::StreamSpec spec;
  std::vector<TaskPlan> tasks;  // [spec.tasks]
  std::int32_t categories = 0;  // labels of category are 0 to categories - 1
};

// The transform that leaves an image as it is.
void asItIs(std::span<const std::uint8_t> from, std::span<std::uint8_t> to);

// Checks that the dataset has enough images for every task, and that the test images fit in 4 GB.
[[nodiscard]] spec::Result<std::shared_ptr<const StreamPlan>> planStream(
    std::shared_ptr<const Dataset> dataset, const spec::StreamSpec& spec);
// The same with tasks of one's own.
[[nodiscard]] spec::Result<std::shared_ptr<const StreamPlan>> planStream(
    std::shared_ptr<const Dataset> dataset, const spec::StreamSpec& spec,
    std::vector<TaskPlan> tasks);

// The first `test_samples` of the dataset's test images (of the task's classes), the same for
// every seed.
class TestSets {
 public:
  // Transforms all of them at once: 16 MB and about 50 ms for 20 tasks of 1,000 digits.
  explicit TestSets(std::shared_ptr<const StreamPlan> plan);

  [[nodiscard]] std::size_t tasks() const { return images_.size(); }
  [[nodiscard]] std::size_t samples() const { return samples_; }  // of each task
  [[nodiscard]] std::size_t imageSize() const { return image_size_; }
  // [samples, imageSize] of a task.
  [[nodiscard]] std::span<const std::uint8_t> pixels(std::size_t task) const;
  // [samples], 0 to categories - 1.
  [[nodiscard]] std::span<const std::int32_t> categories(std::size_t task) const;

 private:
  std::size_t samples_ = 0, image_size_ = 0;
  std::vector<std::vector<std::uint8_t>> images_;      // by task
  std::vector<std::vector<std::int32_t>> categories_;  // by task
};

// One training image as one task shows it.
struct Sample {
  std::int32_t task = 0;
  std::int32_t image = 0;     // index in dataset.train
  std::int32_t category = 0;  // 0 to categories - 1
  std::int32_t place = 0;     // task * samples_per_task + place in the order of learning
  bool operator==(const Sample&) const = default;
};

class TaskStream {
 public:
  TaskStream(std::shared_ptr<const StreamPlan> plan, std::uint64_t seed);

  [[nodiscard]] std::size_t tasks() const { return plan_->tasks.size(); }
  [[nodiscard]] std::size_t imageSize() const { return image_size_; }
  [[nodiscard]] std::uint64_t seed() const { return seed_; }
  [[nodiscard]] const StreamPlan& plan() const { return *plan_; }
  [[nodiscard]] const std::string& transformName(std::size_t task) const;
  // [samples_per_task], drawn without replacement from the training images; first learned first.
  [[nodiscard]] std::span<const Sample> samples(std::size_t task) const;
  // The one at its place in the stream.
  [[nodiscard]] const Sample& sample(std::int32_t place) const;
  // Its item label, 0 to spec::streamItems() - 1.
  [[nodiscard]] std::int32_t item(const Sample& sample) const {
    return static_cast<std::int32_t>(spec::itemAt(plan_->spec, sample.place));
  }
  // The transformed image into `to`, [imageSize]. A copy where the stream's images take at
  // most 64 MB (4,000 digits take 3), else transformed at each call (2 µs a digit).
  void pixels(const Sample& sample, std::span<std::uint8_t> to) const;

 private:
  std::shared_ptr<const StreamPlan> plan_;
  std::uint64_t seed_ = 0;
  std::size_t image_size_ = 0;
  std::vector<Sample> samples_;       // [tasks, samples_per_task]; each stands at its place
  std::vector<std::uint8_t> images_;  // [samples, imageSize], or empty: too large to keep
};

// Every kind that can be planned, in the order of the table.
[[nodiscard]] std::span<const spec::StreamKind> streamKinds();

}  // namespace dentate::data
