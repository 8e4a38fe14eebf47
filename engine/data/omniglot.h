// Omniglot from its official archives, images_background.zip (964 characters of 30 alphabets) and
// images_evaluation.zip (659 of 20), which are read as they are; images_background_small1.zip and
// small2 are laid out likewise.
//
//   images_background/Greek/character01/0394_17.png   the seventeenth person's drawing of a character
//
// A class is a character, numbered by the names of alphabets and characters, those of the evaluation
// after those of the background. Twenty people drew each: 1 to 15 train, 16 to 20 test.
// A drawing has 105 × 105 pixels, black on white. It becomes 28 × 28, bright on black as the other
// digits: each pixel the mean of the 3.75 × 3.75 that it covers, those at the edge in part.
//
// Source  Lake, Salakhutdinov & Tenenbaum 2015, doi:10.1126/science.aab3050,
//         https://github.com/brendenlake/omniglot/tree/master/python. 28 × 28 as in Vinyals et al.
//         2016, arXiv:1606.04080.
// Limits, checked before memory is taken: an archive of 32 MB, 100,000 drawings of 64 kB each.
#pragma once
#include <filesystem>

#include "engine/data/dataset.h"

namespace dentate::data {

// `spec.path`: an archive, or a folder that holds one of the two or both by their official names.
// Refuses what readZip refuses, a picture of another size or in another place, a drawing that is
// there twice, and a character without a drawing to train or to test.
[[nodiscard]] spec::Result<Dataset> loadOmniglot(const spec::DataSpec& spec,
                                                 const std::filesystem::path& assets_dir);

}  // namespace dentate::data
