#include "engine/data/image_folder.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <string>
#include <system_error>
#include <utility>

#include "engine/data/gz_file.h"
#include "engine/data/picture.h"

namespace dentate::data {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostClasses = 1'000, kMostPictures = 200'000;
constexpr std::int32_t kMostSide = 1'024;
constexpr std::size_t kMostBytes = 4'000'000'000;
constexpr std::size_t kHeldOut = 5;  // every fifth tests

struct Picture {
  fs::path file;
  std::int32_t label = 0;
  PictureShape shape = {};
};

struct Pictures {
  std::vector<Picture> train, test;
  std::int32_t classes = 0;
};

bool isPicture(const fs::path& file) {
  std::string ending = file.extension().string();
  for (char& c : ending) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return ending == ".png" || ending == ".jpg" || ending == ".jpeg";
}

// What lies in a folder and is not hidden, in the order of names.
spec::Result<std::vector<fs::path>> entriesOf(const fs::path& folder, bool folders) {
  std::vector<fs::path> out;
  std::error_code failed;
  for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end;
       entry.increment(failed)) {
    std::error_code ignored;
    if (entry->path().filename().string().starts_with('.')) continue;
    if (folders ? entry->is_directory(ignored)
                : entry->is_regular_file(ignored) && isPicture(entry->path()))
      out.push_back(entry->path());
    if (out.size() > kMostPictures)
      return badFile(folder, "expected at most " + std::to_string(kMostPictures) + " pictures");
  }
  if (failed) return badFile(folder, "the folder cannot be read: " + failed.message());
  std::sort(out.begin(), out.end());
  return out;
}

using Classes = std::vector<std::pair<std::string, std::vector<fs::path>>>;

// The classes of a folder, by name, each with its pictures.
spec::Result<Classes> classesOf(const fs::path& folder) {
  const auto folders = entriesOf(folder, /*folders=*/true);
  if (!folders) return folders.error();
  if (folders->empty() || folders->size() > kMostClasses)
    return badFile(folder, "expected 1 to " + std::to_string(kMostClasses) +
                               " subfolders, one for each class, not " +
                               std::to_string(folders->size()));
  Classes out;
  for (const auto& one : *folders) {
    auto pictures = entriesOf(one, /*folders=*/false);
    if (!pictures) return pictures.error();
    if (pictures->empty()) return badFile(one, "expected pictures (.png, .jpg) of this class");
    out.emplace_back(one.filename().string(), std::move(*pictures));
  }
  return out;
}

bool isParted(const fs::path& folder) {
  const auto folders = entriesOf(folder, /*folders=*/true);
  return folders && folders->size() == 2 && (*folders)[0].filename() == "test" &&
         (*folders)[1].filename() == "train";
}

spec::Result<Pictures> partedPictures(const fs::path& folder) {
  const auto train = classesOf(folder / "train");
  if (!train) return train.error();
  const auto test = classesOf(folder / "test");
  if (!test) return test.error();
  Pictures out;
  out.classes = static_cast<std::int32_t>(train->size());
  std::map<std::string, std::int32_t> label_of;
  for (const auto& [name, files] : *train) {
    const auto label = label_of[name] = static_cast<std::int32_t>(label_of.size());
    for (const auto& file : files) out.train.push_back({file, label});
  }
  for (const auto& [name, files] : *test) {
    const auto label = label_of.find(name);
    if (label == label_of.end())
      return badFile(folder / "test" / name, "expected no class that train does not have");
    for (const auto& file : files) out.test.push_back({file, label->second});
  }
  return out;
}

spec::Result<Pictures> picturesOf(const fs::path& folder) {
  if (isParted(folder)) return partedPictures(folder);
  const auto classes = classesOf(folder);
  if (!classes) return classes.error();
  Pictures out;
  for (const auto& [name, files] : *classes) {
    for (std::size_t i = 0; i < files.size(); ++i)
      (i % kHeldOut == kHeldOut - 1 ? out.test : out.train).push_back({files[i], out.classes});
    ++out.classes;
  }
  if (out.test.empty())
    return badFile(folder, "expected at least one class of five pictures: every fifth tests");
  return out;
}

// The most common size; in colour if one picture is.
spec::Result<PictureShape> commonShape(Pictures& pictures) {
  std::map<std::pair<std::int32_t, std::int32_t>, std::size_t> seen;
  std::int32_t channels = 1;
  for (auto* set : {&pictures.train, &pictures.test})
    for (auto& picture : *set) {
      const auto shape = shapeOf(picture.file);
      if (!shape) return shape.error();
      picture.shape = *shape;
      ++seen[{shape->width, shape->height}];
      channels = std::max(channels, shape->channels);
    }
  const auto most = std::max_element(seen.begin(), seen.end(), [](const auto& a, const auto& b) {
    return a.second < b.second;  // the first of equals, which is the smallest
  });
  return PictureShape{most->first.first, most->first.second, channels};
}

spec::Result<ImageSet> imagesOf(const std::vector<Picture>& pictures, const PictureShape& shape) {
  ImageSet set{shape.width, shape.height, shape.channels, {}, {}};
  set.pixels.reserve(pictures.size() * set.imageSize());
  for (const auto& picture : pictures) {
    const auto image = readPicture(picture.file, shape);
    if (!image) return image.error();
    set.pixels.insert(set.pixels.end(), image->begin(), image->end());
    set.labels.push_back(picture.label);
  }
  return set;
}

}  // namespace

spec::Result<Dataset> loadImageFolder(const spec::DataSpec& spec, const fs::path& /*assets_dir*/) {
  if (spec.path.empty())
    return spec::Error{spec::Error::Kind::Data, "data.path",
                       "expected a folder with one subfolder a class; it is empty"};
  fs::path folder(spec.path);
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored))
    return badFile(folder, "no such folder; expected one with one subfolder a class");
  auto pictures = picturesOf(folder);
  if (!pictures) return pictures.error();
  const auto shape = commonShape(*pictures);
  if (!shape) return shape.error();
  if (shape->width > kMostSide || shape->height > kMostSide)
    return badFile(folder, "expected pictures of at most " + std::to_string(kMostSide) +
                               " pixels a side; most have " + std::to_string(shape->width) + " x " +
                               std::to_string(shape->height));
  const auto count = pictures->train.size() + pictures->test.size();
  const auto size = static_cast<std::size_t>(shape->channels) *
                    static_cast<std::size_t>(shape->width) *
                    static_cast<std::size_t>(shape->height);
  if (count > std::min(kMostPictures, kMostBytes / size))
    return badFile(folder, "expected at most 200,000 pictures and 4 GB of pixels, there are " +
                               std::to_string(count) + " pictures of " + std::to_string(size) +
                               " bytes");
  auto train = imagesOf(pictures->train, *shape);
  if (!train) return train.error();
  auto test = imagesOf(pictures->test, *shape);
  if (!test) return test.error();
  if (!folder.has_filename()) folder = folder.parent_path();
  return Dataset{std::move(*train), std::move(*test), pictures->classes,
                 folder.filename().string()};
}

}  // namespace dentate::data
