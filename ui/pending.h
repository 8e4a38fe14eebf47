// A control's value while the run has not taken it in: from the first touch until
// Snapshot::applied reaches the ticket, the control shows the person's value.
#pragma once
#include <optional>
#include <utility>

#include "engine/link/command.h"

namespace dentate::ui {

template <class Value>
class Pending {
 public:
  // What to show: the person's value while it is pending, else that of the run.
  [[nodiscard]] Value shown(const Value& in_run, link::Ticket applied) {
    if (ticket_ && applied >= *ticket_) {
      value_.reset();
      ticket_.reset();
    }
    return value_.value_or(in_run);
  }
  void touch(Value value) {
    value_ = std::move(value);
    ticket_.reset();
  }
  void sent(Value value, link::Ticket ticket) {
    value_ = std::move(value);
    ticket_ = ticket;
  }
  [[nodiscard]] bool waiting() const { return value_.has_value(); }

 private:
  std::optional<Value> value_;
  std::optional<link::Ticket> ticket_;  // none while it is still being edited
};

}  // namespace dentate::ui
