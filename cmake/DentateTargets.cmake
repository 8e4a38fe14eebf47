# What a folder's CMakeLists.txt calls.
find_package(GTest 1.12 REQUIRED)
include(GoogleTest)

# Warnings of our own code are errors; link it PRIVATE, so that they never reach another's code.
add_library(dentate_warnings INTERFACE)
target_compile_options(dentate_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
  -Wno-restrict)  # GCC 12 sees an overlap in `"text" + std::string` that is not there
if(DENTATE_SANITIZER STREQUAL "fuzz")
  target_compile_options(dentate_warnings INTERFACE -Wno-error)  # clang's are others
elseif(DENTATE_SANITIZER)
  # The instrumentation hides assignments from this one.
  target_compile_options(dentate_warnings INTERFACE -Wno-error=maybe-uninitialized)
endif()

# dentate_add_module(<name> SOURCES <file>... [PUBLIC <target>...] [PRIVATE <target>...])
# A static library dentate_<name> with includes from the root. PUBLIC are the targets that its
# headers include, PRIVATE those that only its sources do.
function(dentate_add_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;PUBLIC;PRIVATE")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "dentate_add_module(${name}): unexpected ${arg_UNPARSED_ARGUMENTS}")
  endif()
  add_library(dentate_${name} STATIC ${arg_SOURCES})
  target_include_directories(dentate_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(dentate_${name}
    PUBLIC ${arg_PUBLIC}
    PRIVATE ${arg_PRIVATE} dentate_warnings)
endfunction()

# dentate_add_tests(<target> SOURCES <file>... LINKS <target>... LABEL <label> [TIMEOUT <seconds>]
#   [SERIAL <test>...])
# A GoogleTest program whose tests are ctest's, each with the label (unit, recording, gui, cli or
# slow) and run from the repository's root. One that links dentate_gui_test gets the GUI library
# with the test engine in place of the plain one. TIMEOUT is that of one test, 60 s if not given; SERIAL ones
# have the machine to themselves.
function(dentate_add_tests target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "LABEL;TIMEOUT" "SOURCES;LINKS;SERIAL")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "dentate_add_tests(${target}): unexpected ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT arg_LABEL MATCHES "^(unit|recording|gui|cli|slow)$")
    message(FATAL_ERROR
      "dentate_add_tests(${target}): LABEL is unit, recording, gui, cli or slow, not ${arg_LABEL}")
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 60)
  endif()
  add_executable(${target} ${arg_SOURCES})
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${target} PRIVATE ${arg_LINKS} GTest::gtest_main dentate_warnings)
  # A third of the time that compiling takes; what is tested keeps its own.
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
  if("dentate_gui_test" IN_LIST arg_LINKS)
    set_target_properties(${target} PROPERTIES DENTATE_GUI_TEST ON)
  endif()
  if(DENTATE_SANITIZER STREQUAL "asan")
    target_sources(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests/sanitizers/keep_modules.cpp)
  endif()
  gtest_discover_tests(${target}
    DISCOVERY_MODE PRE_TEST
    DISCOVERY_TIMEOUT 60
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    PROPERTIES LABELS ${arg_LABEL} TIMEOUT ${arg_TIMEOUT})
  # PROPERTIES above takes no list and is the same for all; ctest reads this after the discovery.
  set(script ${CMAKE_CURRENT_BINARY_DIR}/${target}_properties.cmake)
  file(WRITE ${script} "")
  if(DENTATE_TEST_ENVIRONMENT)
    file(APPEND ${script}
      "set_tests_properties(\${${target}_TESTS} PROPERTIES ENVIRONMENT "
      "\"${DENTATE_TEST_ENVIRONMENT}\")\n")
  endif()
  if(arg_SERIAL)
    file(APPEND ${script} "set_tests_properties(${arg_SERIAL} PROPERTIES RUN_SERIAL ON)\n")
  endif()
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${script})
endfunction()
