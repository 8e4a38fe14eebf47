// Small files that appear whole or not at all. Internal to engine/run.
#pragma once
#include <filesystem>
#include <string>

#include "engine/spec/result.h"

namespace dentate::run {

[[nodiscard]] spec::Error cannotWrite(const std::filesystem::path& file, const std::string& why);

// In place of what was there. Refuses a folder that cannot be written, or a full disk.
[[nodiscard]] spec::Status writeWhole(const std::filesystem::path& file, const std::string& text);

}  // namespace dentate::run
