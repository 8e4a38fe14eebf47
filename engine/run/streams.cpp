#include "engine/run/streams.h"

namespace dentate::run {
namespace {

constexpr std::size_t kKept = 16;  // seeds

}  // namespace

std::shared_ptr<const data::TaskStream> Streams::of(std::uint64_t seed) {
  const std::lock_guard hold(mutex_);
  auto& known = by_seed_[seed];
  if (auto stream = known.lock()) return stream;
  const auto stream = std::make_shared<const data::TaskStream>(plan_, seed);
  known = stream;
  last_.push_back(stream);
  if (last_.size() > kKept) last_.pop_front();
  return stream;
}

}  // namespace dentate::run
