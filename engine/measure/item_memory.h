// Item accuracy of the samples that the replay memory holds, beside that of the others.
//
// Whole numbers, so that tests of several tasks add up: the accuracy over them is over all samples,
// not a mean of tasks. Both come from one test, in which every training sample of a task is shown.
// A sample counts by itself: where several share an item label, one that the memory does not hold is
// outside, though it may hold others of its set.
// Source the item memory of the published network sits almost wholly in its replay memory (design,
//        section 13).
#pragma once
#include <cstdint>

namespace dentate::measure {

struct ItemMemory {
  std::int64_t held = 0, held_right = 0;        // in the replay memory
  std::int64_t outside = 0, outside_right = 0;  // not in it

  void add(const ItemMemory& other) {
    held += other.held;
    held_right += other.held_right;
    outside += other.outside;
    outside_right += other.outside_right;
  }
  // Shares right; -1 where there is no such sample.
  [[nodiscard]] double inMemory() const { return share(held_right, held); }
  [[nodiscard]] double outsideMemory() const { return share(outside_right, outside); }
  bool operator==(const ItemMemory&) const = default;

 private:
  [[nodiscard]] static double share(std::int64_t right, std::int64_t of) {
    return of > 0 ? static_cast<double>(right) / static_cast<double>(of) : -1;
  }
};

}  // namespace dentate::measure
