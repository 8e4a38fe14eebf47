#include "ui/log_book.h"

#include <utility>

namespace dentate::ui {

void LogBook::notice(std::string where, std::string what) {
  add({std::chrono::system_clock::now(), LogEntry::Kind::Notice, std::move(where), std::move(what)});
}

void LogBook::error(const spec::Error& error) {
  ++unread_errors_;
  add({std::chrono::system_clock::now(), LogEntry::Kind::Error, error.where, error.what});
}

void LogBook::add(LogEntry entry) {
  if (!entries_.empty()) {
    LogEntry& last = entries_.back();
    if (last.kind == entry.kind && last.where == entry.where && last.what == entry.what) {
      ++last.times;
      last.time = entry.time;
      return;
    }
  }
  entries_.push_back(std::move(entry));
  if (entries_.size() > kMostEntries) entries_.pop_front();
}

}  // namespace dentate::ui
