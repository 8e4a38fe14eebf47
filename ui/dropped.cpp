#include "ui/dropped.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <string_view>
#include <system_error>

#include "ui/saved_runs.h"

namespace dentate::ui {
namespace {

namespace fs = std::filesystem;
using namespace std::string_view_literals;

constexpr std::array kIdxFiles{"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                               "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"};

bool isFile(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

std::string lowered(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

bool isExperiment(const fs::path& path) {
  return isFile(path) && lowered(path.extension().string()) == ".json";
}

// The content decides, not the ending of the name.
bool isPicture(const fs::path& path) {
  if (!isFile(path)) return false;
  std::array<char, 8> first{};
  std::ifstream in(path, std::ios::binary);
  in.read(first.data(), first.size());
  const std::string_view read(first.data(), static_cast<std::size_t>(in.gcount()));
  return read.starts_with("\x89PNG\r\n\x1a\n"sv) || read.starts_with("\xff\xd8\xff"sv);
}

bool hasIdx(const fs::path& folder, const char* name) {
  return isFile(folder / name) || isFile(folder / (std::string(name) + ".gz"));
}

bool isIdxFolder(const fs::path& path) {
  return std::all_of(kIdxFiles.begin(), kIdxFiles.end(),
                     [&](const char* name) { return hasIdx(path, name); });
}

// Of the official archives both the name and the layout say which it is; the name is enough here.
bool isCifar(const fs::path& path, std::string_view name) {
  const auto own = lowered(path.filename().string());
  return isFile(path) && own.starts_with(std::string(name) + "-") &&
         (own.ends_with(".tar.gz") || own.ends_with(".tgz") || own.ends_with(".tar"));
}

bool isCifar10(const fs::path& path) { return isCifar(path, "cifar-10"); }
bool isCifar100(const fs::path& path) { return isCifar(path, "cifar-100"); }

bool isOmniglotArchive(const fs::path& path) {
  const auto own = lowered(path.filename().string());
  const bool named = own.find("omniglot") != std::string::npos ||
                     own.starts_with("images_background") || own.starts_with("images_evaluation");
  return isFile(path) && named && own.ends_with(".zip");
}

bool isOmniglot(const fs::path& path) {
  return isOmniglotArchive(path) || isFile(path / "images_background.zip") ||
         isFile(path / "images_evaluation.zip");
}

// A folder of which a subfolder, or a subfolder's, holds a picture.
bool holdsPictures(const fs::path& folder, int depth) {
  std::error_code failed;
  for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end;
       entry.increment(failed)) {
    std::error_code ignored;
    if (depth > 0 && entry->is_directory(ignored)) {
      if (holdsPictures(entry->path(), depth - 1)) return true;
    } else if (depth < 2 && isPicture(entry->path())) {
      return true;
    }
  }
  return false;
}

bool isImageFolder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored) && holdsPictures(path, 2);
}

struct Kind {
  Dropped kind;
  const char* words;
  bool (*is)(const fs::path& path);
};

constexpr std::array kKinds{
    Kind{Dropped::Experiment, "an experiment (.json)", isExperiment},
    Kind{Dropped::Picture, "a picture (PNG or JPEG)", isPicture},
    Kind{Dropped::SavedRun, "the folder of a saved run", isSavedRun},
    Kind{Dropped::IdxFolder, "a folder with the four IDX files of a dataset", isIdxFolder},
    Kind{Dropped::Cifar10, "cifar-10-binary.tar.gz", isCifar10},
    Kind{Dropped::Cifar100, "cifar-100-binary.tar.gz", isCifar100},
    Kind{Dropped::Omniglot, "images_background.zip or images_evaluation.zip", isOmniglot},
    Kind{Dropped::ImageFolder, "a folder with a subfolder of pictures for each class",
         isImageFolder},
};

std::string whatCanBe() {
  std::string words;
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    if (i > 0) words += i + 1 < kKinds.size() ? ", " : " or ";
    words += kKinds[i].words;
  }
  return words;
}

// The IDX file that a folder lacks which has others of the four; empty where there is none.
std::string missingIdx(const fs::path& folder) {
  std::string missing;
  bool any = false;
  for (const char* name : kIdxFiles) {
    const bool has = hasIdx(folder, name);
    any |= has;
    if (!has && missing.empty()) missing = name;
  }
  return any ? missing : "";
}

}  // namespace

spec::Result<Dropped> whatIsDropped(const fs::path& path) {
  for (const Kind& kind : kKinds)
    if (kind.is(path)) return kind.kind;
  const std::string missing = missingIdx(path);
  const std::string why = missing.empty() ? "" : "the folder lacks " + missing + "; ";
  return spec::Error{spec::Error::Kind::Usage, path.string(),
                     why + "drop " + whatCanBe() + " here"};
}

std::string notTaken(const std::vector<fs::path>& paths) {
  if (paths.size() < 2) return "";
  std::string names;
  for (std::size_t i = 1; i < paths.size(); ++i)
    names += (i > 1 ? ", " : "") + paths[i].filename().string();
  return "one at a time: " + paths.front().filename().string() + " is taken, not " + names;
}

}  // namespace dentate::ui
