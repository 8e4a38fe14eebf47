#include "engine/link/channel.h"

#include <chrono>

namespace dentate::link {

Ticket CommandQueue::put(Command command) {
  const std::lock_guard hold(mutex_);
  waiting_.push_back({++last_, std::move(command)});
  calling_ = true;
  arrived_.notify_one();
  return last_;
}

std::vector<Ticketed> CommandQueue::drain() {
  std::vector<Ticketed> out;
  const std::lock_guard hold(mutex_);
  out.swap(waiting_);
  calling_ = false;
  return out;
}

void CommandQueue::waitFor(double seconds) {
  std::unique_lock hold(mutex_);
  arrived_.wait_for(hold, std::chrono::duration<double>(seconds),
                    [this] { return woken_ || !waiting_.empty(); });
  woken_ = false;
}

void CommandQueue::wake() {
  const std::lock_guard hold(mutex_);
  woken_ = calling_ = true;
  arrived_.notify_one();
}

}  // namespace dentate::link
