// The one place where a library's exception becomes a value. Internal to engine/run.
#pragma once
#include <string>
#include <utility>

#include "engine/spec/result.h"

namespace dentate::run {

// Within a catch clause: Numeric for a refusal of the tensor library, Resource for memory that is
// not to be had, and for whatever else was thrown.
[[nodiscard]] spec::Error caughtError(const std::string& where);

// What `action` gives, or the error of what it threw.
template <class Action>
auto guarded(const std::string& where, Action&& action) -> decltype(action()) {
  try {
    return std::forward<Action>(action)();
  } catch (...) {
    return caughtError(where);
  }
}

}  // namespace dentate::run
