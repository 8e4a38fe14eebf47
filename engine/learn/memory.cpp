#include "engine/learn/memory.h"

#include <algorithm>
#include <utility>

#include "engine/spec/corrections.h"

namespace dentate::learn {

ReplayMemory::ReplayMemory(const spec::RuleSpec& rule, data::Random random)
    : capacity_(rule.memory),
      index_as_published_(spec::reservoirAsPublished(rule)),
      old_as_published_(spec::oldMemoryAsPublished(rule)),
      random_(std::move(random)) {}

void ReplayMemory::restore(State state) {
  random_ = std::move(state.random);
  age_ = state.age;
  held_ = std::move(state.held);
  earlier_ = std::move(state.earlier);
}

void ReplayMemory::beginTask() {
  if (!old_as_published_) earlier_ = held_;
}

std::vector<data::Sample> ReplayMemory::draw(std::int64_t count) {
  const auto& from = old_as_published_ ? held_ : earlier_;
  const auto size = from.size();
  std::vector<data::Sample> drawn;
  for (std::size_t i = 0; i < std::min(static_cast<std::size_t>(count), size); ++i)
    drawn.push_back(from[random_.below(size)]);
  return drawn;
}

void ReplayMemory::offer(const data::Sample& sample) {
  ++age_;
  if (held_.size() < static_cast<std::size_t>(capacity_)) {
    held_.push_back(sample);
    return;
  }
  const auto ages = static_cast<std::uint64_t>(age_) + (index_as_published_ ? 1 : 0);
  const auto place = random_.below(ages);
  if (place < held_.size()) held_[place] = sample;
}

}  // namespace dentate::learn
