#include "engine/spec/sources.h"

namespace dentate::spec {
namespace {

std::string below(const std::string& folder, const std::string& name) {
  return folder.empty() || folder.ends_with('/') ? folder + name : folder + "/" + name;
}

}  // namespace

std::uint64_t Source::bytes() const {
  std::uint64_t sum = 0;
  for (const auto& file : files) sum += file.bytes;
  return sum;
}

std::string Source::pathBelow(const std::string& folder) const {
  return below(folder, files.size() == 1 ? files.front().name() : name);
}

std::vector<std::string> Source::placesBelow(const std::string& folder) const {
  std::vector<std::string> out;
  for (const auto& file : files)
    out.push_back(files.size() == 1 ? pathBelow(folder) : below(pathBelow(folder), file.name()));
  return out;
}

// Sizes and digests as TensorFlow Datasets lists them (tensorflow_datasets/url_checksums). MNIST's own
// page, yann.lecun.com/exdb/mnist, does not give its files any more; they are those of the Common
// Visual Data Foundation, which that list names too.
std::vector<Source> officialSources() {
  const std::string toronto = "https://www.cs.toronto.edu/~kriz/";
  const std::string cvdf = "https://storage.googleapis.com/cvdf-datasets/mnist/";
  const std::string zalando = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/";
  const std::string lake = "https://github.com/brendenlake/omniglot/raw/master/python/";
  return {
      {DatasetKind::Idx,
       "mnist",
       {{cvdf + "train-images-idx3-ubyte.gz", 9'912'422,
         "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"},
        {cvdf + "train-labels-idx1-ubyte.gz", 28'881,
         "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"},
        {cvdf + "t10k-images-idx3-ubyte.gz", 1'648'877,
         "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"},
        {cvdf + "t10k-labels-idx1-ubyte.gz", 4'542,
         "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"}}},
      {DatasetKind::Idx,
       "fashion-mnist",
       {{zalando + "train-images-idx3-ubyte.gz", 26'421'880,
         "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"},
        {zalando + "train-labels-idx1-ubyte.gz", 29'515,
         "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"},
        {zalando + "t10k-images-idx3-ubyte.gz", 4'422'102,
         "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"},
        {zalando + "t10k-labels-idx1-ubyte.gz", 5'148,
         "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"}}},
      {DatasetKind::Cifar10,
       "cifar-10",
       {{toronto + "cifar-10-binary.tar.gz", 170'052'171,
         "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"}}},
      {DatasetKind::Cifar100,
       "cifar-100",
       {{toronto + "cifar-100-binary.tar.gz", 168'513'733,
         "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec"}}},
      {DatasetKind::Omniglot,
       "omniglot",
       {{lake + "images_background.zip", 9'464'212,
         "ad41ab679c8b5d90b271ef46be6987cc81211774a695c29dcc5367b2b26ee640"},
        {lake + "images_evaluation.zip", 6'462'886,
         "1f61a8f3366785b057fc117d9228e78a16e3d976c8953b2a10fcc74cf0609cee"}}},
  };
}

}  // namespace dentate::spec
