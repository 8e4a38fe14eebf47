// An experiment of milliseconds: few units, three tasks.
#pragma once
#include "engine/run/process.h"
#include "engine/run/setting.h"
#include "engine/spec/shape.h"
#include "engine/spec/spelling.h"
#include "engine/spec/templates.h"

namespace dentate::test {

inline spec::ExperimentSpec smallExperiment() {
  spec::ExperimentSpec made;
  made.name = "small";
  made.network = spec::layeredNetwork(784, 2, 20, 10);
  made.stream.tasks = 3;
  made.stream.samples_per_task = 12;  // three meta-steps: 5, 5 and 2 samples
  made.stream.test_samples = 30;
  made.replicas.seeds = 2;
  return made;
}

inline spec::ExperimentSpec smallDualExperiment() {
  auto made = smallExperiment();
  made.network = spec::splitNetwork(784, 1, 10, 10, 36);
  made.stream.labels = spec::Labels::Dual;
  return made;
}

// Two of its layers have biases.
inline spec::ExperimentSpec smallBiasedExperiment() {
  auto made = smallExperiment();
  made.network.layers.push_back({"bias", spec::LayerRole::Bias, 1});
  made.network.paths.push_back({"bias", "h2"});
  made.network.paths.push_back({"bias", "category"});
  return made;
}

// Every kind of inhibition; k falls over the whole stream but its end.
inline spec::ExperimentSpec smallInhibitionLab() {
  auto made = smallExperiment();
  for (const auto& kind : spec::spellings<spec::Inhibition>())
    made.replicas.inhibitions.push_back(kind.value);
  for (auto& layer : made.network.layers) {
    layer.k_max = 0.8;
    layer.k_target = 0.2;
    layer.k_steps = 7;
  }
  return made;
}

// c1 of 4 × 14 × 14, c2 of 4 × 7 × 7, h1.
inline spec::ExperimentSpec smallConvolutionalExperiment() {
  auto made = smallExperiment();
  made.network = spec::convolutionalNetwork({.inputs = 784,
                                             .input_channels = 1,
                                             .convolutional_layers = 2,
                                             .channels = 4,
                                             .dense_layers = 1,
                                             .units = 20,
                                             .categories = 10});
  return made;
}

inline std::shared_ptr<const run::Setting> setting(const spec::ExperimentSpec& spec) {
  run::prepareProcess();
  auto made = run::makeSetting(spec, "assets");
  return made.ok() ? made.value() : nullptr;
}

}  // namespace dentate::test
