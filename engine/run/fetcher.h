// Fetches a dataset on a thread of its own, so that neither the run nor the window waits for it.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "engine/link/command.h"
#include "engine/link/snapshot.h"

namespace dentate::run {

class Fetcher {
 public:
  // `told` is called by that thread where there is something new, 20 times a second at most and at
  // the end; it must not block.
  explicit Fetcher(std::function<void()> told) : told_(std::move(told)) {}
  // Stops, within a second.
  ~Fetcher() = default;
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  // One at a time.
  [[nodiscard]] spec::Status begin(const link::Fetch& fetch);
  void stop() { thread_.request_stop(); }
  // Whether there is something new since this was asked last.
  [[nodiscard]] bool takeNews() { return news_.exchange(false); }
  [[nodiscard]] std::optional<link::FetchView> view() const;

 private:
  void work(const link::Fetch& fetch, const std::stop_token& stop);
  void tell();

  std::function<void()> told_;
  std::atomic<bool> news_{false};
  mutable std::mutex mutex_;  // guards view_
  std::optional<link::FetchView> view_;
  std::jthread thread_;  // the last member: ended first
};

}  // namespace dentate::run
