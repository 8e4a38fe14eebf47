// The task streams of the seeds at work: one for all replicas that learn the same one.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "engine/data/stream.h"

namespace dentate::run {

class Streams {
 public:
  explicit Streams(std::shared_ptr<const data::StreamPlan> plan) : plan_(std::move(plan)) {}
  // Makes it (10 ms for 4,000 digits) unless a replica has it in use, or it is among the last few.
  // Any thread; a second caller waits.
  [[nodiscard]] std::shared_ptr<const data::TaskStream> of(std::uint64_t seed);

 private:
  using Stream = std::shared_ptr<const data::TaskStream>;
  std::shared_ptr<const data::StreamPlan> plan_;
  std::mutex mutex_;  // guards all below
  std::map<std::uint64_t, std::weak_ptr<const data::TaskStream>> by_seed_;
  std::deque<Stream> last_;  // made; kept for the next replica of the seed
};

}  // namespace dentate::run
