#include "engine/run/caught.h"

#include <c10/util/Exception.h>

#include <exception>
#include <new>

namespace dentate::run {
namespace {

// The tensor library says so where the system gives it no memory.
bool isOutOfMemory(const std::string& text) {
  return text.find("not enough memory") != std::string::npos ||
         text.find("allocate memory") != std::string::npos;
}

}  // namespace

spec::Error caughtError(const std::string& where) {
  using Kind = spec::Error::Kind;
  const std::string no_memory = "there is not enough memory; take fewer units, seeds or samples";
  try {
    throw;
  } catch (const c10::OutOfMemoryError&) {
    return {Kind::Resource, where,
            "the GPU has not enough memory; take fewer networks or units, or device=cpu"};
  } catch (const c10::Error& refused) {
    const std::string text = refused.what_without_backtrace();
    if (isOutOfMemory(text)) return {Kind::Resource, where, no_memory};
    return {Kind::Numeric, where, text};
  } catch (const std::bad_alloc&) {
    return {Kind::Resource, where, no_memory};
  } catch (const std::exception& other) {
    return {Kind::Resource, where, other.what()};
  }
}

}  // namespace dentate::run
