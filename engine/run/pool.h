// Threads that do the same job together, and sleep in between.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace dentate::run {

class Pool {
 public:
  // The thread that calls run() is one of them: `threads` - 1 are made. At least 1.
  explicit Pool(std::size_t threads);
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  [[nodiscard]] std::size_t threads() const { return threads_.size() + 1; }
  // Calls `job` once on every thread, on this one too, with the number of the thread; returns when
  // all have ended. One caller at a time. `job` must not throw.
  void run(const std::function<void(std::size_t thread)>& job);

 private:
  void serve(std::size_t thread);

  std::mutex mutex_;  // guards all below but the threads
  std::condition_variable called_, ended_;
  const std::function<void(std::size_t)>* job_ = nullptr;
  std::uint64_t calls_ = 0;  // of run()
  std::size_t at_work_ = 0;  // threads that have not ended the job
  bool closing_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace dentate::run
