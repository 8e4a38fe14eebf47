// Item labels of a stream: which very image it is, or of which set of images.
//
// They number the training images in the order of learning. With a set of n images to a label the
// first n that a task learns are its first set, the next n its second; what is left over at the end
// of the task is a smaller set. A set never spans two tasks, whatever tells the tasks apart. With
// n = 1 every image has a label of its own.
#pragma once
#include <cstdint>

#include "engine/spec/experiment.h"

namespace dentate::spec {

// Training images of the whole stream.
[[nodiscard]] inline std::int64_t streamSamples(const StreamSpec& s) {
  return s.tasks * s.samples_per_task;
}
[[nodiscard]] inline std::int64_t itemsPerTask(const StreamSpec& s) {
  return (s.samples_per_task + s.samples_per_item - 1) / s.samples_per_item;
}
// How many item labels there are.
[[nodiscard]] inline std::int64_t streamItems(const StreamSpec& s) {
  return s.tasks * itemsPerTask(s);
}
// The item label of the image that is learned in that place of the stream, both from 0.
[[nodiscard]] inline std::int64_t itemAt(const StreamSpec& s, std::int64_t place) {
  return place / s.samples_per_task * itemsPerTask(s) +
         place % s.samples_per_task / s.samples_per_item;
}

}  // namespace dentate::spec
