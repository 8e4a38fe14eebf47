// CIFAR-10 and CIFAR-100 from their official binary archives, cifar-10-binary.tar.gz and
// cifar-100-binary.tar.gz, which are read as they are, also unpacked to .tar.
//
//   CIFAR-10   data_batch_1.bin to data_batch_5.bin train, test_batch.bin tests; a record is the
//              label and 3 x 32 x 32 bytes: red, green, blue, each row by row
//   CIFAR-100  train.bin, test.bin; a record has two labels, coarse and fine, of which the fine counts
//
// An archive of fewer images, or without some of the batches 2 to 5, is read too.
// Source  Krizhevsky 2009, https://www.cs.toronto.edu/~kriz/cifar.html.
// Limits, checked before memory is taken: 100,000 images in all.
#pragma once
#include <filesystem>

#include "engine/data/dataset.h"

namespace dentate::data {

// `spec.path`: the archive. Refuses one that readTar refuses, without one of the files, with a file
// that is no whole number of records, or with a label out of range.
[[nodiscard]] spec::Result<Dataset> loadCifar10(const spec::DataSpec& spec,
                                                const std::filesystem::path& assets_dir);
[[nodiscard]] spec::Result<Dataset> loadCifar100(const spec::DataSpec& spec,
                                                 const std::filesystem::path& assets_dir);

}  // namespace dentate::data
