#include "engine/run/pool.h"

#include <algorithm>

namespace dentate::run {

Pool::Pool(std::size_t threads) {
  for (std::size_t thread = 1; thread < std::max<std::size_t>(threads, 1); ++thread)
    threads_.emplace_back([this, thread] { serve(thread); });
}

Pool::~Pool() {
  const std::lock_guard hold(mutex_);
  closing_ = true;
  called_.notify_all();
}  // threads_ is destroyed first, and joins

void Pool::run(const std::function<void(std::size_t)>& job) {
  {
    const std::lock_guard hold(mutex_);
    job_ = &job;
    at_work_ = threads_.size();
    ++calls_;
  }
  called_.notify_all();
  job(0);
  std::unique_lock hold(mutex_);
  ended_.wait(hold, [this] { return at_work_ == 0; });
}

void Pool::serve(std::size_t thread) {
  std::unique_lock hold(mutex_);
  for (std::uint64_t answered = 0;; answered = calls_) {
    called_.wait(hold, [&] { return closing_ || calls_ != answered; });
    if (closing_) return;
    const auto& job = *job_;
    hold.unlock();
    job(thread);
    hold.lock();
    if (--at_work_ == 0) ended_.notify_one();
  }
}

}  // namespace dentate::run
