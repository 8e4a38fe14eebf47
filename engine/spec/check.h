// DENTATE_CHECK(condition): stops the program where it contradicts itself.
//
// For mistakes of ours only; what a person can cause is a spec::Result. Active in every build.
#pragma once
#include <cstdio>
#include <cstdlib>

namespace dentate::spec {

[[noreturn]] inline void stopAt(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "dentate: internal error: %s does not hold at %s:%d\n", condition, file,
               line);
  std::abort();
}

}  // namespace dentate::spec

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage): the text of the condition is wanted
#define DENTATE_CHECK(condition) \
  ((condition) ? void() : ::dentate::spec::stopAt(#condition, __FILE__, __LINE__))
