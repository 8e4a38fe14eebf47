# The libraries, each as one target with its headers as system headers:
#   dentate_torch     LibTorch: torch_cpu and c10
#   dentate_gui       Dear ImGui (GLFW, OpenGL 3), ImPlot, imgui-node-editor
#   dentate_gui_test  the same with Dear ImGui Test Engine; for tests, see dentate_add_tests
#   dentate_cairo  dentate_json  dentate_stb  dentate_zlib  dentate_sqlite
#   dentate_archive  dentate_curl  dentate_crypto
#   dentate_cli11
# LibTorch and the GUI libraries lie in the cache that scripts/setup fills.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

if(DEFINED ENV{XDG_CACHE_HOME})
  set(DENTATE_CACHE $ENV{XDG_CACHE_HOME}/dentate)
else()
  set(DENTATE_CACHE $ENV{HOME}/.cache/dentate)
endif()

# Sets `variable` to the version of a package pinned in scripts/requirements-<file>.txt.
function(pinned_version variable file package)
  set(path ${PROJECT_SOURCE_DIR}/scripts/requirements-${file}.txt)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
  file(STRINGS ${path} line REGEX "^${package}==")
  string(REGEX REPLACE "^${package}==([^ ]*).*" "\\1" version "${line}")
  set(${variable} ${version} PARENT_SCOPE)
endfunction()

function(require_in_cache path)
  if(NOT EXISTS ${path})
    message(FATAL_ERROR "${path} is missing: run scripts/setup")
  endif()
endfunction()

# LibTorch. The wheel's own CMake package insists on a CUDA toolkit.
pinned_version(torch_version torch torch)
set(torch_root ${DENTATE_CACHE}/torch-${torch_version}-cuda)
if(NOT EXISTS ${torch_root})
  set(torch_root ${DENTATE_CACHE}/torch-${torch_version}-cpu)
endif()
require_in_cache(${torch_root})
message(STATUS "LibTorch: ${torch_root}")

foreach(library torch_cpu c10)
  add_library(${library} SHARED IMPORTED)
  set_target_properties(${library} PROPERTIES
    IMPORTED_LOCATION ${torch_root}/torch/lib/lib${library}.so)
endforeach()
add_library(dentate_torch INTERFACE)
target_include_directories(dentate_torch SYSTEM INTERFACE
  ${torch_root}/torch/include ${torch_root}/torch/include/torch/csrc/api/include)
target_link_libraries(dentate_torch INTERFACE torch_cpu c10 Threads::Threads)

# The GUI libraries, under the key that scripts/setup computes in the same way.
pinned_version(gui_version gui imgui-bundle)
set(gui_recipe ${PROJECT_SOURCE_DIR}/cmake/gui)
set_property(DIRECTORY APPEND PROPERTY
  CMAKE_CONFIGURE_DEPENDS ${gui_recipe}/CMakeLists.txt ${gui_recipe}/imgui_config.h)
file(READ ${gui_recipe}/CMakeLists.txt gui_key)
file(READ ${gui_recipe}/imgui_config.h gui_config)
string(SHA256 gui_key "${gui_key}${gui_config}")
string(SUBSTRING ${gui_key} 0 12 gui_key)
set(gui_source ${DENTATE_CACHE}/imgui-bundle-${gui_version})
set(gui_lib ${DENTATE_CACHE}/gui-${gui_version}-gcc${CMAKE_CXX_COMPILER_VERSION}-${gui_key}/lib)
require_in_cache(${gui_source})
if(NOT DENTATE_SANITIZER STREQUAL "fuzz")  # there is no window in a fuzzer
  require_in_cache(${gui_lib})
endif()

find_package(glfw3 3.3 REQUIRED)
find_package(OpenGL REQUIRED)

foreach(variant imgui imgui_test)
  add_library(dentate_${variant} STATIC IMPORTED)
  set_target_properties(dentate_${variant} PROPERTIES
    IMPORTED_LOCATION ${gui_lib}/libdentate_${variant}.a)
  target_link_libraries(dentate_${variant} INTERFACE
    glfw OpenGL::GL Threads::Threads ${CMAKE_DL_LIBS})
endforeach()

# `ui` is compiled once and links dentate_gui; the program that is linked says by its property
# DENTATE_GUI_TEST which of the two libraries stands behind it.
set(use_test_library "$<BOOL:$<TARGET_PROPERTY:DENTATE_GUI_TEST>>")
add_library(dentate_gui INTERFACE)
target_include_directories(dentate_gui SYSTEM INTERFACE
  ${gui_recipe}
  ${gui_source}/imgui/imgui
  ${gui_source}/imgui/imgui/backends
  ${gui_source}/imgui/imgui/misc/cpp
  ${gui_source}/implot/implot
  ${gui_source}/imgui-node-editor/imgui-node-editor)
target_compile_definitions(dentate_gui INTERFACE IMGUI_USER_CONFIG="imgui_config.h")
target_link_libraries(dentate_gui INTERFACE
  "$<IF:${use_test_library},dentate_imgui_test,dentate_imgui>")

add_library(dentate_gui_test INTERFACE)
target_include_directories(dentate_gui_test SYSTEM INTERFACE
  ${gui_source}/imgui_test_engine/imgui_test_engine/imgui_test_engine)
target_compile_definitions(dentate_gui_test INTERFACE DENTATE_GUI_TEST)
target_link_libraries(dentate_gui_test INTERFACE dentate_gui)

# From Debian.
pkg_check_modules(cairo REQUIRED IMPORTED_TARGET cairo)
add_library(dentate_cairo INTERFACE)
target_link_libraries(dentate_cairo INTERFACE PkgConfig::cairo)

find_package(nlohmann_json 3.11 REQUIRED)
add_library(dentate_json INTERFACE)
target_link_libraries(dentate_json INTERFACE nlohmann_json::nlohmann_json)

pkg_check_modules(stb REQUIRED IMPORTED_TARGET stb)
add_library(dentate_stb INTERFACE)
target_link_libraries(dentate_stb INTERFACE PkgConfig::stb)

find_package(ZLIB REQUIRED)
add_library(dentate_zlib INTERFACE)
target_link_libraries(dentate_zlib INTERFACE ZLIB::ZLIB)

find_package(LibArchive 3.6 REQUIRED)
add_library(dentate_archive INTERFACE)
target_link_libraries(dentate_archive INTERFACE LibArchive::LibArchive)

find_package(CURL 7.85 REQUIRED)
add_library(dentate_curl INTERFACE)
target_link_libraries(dentate_curl INTERFACE CURL::libcurl)

find_package(OpenSSL 3.0 REQUIRED)
add_library(dentate_crypto INTERFACE)
target_link_libraries(dentate_crypto INTERFACE OpenSSL::Crypto)

find_package(SQLite3 3.34 REQUIRED)
add_library(dentate_sqlite INTERFACE)
target_link_libraries(dentate_sqlite INTERFACE SQLite::SQLite3)

find_package(CLI11 2.1 REQUIRED)
add_library(dentate_cli11 INTERFACE)
target_link_libraries(dentate_cli11 INTERFACE CLI11::CLI11)
