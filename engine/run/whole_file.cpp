#include "engine/run/whole_file.h"

#include <fstream>

namespace dentate::run {

namespace fs = std::filesystem;

spec::Error cannotWrite(const fs::path& file, const std::string& why) {
  return {spec::Error::Kind::Io, file.string(), "cannot be written: " + why};
}

spec::Status writeWhole(const fs::path& file, const std::string& text) {
  const fs::path part = file.string() + ".part";
  {
    std::ofstream out(part, std::ios::binary);
    out << text;
    out.flush();
    if (!out) {
      std::error_code ignored;
      fs::remove(part, ignored);
      return cannotWrite(file, "no permission, or the disk is full");
    }
  }
  std::error_code bad;
  fs::rename(part, file, bad);
  if (bad) return cannotWrite(file, bad.message());
  return {};
}

}  // namespace dentate::run
