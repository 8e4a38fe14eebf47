#include "engine/data/cifar.h"

#include <string>
#include <utility>
#include <vector>

#include "engine/data/gz_file.h"
#include "engine/data/tar_archive.h"
#include "engine/spec/spelling.h"

namespace dentate::data {
namespace {

namespace fs = std::filesystem;

constexpr std::int32_t kSide = 32, kChannels = 3;
constexpr std::size_t kImage = 3'072;
constexpr std::uint64_t kMostImages = 100'000;

struct Layout {
  std::string name, archive;
  std::vector<std::string_view> train;  // the first must be there
  std::string_view test;
  std::vector<std::int32_t> labels;  // of a record, how many there are of each; the last counts
  [[nodiscard]] std::size_t record() const { return labels.size() + kImage; }
};

spec::Status takeLabels(const Layout& layout, std::span<const std::uint8_t> record,
                        const std::string& place, ImageSet& to) {
  for (std::size_t l = 0; l < layout.labels.size(); ++l)
    if (record[l] >= layout.labels[l])
      return spec::Error{spec::Error::Kind::Data, place,
                         "has the label " + std::to_string(record[l]) + "; expected 0 to " +
                             std::to_string(layout.labels[l] - 1)};
  to.labels.push_back(record[layout.labels.size() - 1]);
  return std::nullopt;
}

spec::Status takeRecords(const Layout& layout, std::span<const std::uint8_t> content,
                         const std::string& place, ImageSet& to) {
  const auto size = layout.record();
  if (content.empty() || content.size() % size != 0)
    return spec::Error{spec::Error::Kind::Data, place,
                       "expected a whole number of images of " + std::to_string(size) +
                           " bytes each, there are " + std::to_string(content.size()) + " bytes"};
  const auto count = content.size() / size;
  to.labels.reserve(to.labels.size() + count);
  to.pixels.reserve(to.pixels.size() + count * kImage);
  for (std::size_t i = 0; i < count; ++i) {
    const auto record = content.subspan(i * size, size);
    if (auto failed = takeLabels(layout, record, place + ", image " + std::to_string(i + 1), to))
      return failed;
    const auto image = record.subspan(layout.labels.size());
    to.pixels.insert(to.pixels.end(), image.begin(), image.end());
  }
  return std::nullopt;
}

spec::Result<Dataset> load(const spec::DataSpec& spec, const Layout& layout) {
  const fs::path file(spec.path);
  if (spec.path.empty())
    return spec::Error{spec::Error::Kind::Data, "data.path",
                       "expected the archive " + layout.archive + "; it is empty"};
  if (std::error_code failed; !fs::exists(file, failed))
    return badFile(file, "no such file; `dentate fetch " + std::string(spec::spell(spec.dataset)) +
                             "` downloads " + layout.archive +
                             " into the folder data, and data.path names another place");
  TarRequest request{layout.train, kMostImages * layout.record(), layout.archive};
  request.names.push_back(layout.test);
  auto files = readTar(file, request);
  if (!files) return files.error();
  for (const auto name : {layout.train.front(), layout.test})
    if (files->count(std::string(name)) == 0)
      return badFile(file, "there is no " + std::string(name) + " in it; expected the archive " +
                               layout.archive);
  Dataset dataset;
  dataset.classes = layout.labels.back();
  dataset.train.width = dataset.train.height = kSide;
  dataset.train.channels = kChannels;
  dataset.test = dataset.train;
  const auto take = [&](std::string_view name, ImageSet& to) -> spec::Status {
    auto content = files->extract(std::string(name));
    if (content.empty()) return std::nullopt;
    return takeRecords(layout, content.mapped(), file.string() + ", " + std::string(name), to);
  };
  for (const auto name : layout.train)
    if (auto failed = take(name, dataset.train)) return *failed;
  if (auto failed = take(layout.test, dataset.test)) return *failed;
  dataset.name = layout.name + ", " + std::to_string(dataset.train.count()) + " images";
  return dataset;
}

}  // namespace

spec::Result<Dataset> loadCifar10(const spec::DataSpec& spec, const fs::path& /*assets_dir*/) {
  return load(spec, {"CIFAR-10",
                     "cifar-10-binary.tar.gz",
                     {"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin",
                      "data_batch_4.bin", "data_batch_5.bin"},
                     "test_batch.bin",
                     {10}});
}

spec::Result<Dataset> loadCifar100(const spec::DataSpec& spec, const fs::path& /*assets_dir*/) {
  return load(spec, {"CIFAR-100", "cifar-100-binary.tar.gz", {"train.bin"}, "test.bin", {20, 100}});
}

}  // namespace dentate::data
