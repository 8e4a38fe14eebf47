// What an experiment is: its network, its data and stream, its rule, its replicas. Plain values.
//
// These structs hold the only defaults. The field names are the keys of `configs/*.json` and of
// `--set key=value`; engine/spec/experiment_json.h reads and writes them.
// Words and symbols: z net input, a activity, alpha learning rate of a path, m inhibition
// multiplier of a layer (Zhou & Schapiro 2025, doi:10.1101/2025.07.10.664201).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dentate::spec {

// Category and Item are output layers. Bias is one unit that always sends 1: a layer has biases where
// a path leads from it, which are that path's weights.
enum class LayerRole { Input, Hidden, Category, Item, Bias };
// How a layer is inhibited: a place in the registry of kinds (engine/spec/inhibition.h). Only those
// that other code has to know are named.
enum class Inhibition : std::uint8_t { None = 0, LearnedM = 1 };
// What leads into a layer: full matrices, or one kernel that is moved over the maps of its sources.
enum class LayerKind { Dense, Convolutional };
// Which of two parallel pathways a layer or a path belongs to; a pathway can be lesioned as one.
enum class Pathway { None, Large, Small };

struct LayerSpec {
  std::string name;  // unique within the network
  LayerRole role = LayerRole::Hidden;
  std::int64_t units = 200;                      // 1 to 100,000
  Inhibition inhibition = Inhibition::LearnedM;  // hidden layers only
  Pathway pathway = Pathway::None;
  // Of kinds in which k units win: k goes in a straight line from k_max to k_target over the first
  // k_steps meta-steps (annealedK in engine/spec/inhibition.h).
  double k_max = 0.5, k_target = 0.1;  // shares of the units, above 0 to 1; k_target <= k_max
  std::int64_t k_steps = 400;          // 0: k_target from the start
  LayerKind kind = LayerKind::Dense;   // hidden layers only
  // Units of a convolutional layer, and of the input, lie in maps, one after the other
  // (engine/spec/shape.h). Of a convolutional layer `units` follows from these.
  std::int64_t channels = 1;                         // maps; of a dense layer 1
  std::int64_t height = 0;                           // of the input's; 0: they are square
  std::int64_t kernel = 3, stride = 1, padding = 0;  // convolutional layers only
  bool operator==(const LayerSpec&) const = default;
};

struct PathSpec {
  std::string from, to;                         // names of layers
  std::optional<double> alpha0 = std::nullopt;  // this path's own initial alpha; none: the rule's
  bool frozen = false;                          // true: neither its weights nor its alpha change
  Pathway pathway = Pathway::None;
  bool operator==(const PathSpec&) const = default;
};

struct NetworkSpec {
  std::vector<LayerSpec> layers;  // any order; paths must form no cycle
  std::vector<PathSpec> paths;
  bool operator==(const NetworkSpec&) const = default;
};

enum class DatasetKind { Mnist10k, Idx, Cifar10, Cifar100, Omniglot, Images };

struct DataSpec {
  DatasetKind dataset = DatasetKind::Mnist10k;
  // Idx: a folder that holds the four files of MNIST's layout, plain or .gz
  // (train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-...). Cifar10, Cifar100: the official
  // binary archive. Omniglot: images_background.zip, images_evaluation.zip, or a folder with both.
  // Images: a folder with one subfolder of pictures a class.
  std::string path;
  bool operator==(const DataSpec&) const = default;
};

enum class StreamKind { Rotations, Permutations, ClassSplits, Noise, Occlusion };
enum class Labels { Category, Item, Dual };
// What a category label of a class split says: which class of all it is (class-incremental), or
// which of its task's (task-incremental), so that every task has the labels 0, 1 ...
enum class Incremental { Class, Task };
// From task to task the patch grows about the middle of the image, or moves over it.
enum class Patch { Grows, Moves };

struct StreamSpec {
  StreamKind kind = StreamKind::Rotations;
  std::int64_t tasks = 20;              // 1 to 1,000
  std::int64_t samples_per_task = 200;  // training images a task, each shown once
  std::int64_t test_samples = 1000;     // test images a task (labels of category only)
  Labels labels = Labels::Category;
  // Images of a task that share an item label (engine/spec/items.h); 1 to samples_per_task, and 1
  // without item labels.
  std::int64_t samples_per_item = 1;
  // The rest is read by one kind alone.
  std::int64_t classes_per_task = 2;             // class-splits
  Incremental incremental = Incremental::Class;  // class-splits
  double noise = 0.5;          // noise: standard deviation in the last task, white being 1
  Patch patch = Patch::Grows;  // occlusion
  double patch_size = 0.5;     // occlusion: side over that of the image; growing: in the last task
  bool operator==(const StreamSpec&) const = default;
};

enum class Condition { Baseline, S, Lr, SLr };  // "baseline", "s", "lr", "s+lr"
enum class Update { Asynchronous, Synchronous };
enum class AlphaPer { Path, Weight };  // what has a learning rate of its own
// One quirk of the published program. Default: as `as_published` says.
enum class Quirk : std::uint8_t { Default, Published, Corrected };
// What makes the learning rate of a path out of its alpha.
enum class AlphaForm : std::uint8_t { Relu, Softplus };
// Which quirks are corrected, where networks that differ in this are compared
// (engine/spec/corrections.h).
enum class Corrections : std::uint8_t { AsPublished, ReservoirIndex, OldMemory, Softplus, All };

struct RuleSpec {
  std::string name = "meta-cls";  // an entry of the registry in engine/learn
  Condition condition = Condition::SLr;
  std::int64_t order = 1;  // 1 first order, 2 differentiates through the inner gradient
  Update update = Update::Asynchronous;
  double alpha0 = 0.01;      // initial alpha of every path
  double alpha_lr = 0.0002;  // step size of alpha
  double m0 = 0.01;          // initial m of every inhibited layer
  double m_lr = 0.02;        // step size of m
  double weight_lr = 0.05;   // step size of the weights, synchronous update only
  double clip_norm = 2.0;    // of each group of gradients: weights, alpha, m
  double k_fraction = 0.01;  // I is the k-th largest net input, k = max(1, floor(k_fraction units))
  std::int64_t batch = 5;    // inner steps a meta-step
  std::int64_t replay = 5;   // samples replayed a meta-step, at most
  std::int64_t memory = 200;  // capacity of the replay memory
  // Of the replay memory: with the quirks of the published program, or as the paper's text says; and
  // each of the two quirks on its own (engine/spec/corrections.h).
  bool as_published = true;
  Quirk reservoir_index = Quirk::Default, old_memory = Quirk::Default;
  AlphaForm alpha = AlphaForm::Relu;  // rules that learn an alpha a path
  // The rest is read by some rules alone.
  AlphaPer alpha_per = AlphaPer::Path;  // la-maml, sync
  double reptile_within = 0.3;          // mer: share of the way that the steps of a batch went
  double reptile_across = 1.0;          // mer: share of the way that all batches went
  std::int64_t prediction_depth = 1;    // oml: the last so many paths on any way to an output
  bool operator==(const RuleSpec&) const = default;
};

// The networks that learn side by side: conditions × inhibitions × corrections × alpha0 × seeds
// (engine/spec/replicas.h). An empty list stands for the value of the rule, or of each layer.
struct ReplicaSpec {
  std::int64_t seeds = 1;  // networks of each condition and alpha0, that differ in seed only
  std::int64_t first_seed = 0;
  std::vector<Condition> conditions;  // no value twice
  std::vector<double> alpha0;         // no value twice; a path's own alpha0 stands above it
  // No value twice; every hidden layer is inhibited so, with its own k.
  std::vector<Inhibition> inhibitions = {};
  std::vector<Corrections> corrections = {};  // no value twice; each stands above the rule's quirks
  bool operator==(const ReplicaSpec&) const = default;
};

// Which entries of the accuracy matrix are measured: all, the diagonal and the last row, or only
// the last row. LA and BTI need the diagonal.
enum class Evaluate { Matrix, Diagonal, Final };

// What computes the meta-steps: the CPU, a network at a time on each core, or a GPU, all networks of
// a condition as one batch. Auto is the CPU: BENCHMARKS.md has the one GPU that was measured.
enum class Device { Auto, Cpu, Cuda };

struct ExperimentSpec {
  std::string name = "Untitled";
  std::string description;
  NetworkSpec network;
  DataSpec data;
  StreamSpec stream;
  RuleSpec rule;
  ReplicaSpec replicas;
  Evaluate evaluate = Evaluate::Matrix;
  Device device = Device::Auto;
  bool operator==(const ExperimentSpec&) const = default;
};

[[nodiscard]] inline bool learnsM(Condition c) { return c == Condition::S || c == Condition::SLr; }
[[nodiscard]] inline bool learnsAlpha(Condition c) {
  return c == Condition::Lr || c == Condition::SLr;
}
[[nodiscard]] inline bool isConvolutional(const LayerSpec& layer) {
  return layer.kind == LayerKind::Convolutional;
}
[[nodiscard]] inline bool isOutput(LayerRole r) {
  return r == LayerRole::Category || r == LayerRole::Item;
}
// Nothing leads into it.
[[nodiscard]] inline bool isSource(LayerRole r) {
  return r == LayerRole::Input || r == LayerRole::Bias;
}
// Meta-steps a task: its samples in batches; a remainder makes one smaller batch.
[[nodiscard]] inline std::int64_t stepsPerTask(const ExperimentSpec& s) {
  return (s.stream.samples_per_task + s.rule.batch - 1) / s.rule.batch;
}
[[nodiscard]] inline std::int64_t totalSteps(const ExperimentSpec& s) {
  return s.stream.tasks * stepsPerTask(s);
}

}  // namespace dentate::spec
