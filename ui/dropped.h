// What a file or folder is that was dropped onto the window, and so what becomes of it. Reads the
// names of files, and of a picture its first bytes; changes nothing.
//
// A further kind is a value here and a line of the table in dropped.cpp.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "engine/spec/result.h"

namespace dentate::ui {

enum class Dropped {
  Experiment,  // is opened
  Picture,     // becomes the stimulus of the units
  SavedRun,    // is opened beside the runs
  // Become the data of the draft.
  IdxFolder,
  Cifar10,
  Cifar100,
  Omniglot,
  ImageFolder,
};

// Refuses everything else, and says what can be dropped.
[[nodiscard]] spec::Result<Dropped> whatIsDropped(const std::filesystem::path& path);

// That of several only the first is taken, with the names of the others; empty where there are none.
[[nodiscard]] std::string notTaken(const std::vector<std::filesystem::path>& paths);

}  // namespace dentate::ui
