#include "engine/spec/check_data.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string_view>
#include <utility>

#include "engine/spec/items.h"
#include "engine/spec/key_lists.h"
#include "engine/spec/spelling.h"

namespace dentate::spec {
namespace {

// What is known of a dataset before its files are read.
struct Facts {
  DatasetKind kind;
  std::string_view image = {};                          // in words
  std::int64_t inputs = 0, classes = 0;                 // 0: only the files tell
  std::int64_t channels = 1;                            // of the image, which is square
  std::span<const std::int64_t> train = {}, test = {};  // images by class; empty likewise
  std::string_view path = {};                           // what data.path names; empty: nothing
};

// Counted in assets/mnist-10k.labels.txt, of which the first 8,000 train; mnist_sheet_test holds them
// against the file.
constexpr std::array<std::int64_t, 10> kMnistTrain{805, 896, 797, 811, 789,
                                                   695, 805, 859, 767, 776};
constexpr std::array<std::int64_t, 10> kMnistTest{196, 231, 194, 221, 191, 168, 209, 211, 177, 202};

constexpr std::array kFacts{
    Facts{DatasetKind::Mnist10k, "28 × 28 pixels", 784, 10, 1, kMnistTrain, kMnistTest, {}},
    Facts{.kind = DatasetKind::Idx,
          .path = "the folder of the four files of MNIST's layout, which `dentate fetch mnist` or "
                  "`dentate fetch fashion-mnist` downloads"},
    Facts{.kind = DatasetKind::Cifar10,
          .image = "3 × 32 × 32 values",
          .inputs = 3'072,
          .classes = 10,
          .channels = 3,
          .path = "the archive cifar-10-binary.tar.gz, which `dentate fetch cifar-10` downloads"},
    Facts{.kind = DatasetKind::Cifar100,
          .image = "3 × 32 × 32 values",
          .inputs = 3'072,
          .classes = 100,
          .channels = 3,
          .path = "the archive cifar-100-binary.tar.gz, which `dentate fetch cifar-100` downloads"},
    Facts{.kind = DatasetKind::Omniglot,
          .image = "28 × 28 pixels",
          .inputs = 784,
          .path = "images_background.zip, images_evaluation.zip or a folder with both, which "
                  "`dentate fetch omniglot` downloads"},
    Facts{.kind = DatasetKind::Images, .path = "the folder with one subfolder a class"},
};

const Facts& factsOf(DatasetKind kind) {
  static constexpr Facts kNone{.kind = DatasetKind::Idx};
  const auto* found = std::find_if(kFacts.begin(), kFacts.end(),
                                   [&](const Facts& facts) { return facts.kind == kind; });
  return found == kFacts.end() ? kNone : *found;
}

Error refuse(std::string where, std::string what) {
  return {Error::Kind::Config, std::move(where), std::move(what)};
}

// Images of the classes of one task. Every task of another kind than a class split has all.
std::int64_t imagesOf(const StreamSpec& stream, std::span<const std::int64_t> by_class,
                      std::int64_t task) {
  std::int64_t sum = 0;
  const bool split = stream.kind == StreamKind::ClassSplits;
  const auto per_task = stream.classes_per_task;
  for (std::int64_t c = 0; c < static_cast<std::int64_t>(by_class.size()); ++c)
    if (!split || c / per_task == task) sum += by_class[static_cast<std::size_t>(c)];
  return sum;
}

// The task of fewest images, and how many.
std::pair<std::int64_t, std::int64_t> fewest(const StreamSpec& stream,
                                             std::span<const std::int64_t> by_class) {
  std::pair least{std::int64_t{0}, imagesOf(stream, by_class, 0)};
  for (std::int64_t t = 1; stream.kind == StreamKind::ClassSplits && t < stream.tasks; ++t)
    if (const auto images = imagesOf(stream, by_class, t); images < least.second)
      least = {t, images};
  return least;
}

Status checkCount(const ExperimentSpec& spec, const char* key, const char* what,
                  std::span<const std::int64_t> by_class, std::int64_t wanted) {
  if (by_class.empty()) return std::nullopt;
  const auto [task, images] = fewest(spec.stream, by_class);
  if (wanted <= images) return std::nullopt;
  const std::string of_task =
      spec.stream.kind == StreamKind::ClassSplits ? " for task " + grouped(task + 1) : "";
  return refuse(key, "expected at most " + grouped(images) + ", the " + what + " images of " +
                         std::string(spell(spec.data.dataset)) + of_task + ", got " +
                         grouped(wanted));
}

// Category units for another stream or other data: as many as labels, where there were as many.
std::int64_t followingUnits(const ExperimentSpec& spec, const StreamSpec& stream,
                            const Facts& facts) {
  const auto wanted = categoriesOf(stream, facts.classes);
  const auto layer = layerOf(spec.network, LayerRole::Category);
  if (!layer) return wanted;
  const auto there = spec.network.layers[*layer].units;
  const auto before = categoriesOf(spec.stream, factsOf(spec.data.dataset).classes);
  return there == before ? wanted : std::max(there, wanted);
}

// Of square images.
void setMaps(const ExperimentSpec& spec, std::int64_t channels, std::vector<std::string>& out) {
  const auto input = layerOf(spec.network, LayerRole::Input);
  if (!input) return;
  const auto key = [&](const char* name) { return below(below("network.layers", *input), name); };
  const auto& layer = spec.network.layers[*input];
  if (layer.channels != channels) out.push_back(key("channels") + "=" + std::to_string(channels));
  if (layer.height != 0) out.push_back(key("height") + "=0");
}

void setUnits(const ExperimentSpec& spec, LayerRole role, std::int64_t units,
              std::vector<std::string>& out) {
  const auto layer = layerOf(spec.network, role);
  if (layer && spec.network.layers[*layer].units != units)
    out.push_back(unitsKey(*layer) + "=" + std::to_string(units));
}

}  // namespace

std::optional<std::size_t> layerOf(const NetworkSpec& network, LayerRole role) {
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (network.layers[i].role == role) return i;
  }
  return std::nullopt;
}

std::string unitsKey(std::size_t layer) { return below(below("network.layers", layer), "units"); }

std::int64_t categoriesOf(const StreamSpec& stream, std::int64_t classes) {
  if (stream.kind != StreamKind::ClassSplits) return classes;
  const bool own = stream.incremental == Incremental::Task;
  return own ? stream.classes_per_task : stream.tasks * stream.classes_per_task;
}

Status checkSplits(const StreamSpec& stream, std::int64_t classes, const std::string& dataset) {
  const auto per_task = stream.classes_per_task;
  if (stream.kind != StreamKind::ClassSplits || stream.tasks * per_task <= classes)
    return std::nullopt;
  if (per_task > classes)
    return refuse("stream.classes_per_task", "expected at most " + grouped(classes) +
                                                 ", the classes of " + dataset + ", got " +
                                                 grouped(per_task));
  return refuse("stream.tasks", "expected at most " + grouped(classes / per_task) +
                                    " tasks, since " + dataset + " has " + grouped(classes) +
                                    " classes and each task takes " + grouped(per_task) +
                                    " of its own, got " + grouped(stream.tasks));
}

Status checkImage(const NetworkSpec& network, const Shape& image, const std::string& dataset) {
  const auto input = layerOf(network, LayerRole::Input);
  if (!input || !convolves(network)) return std::nullopt;
  const auto maps = mapsOf(network)[*input];
  if (!maps || *maps == image) return std::nullopt;
  const char* const key = maps->channels == image.channels ? "height" : "channels";
  return refuse(
      below(below("network.layers", *input), key),
      "expected " + inWords(image) + ", the images of " + dataset + ", got " + inWords(*maps));
}

Status checkInput(const ExperimentSpec& spec) {
  const Facts& facts = factsOf(spec.data.dataset);
  const auto input = layerOf(spec.network, LayerRole::Input);
  if (facts.inputs == 0 || !input) return std::nullopt;
  if (spec.network.layers[*input].units == facts.inputs) {
    const auto side = std::llround(std::sqrt(facts.inputs / facts.channels));
    return checkImage(spec.network, {facts.channels, side, side}, std::string(spell(facts.kind)));
  }
  return refuse(unitsKey(*input), "expected " + grouped(facts.inputs) + " input units for the " +
                                      std::string(facts.image) + " of " +
                                      std::string(spell(facts.kind)) + ", got " +
                                      grouped(spec.network.layers[*input].units));
}

Status checkCategories(const ExperimentSpec& spec) {
  const Facts& facts = factsOf(spec.data.dataset);
  const auto category = layerOf(spec.network, LayerRole::Category);
  if (facts.classes == 0 || !category) return std::nullopt;
  const auto wanted = categoriesOf(spec.stream, facts.classes);
  const auto units = spec.network.layers[*category].units;
  if (units >= wanted) return std::nullopt;
  const std::string of = wanted == facts.classes ? "classes of " + std::string(spell(facts.kind))
                                                 : "labels of the stream";
  return refuse(unitsKey(*category), "expected at least " + grouped(wanted) +
                                         " category units for the " + grouped(wanted) + " " + of +
                                         ", got " + grouped(units));
}

Status checkData(const ExperimentSpec& spec) {
  const Facts& facts = factsOf(spec.data.dataset);
  if (!facts.path.empty() && spec.data.path.empty())
    return refuse("data.path", "expected " + std::string(facts.path) + ", got \"\"");
  if (auto refused = checkInput(spec)) return refused;
  if (facts.classes > 0) {
    if (auto refused =
            checkSplits(spec.stream, facts.classes, std::string(spell(spec.data.dataset))))
      return refused;
  }
  if (auto refused = checkCategories(spec)) return refused;
  if (auto refused = checkCount(spec, "stream.samples_per_task", "training", facts.train,
                                spec.stream.samples_per_task))
    return refused;
  return checkCount(spec, "stream.test_samples", "test", facts.test, spec.stream.test_samples);
}

std::int64_t unitsFor(LayerRole role, const ExperimentSpec& spec) {
  const bool input = role == LayerRole::Input;
  const auto needed = [&](const Facts& facts) {
    return input ? facts.inputs : categoriesOf(spec.stream, facts.classes);
  };
  if (const Facts& facts = factsOf(spec.data.dataset); facts.inputs > 0) return needed(facts);
  if (const auto layer = layerOf(spec.network, role)) return spec.network.layers[*layer].units;
  return needed(factsOf(DatasetKind::Mnist10k));
}

std::int64_t channelsFor(const ExperimentSpec& spec) {
  if (const Facts& facts = factsOf(spec.data.dataset); facts.inputs > 0) return facts.channels;
  const auto input = layerOf(spec.network, LayerRole::Input);
  return input ? spec.network.layers[*input].channels : 1;
}

std::vector<std::string> choosing(const DataSpec& data, const ExperimentSpec& spec) {
  std::vector<std::string> out{"data.dataset=" + std::string(spell(data.dataset)),
                               "data.path=" + data.path};
  const Facts& now = factsOf(data.dataset);
  if (now.inputs > 0) {
    setUnits(spec, LayerRole::Input, now.inputs, out);
    setMaps(spec, now.channels, out);
  }
  if (now.classes > 0)
    setUnits(spec, LayerRole::Category, followingUnits(spec, spec.stream, now), out);
  return out;
}

std::vector<std::string> choosing(const StreamSpec& stream, const ExperimentSpec& spec) {
  std::vector<std::string> out{"stream.kind=" + std::string(spell(stream.kind))};
  const auto set = [&](const char* key, std::int64_t before, std::int64_t now) {
    if (before != now) out.push_back(std::string(key) + "=" + std::to_string(now));
  };
  set("stream.tasks", spec.stream.tasks, stream.tasks);
  set("stream.classes_per_task", spec.stream.classes_per_task, stream.classes_per_task);
  set("stream.samples_per_task", spec.stream.samples_per_task, stream.samples_per_task);
  set("stream.samples_per_item", spec.stream.samples_per_item, stream.samples_per_item);
  set("stream.test_samples", spec.stream.test_samples, stream.test_samples);
  if (stream.incremental != spec.stream.incremental)
    out.push_back("stream.incremental=" + std::string(spell(stream.incremental)));
  if (const Facts& facts = factsOf(spec.data.dataset); facts.classes > 0)
    setUnits(spec, LayerRole::Category, followingUnits(spec, stream, facts), out);
  if (const auto item = layerOf(spec.network, LayerRole::Item)) {  // likewise as many as labels
    const auto there = spec.network.layers[*item].units, wanted = streamItems(stream);
    setUnits(spec, LayerRole::Item,
             there == streamItems(spec.stream) ? wanted : std::max(there, wanted), out);
  }
  return out;
}

std::vector<std::string> choosing(StreamKind kind, const ExperimentSpec& spec) {
  const Facts& facts = factsOf(spec.data.dataset);
  StreamSpec fitting = spec.stream;
  fitting.kind = kind;
  if (kind == StreamKind::ClassSplits && facts.classes > 0) {
    fitting.classes_per_task = std::min(fitting.classes_per_task, facts.classes);
    fitting.tasks = std::min(fitting.tasks, facts.classes / fitting.classes_per_task);
  }
  if (!facts.train.empty())
    fitting.samples_per_task =
        std::min(fitting.samples_per_task, fewest(fitting, facts.train).second);
  fitting.samples_per_item = std::min(fitting.samples_per_item, fitting.samples_per_task);
  if (!facts.test.empty())
    fitting.test_samples = std::min(fitting.test_samples, fewest(fitting, facts.test).second);
  return choosing(fitting, spec);
}

}  // namespace dentate::spec
