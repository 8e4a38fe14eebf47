// Notices and errors of this sitting, with time and place; what the Log panel lists.
#pragma once
#include <chrono>
#include <cstdint>
#include <deque>
#include <string>

#include "engine/spec/result.h"

namespace dentate::ui {

struct LogEntry {
  enum class Kind { Notice, Error };
  std::chrono::system_clock::time_point time;
  Kind kind = Kind::Notice;
  std::string where, what;
  std::uint32_t times = 1;  // the same again, directly after
};

class LogBook {
 public:
  static constexpr std::size_t kMostEntries = 1000;  // older ones are forgotten
  void notice(std::string where, std::string what);
  void error(const spec::Error& error);
  [[nodiscard]] const std::deque<LogEntry>& entries() const { return entries_; }
  [[nodiscard]] std::size_t unreadErrors() const { return unread_errors_; }
  void markRead() { unread_errors_ = 0; }

 private:
  void add(LogEntry entry);
  std::deque<LogEntry> entries_;
  std::size_t unread_errors_ = 0;
};

}  // namespace dentate::ui
