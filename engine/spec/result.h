// A value, or the error that stands in its place.
//
// Errors that a person can act on travel as values and are shown or passed on, once. A mistake in
// the program itself is not an Error: DENTATE_CHECK stops it (engine/spec/check.h).
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "engine/spec/check.h"

namespace dentate::spec {

struct Error {
  enum class Kind {
    Usage,      // a wrong command, option or value on the command line
    Config,     // an experiment that cannot be: file, key, value, or the graph as a whole
    Data,       // a dataset that cannot be read
    Recording,  // a recording that cannot be replayed
    Io,         // the disk: missing, unreadable, full
    Numeric,    // a number left the finite range, or the tensor library refused
    Resource,   // more memory than there is
  };
  Kind kind = Kind::Usage;
  std::string where;  // file, line and key path, or the control; may be empty
  std::string what;   // what is wrong, what would be right; variable part last

  // "where: what", or "what" where no place is known.
  [[nodiscard]] std::string text() const { return where.empty() ? what : where + ": " + what; }
  bool operator==(const Error&) const = default;
};

template <class T>
class [[nodiscard]] Result {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): a function returns its value as it is
  Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
  // NOLINTNEXTLINE(google-explicit-constructor): or its error
  Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool ok() const { return held_.index() == 0; }
  explicit operator bool() const { return ok(); }

  [[nodiscard]] const T& value() const& { return check(), *std::get_if<0>(&held_); }
  [[nodiscard]] T& value() & { return check(), *std::get_if<0>(&held_); }
  [[nodiscard]] T&& value() && { return check(), std::move(*std::get_if<0>(&held_)); }
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

  [[nodiscard]] const Error& error() const {
    DENTATE_CHECK(!ok());
    return *std::get_if<1>(&held_);
  }

 private:
  void check() const { DENTATE_CHECK(ok()); }
  std::variant<T, Error> held_;
};

// The result of an action that gives nothing back: an error, or none.
using Status = std::optional<Error>;

}  // namespace dentate::spec
