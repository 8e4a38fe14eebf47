// Whether data, stream and network fit each other, as far as that is known before files are read.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/spec/experiment.h"
#include "engine/spec/result.h"
#include "engine/spec/shape.h"

namespace dentate::spec {

// Index of the layer of a role; a network that passed makeGraph has at most one input and one
// output of a kind.
[[nodiscard]] std::optional<std::size_t> layerOf(const NetworkSpec& network, LayerRole role);
// "network.layers[2].units"
[[nodiscard]] std::string unitsKey(std::size_t layer);

// Category labels of the stream are 0 to this - 1, where the dataset has `classes`.
[[nodiscard]] std::int64_t categoriesOf(const StreamSpec& stream, std::int64_t classes);

// Whether there are classes enough for all tasks of a class split; of any other kind nothing.
[[nodiscard]] Status checkSplits(const StreamSpec& stream, std::int64_t classes,
                                 const std::string& dataset);

// Whether a network that convolves takes these images for what they are; `dataset` names them.
[[nodiscard]] Status checkImage(const NetworkSpec& network, const Shape& image,
                                const std::string& dataset);

// An input unit for each number of an image, a category unit for each label. Nothing where only the
// files tell.
[[nodiscard]] Status checkInput(const ExperimentSpec& spec);
[[nodiscard]] Status checkCategories(const ExperimentSpec& spec);
// All of the above, whether there are images enough, and whether a dataset that needs a path has one.
[[nodiscard]] Status checkData(const ExperimentSpec& spec);

// Units that an input or category layer is drawn with: what the data need; where only the files tell,
// what the network has; without such a layer those of the digits.
[[nodiscard]] std::int64_t unitsFor(LayerRole role, const ExperimentSpec& spec);

// Channels that an input layer is drawn with, likewise.
[[nodiscard]] std::int64_t channelsFor(const ExperimentSpec& spec);

// The assignments (key=value) that choose a kind of stream for `spec` and lessen its tasks and
// samples to what its dataset has, as far as that is known.
[[nodiscard]] std::vector<std::string> choosing(StreamKind kind, const ExperimentSpec& spec);

// Those that choose another stream, and bring the category layer to its labels.
[[nodiscard]] std::vector<std::string> choosing(const StreamSpec& stream,
                                                const ExperimentSpec& spec);
// Those that choose other data, and bring input and category layer to its size where it is known.
[[nodiscard]] std::vector<std::string> choosing(const DataSpec& data, const ExperimentSpec& spec);

}  // namespace dentate::spec
