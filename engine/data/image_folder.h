// Pictures in a folder, one subfolder a class.
//
//   pictures/cats/1.png …            every fifth picture of a class, in the order of names, tests
//   pictures/train/cats/1.png …      where there are the folders train and test and no others,
//   pictures/test/cats/2.png …       they say which
//
// PNG and JPEG, by the ending of the name; other files and hidden ones are passed over. Classes are
// numbered in the order of their names. All pictures are brought to the size that most of them have
// (of equally common ones the smallest): the larger side fits, the rest is black. They are grey if all
// are, else in colour.
// Limits, checked before memory is taken: 1,000 classes, 200,000 pictures, 1,024 pixels a side, 4 GB.
#pragma once
#include <filesystem>

#include "engine/data/dataset.h"

namespace dentate::data {

// `spec.path`: the folder. Refuses one without classes or pictures, and every picture that cannot be
// read, by its name.
[[nodiscard]] spec::Result<Dataset> loadImageFolder(const spec::DataSpec& spec,
                                                    const std::filesystem::path& assets_dir);

}  // namespace dentate::data
