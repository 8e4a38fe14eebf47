// IDX files in MNIST's layout, plain or gzip; the content decides, not the ending of the name.
//
//   images  magic 00 00 08 03, then images, height, width (32 bit, big-endian), then bytes
//   labels  magic 00 00 08 01, then labels (32 bit, big-endian), then bytes
//
// Source  http://yann.lecun.com/exdb/mnist/ (now offline), Fashion-MNIST's README.
// Limits, checked before memory is taken: 2,000,000 images, 1,024 pixels a side, 4 GB of pixels.
#pragma once
#include <filesystem>

#include "engine/data/dataset.h"

namespace dentate::data {

// `spec.path`: a folder with train-images-idx3-ubyte, train-labels-idx1-ubyte,
// t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, each with or without ".gz" (without wins).
// `classes` is the largest label + 1.
[[nodiscard]] spec::Result<Dataset> loadIdx(const spec::DataSpec& spec,
                                            const std::filesystem::path& assets_dir);

// One pair of files. Refuses a wrong magic number, sizes of 0 or over the limits, less or more
// content than the header promises, a damaged gzip stream, and images and labels of unlike number.
[[nodiscard]] spec::Result<ImageSet> readIdxPair(const std::filesystem::path& images,
                                                 const std::filesystem::path& labels);

}  // namespace dentate::data
