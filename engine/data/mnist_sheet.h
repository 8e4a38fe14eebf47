// The built-in digits: 10,000 of MNIST on one sheet, so that everything runs offline.
//
// `mnist-10k.png` is 2800 x 2800 grey pixels, 100 x 100 digits of 28 x 28, row-major;
// `mnist-10k.labels.txt` is 100 rows of 100 digits in the same order. The first 8,000 train, the
// last 2,000 test. Source and licence: assets/README.md.
#pragma once
#include <filesystem>

#include "engine/data/dataset.h"

namespace dentate::data {

// `spec.path` is not read. Refuses a sheet of another size or kind, one with a damaged chunk
// (checksums), and labels that are not 100 rows of 100 digits.
[[nodiscard]] spec::Result<Dataset> loadMnistSheet(const spec::DataSpec& spec,
                                                   const std::filesystem::path& assets_dir);

}  // namespace dentate::data
