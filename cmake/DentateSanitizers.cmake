# DENTATE_SANITIZER builds everything of ours with a sanitizer; the presets asan, tsan and fuzz set it.
# DENTATE_TEST_ENVIRONMENT is what the tests need to run then. The libraries are not instrumented;
# tests/sanitizers/ holds what is silenced because of that.
set(DENTATE_SANITIZER "" CACHE STRING "asan (address, leak, undefined), tsan (thread) or fuzz (clang: asan, for libFuzzer)")
set_property(CACHE DENTATE_SANITIZER PROPERTY STRINGS "" asan tsan fuzz)

set(suppressions ${PROJECT_SOURCE_DIR}/tests/sanitizers)
# One OpenMP thread, as in the program: tests run side by side, and under tsan libgomp's futexes
# would not be seen.
set(DENTATE_TEST_ENVIRONMENT OMP_NUM_THREADS=1)
if(DENTATE_SANITIZER STREQUAL "asan")
  set(flags -fsanitize=address,undefined -fno-sanitize-recover=undefined)
  list(APPEND DENTATE_TEST_ENVIRONMENT
    ASAN_OPTIONS=detect_stack_use_after_return=1:strict_init_order=1
    LSAN_OPTIONS=suppressions=${suppressions}/lsan.supp:print_suppressions=0
    UBSAN_OPTIONS=print_stacktrace=1)
elseif(DENTATE_SANITIZER STREQUAL "tsan")
  set(flags -fsanitize=thread)
  list(APPEND DENTATE_TEST_ENVIRONMENT
    TSAN_OPTIONS=suppressions=${suppressions}/tsan.supp:second_deadlock_stack=1)
elseif(DENTATE_SANITIZER STREQUAL "fuzz")
  set(flags -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined)
elseif(DENTATE_SANITIZER)
  message(FATAL_ERROR "DENTATE_SANITIZER is asan, tsan or fuzz, not ${DENTATE_SANITIZER}")
endif()

if(DENTATE_SANITIZER)
  add_compile_options(${flags})
  add_link_options(${flags})
endif()
