// Datasets: labelled images, grey or in colour, 8 bit, for training and for test.
//
// A kind of dataset is one loader file and one line of the table in dataset.cpp. A loader checks
// sizes before it takes memory; whatever is wrong with a file becomes an Error of Kind::Data that
// names the file and what was expected.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/spec/experiment.h"
#include "engine/spec/result.h"

namespace dentate::data {

struct ImageSet {
  std::int32_t width = 0, height = 0;
  std::int32_t channels = 1;         // 1 grey; 3 red, green, blue
  std::vector<std::uint8_t> pixels;  // [images, channels, height, width], 0 black to 255 white
  std::vector<std::int32_t> labels;  // [images], 0 to classes - 1

  [[nodiscard]] std::size_t count() const { return labels.size(); }
  [[nodiscard]] std::size_t planeSize() const {
    return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  }
  [[nodiscard]] std::size_t imageSize() const {
    return static_cast<std::size_t>(channels) * planeSize();
  }
  [[nodiscard]] std::span<const std::uint8_t> image(std::size_t index) const {
    return std::span(pixels).subspan(index * imageSize(), imageSize());
  }
};

struct Dataset {
  ImageSet train, test;      // of one size and number of channels, each with at least one image
  std::int32_t classes = 0;  // labels are 0 to classes - 1
  std::string name;          // for people: "MNIST, 10,000 digits"
};

// Reads the dataset that `spec` names. `assets_dir` holds the built-in files. Any thread; blocks
// until the files are read (0.1 s for the built-in digits).
[[nodiscard]] spec::Result<std::shared_ptr<const Dataset>> loadDataset(
    const spec::DataSpec& spec, const std::filesystem::path& assets_dir);

// Every kind that can be loaded, in the order of the table.
[[nodiscard]] std::span<const spec::DatasetKind> datasetKinds();

// to = from / 255, in [0, 1]. Both of one length.
void toUnit(std::span<const std::uint8_t> from, std::span<float> to);

}  // namespace dentate::data
