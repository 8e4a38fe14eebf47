#include "engine/data/dataset.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/data/cifar.h"
#include "engine/data/idx.h"
#include "engine/data/image_folder.h"
#include "engine/data/mnist_sheet.h"
#include "engine/data/omniglot.h"
#include "engine/spec/check.h"

namespace dentate::data {
namespace {

using spec::DatasetKind;

struct Loader {
  DatasetKind kind;
  spec::Result<Dataset> (*load)(const spec::DataSpec& spec, const std::filesystem::path& assets);
};

// The registry: one line a kind.
constexpr std::array kLoaders{
    Loader{DatasetKind::Mnist10k, loadMnistSheet}, Loader{DatasetKind::Idx, loadIdx},
    Loader{DatasetKind::Cifar10, loadCifar10},     Loader{DatasetKind::Cifar100, loadCifar100},
    Loader{DatasetKind::Omniglot, loadOmniglot},   Loader{DatasetKind::Images, loadImageFolder},
};

constexpr auto kKinds = [] {
  std::array<DatasetKind, kLoaders.size()> kinds{};
  for (std::size_t i = 0; i < kinds.size(); ++i) kinds[i] = kLoaders[i].kind;
  return kinds;
}();

constexpr bool eachKindOnce() {
  for (std::size_t i = 0; i < kKinds.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (kKinds[i] == kKinds[j]) return false;
  return true;
}
static_assert(eachKindOnce());

}  // namespace

spec::Result<std::shared_ptr<const Dataset>> loadDataset(const spec::DataSpec& spec,
                                                         const std::filesystem::path& assets_dir) {
  const auto* loader = std::find_if(kLoaders.begin(), kLoaders.end(),
                                    [&](const Loader& l) { return l.kind == spec.dataset; });
  if (loader == kLoaders.end())
    return spec::Error{spec::Error::Kind::Data, "data.dataset", "no loader for this kind"};
  auto loaded = loader->load(spec, assets_dir);
  if (!loaded) return loaded.error();
  return std::make_shared<const Dataset>(std::move(*loaded));
}

std::span<const DatasetKind> datasetKinds() { return kKinds; }

void toUnit(std::span<const std::uint8_t> from, std::span<float> to) {
  DENTATE_CHECK(from.size() == to.size());
  for (std::size_t i = 0; i < from.size(); ++i) to[i] = static_cast<float>(from[i]) / 255.0F;
}

}  // namespace dentate::data
