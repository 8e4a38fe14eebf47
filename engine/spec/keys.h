// The schema of experiment files: one line a key, in the order in which they are written.
// Internal to engine/spec. Reading, writing, ranges, suggestions, --set and the JSON Schema all
// walk these tables; the defaults are those of the structs in engine/spec/experiment.h.
#pragma once
#include <array>
#include <string_view>
#include <tuple>

#include "engine/spec/experiment.h"
#include "engine/spec/key_lists.h"
#include "engine/spec/replicas.h"

namespace dentate::spec {

template <class S>
inline constexpr int kKeys = 0;

template <>
inline constexpr std::tuple kKeys<LayerSpec>{
    Text{"name", &LayerSpec::name, 1, 64, Lines::One, "Name, unique within the network"},
    Choice{"role", &LayerSpec::role, "What the layer is for; category and item are outputs"},
    Whole{"units", &LayerSpec::units, 1, 100'000, "Number of units"},
    Choice{"inhibition", &LayerSpec::inhibition,
           "Hidden layers. learned_m: the k-th largest net input times a learned m is subtracted; "
           "k_wta: k units win, the largest net input of the others is subtracted, in every "
           "condition; k_wta_learned_m: that times a learned m"},
    Choice{"pathway", &LayerSpec::pathway, "Parallel pathway that the layer belongs to"},
    Real{"k_max", &LayerSpec::k_max, 0.0, 1.0, Low::Excluded,
         "k_wta, k_wta_learned_m: units that win at first, as a share of all"},
    Real{"k_target", &LayerSpec::k_target, 0.0, 1.0, Low::Excluded,
         "k_wta, k_wta_learned_m: units that win in the end, as a share of all; at most k_max"},
    Whole{"k_steps", &LayerSpec::k_steps, 0, 1'000'000'000,
          "k_wta, k_wta_learned_m: meta-steps over which k goes from k_max to k_target"},
    Choice{"kind", &LayerSpec::kind, "What leads into a hidden layer: full matrices, or kernels"},
    Whole{"channels", &LayerSpec::channels, 1, 10'000,
          "Maps of a convolutional layer; of the input, planes of an image: 3 in colour"},
    Whole{"height", &LayerSpec::height, 0, 10'000, "Of the input's images; 0: they are square"},
    Whole{"kernel", &LayerSpec::kernel, 1, 99, "Side of the kernel of a convolutional layer"},
    Whole{"stride", &LayerSpec::stride, 1, 99, "Units of the source from one place to the next"},
    Whole{"padding", &LayerSpec::padding, 0, 98, "Zeros around the source, below the kernel"},
};

template <>
inline constexpr std::tuple kKeys<PathSpec>{
    Text{"from", &PathSpec::from, 1, 64, Lines::One, "Name of the source layer"},
    Text{"to", &PathSpec::to, 1, 64, Lines::One, "Name of the target layer"},
    Real{"alpha0", &PathSpec::alpha0, 0.0, 10.0, Low::Included,
         "Initial learning rate of this path; null: that of the rule"},
    Flag{"frozen", &PathSpec::frozen, "Neither its weights nor its learning rate change"},
    Choice{"pathway", &PathSpec::pathway, "Parallel pathway that the path belongs to"},
};

template <>
inline constexpr std::tuple kKeys<NetworkSpec>{
    List{"layers", &NetworkSpec::layers, 1'000, "Populations of units"},
    List{"paths", &NetworkSpec::paths, 10'000, "Projections from one layer to another"},
};

template <>
inline constexpr std::tuple kKeys<DataSpec>{
    Choice{"dataset", &DataSpec::dataset, "mnist-10k is built in; the others are read from path"},
    Text{"path", &DataSpec::path, 0, 4'096, Lines::One,
         "idx: folder of the four files of MNIST's layout; cifar-10, cifar-100: the official "
         "binary archive (.tar.gz); omniglot: images_background.zip, images_evaluation.zip or a "
         "folder with both; images: folder with one subfolder of pictures a class"},
};

template <>
inline constexpr std::tuple kKeys<StreamSpec>{
    Choice{"kind", &StreamSpec::kind, "How one task differs from the next"},
    Whole{"tasks", &StreamSpec::tasks, 1, 1'000, "Tasks, learned one after the other"},
    Whole{"samples_per_task", &StreamSpec::samples_per_task, 1, 1'000'000,
          "Training images a task, each shown once"},
    Whole{"test_samples", &StreamSpec::test_samples, 1, 1'000'000, "Test images a task"},
    Choice{"labels", &StreamSpec::labels,
           "category: the class of an image; item: its number in the stream; dual: both"},
    Whole{"samples_per_item", &StreamSpec::samples_per_item, 1, 1'000'000,
          "item, dual: images of a task, learned one after the other, that share an item label"},
    Whole{"classes_per_task", &StreamSpec::classes_per_task, 1, 1'000,
          "class-splits: classes of each task, of which no other task has any"},
    Choice{
        "incremental", &StreamSpec::incremental,
        "class-splits: class, every class keeps its label; task, labels begin at 0 in each task"},
    Real{"noise", &StreamSpec::noise, 0.0, 1.0, Low::Included,
         "noise: its standard deviation in the last task, white being 1; the first task has none"},
    Choice{"patch", &StreamSpec::patch,
           "occlusion: the black patch grows from task to task, or moves"},
    Real{
        "patch_size", &StreamSpec::patch_size, 0.0, 1.0, Low::Included,
        "occlusion: side of the patch over that of the image; of one that grows, in the last task"},
};

template <>
inline constexpr std::tuple kKeys<RuleSpec>{
    Text{"name", &RuleSpec::name, 1, 64, Lines::One,
         "Learning rule: one of those that dentate info lists"},
    Choice{"condition", &RuleSpec::condition,
           "What is learned beside the weights: s the inhibition m, lr the learning rates alpha; "
           "c-maml takes baseline and s, la-maml and sync lr and s+lr, er, mer, oml, sgd and "
           "sparse-maml baseline"},
    Whole{"order", &RuleSpec::order, 1, 2,
          "2 differentiates through the inner gradient; er, mer and sgd have none and take 1"},
    Choice{"update", &RuleSpec::update,
           "Step of the weights: asynchronous by the new alpha, synchronous by weight_lr; meta-cls "
           "takes either, c-maml, oml, sparse-maml and sync synchronous, the others asynchronous"},
    Real{"alpha0", &RuleSpec::alpha0, 0.0, 10.0, Low::Included, "Initial learning rate of a path"},
    Real{"alpha_lr", &RuleSpec::alpha_lr, 0.0, 10.0, Low::Included,
         "Step size of alpha; sparse-maml: of the scores"},
    Real{"m0", &RuleSpec::m0, -10.0, 10.0, Low::Included, "Initial inhibition multiplier"},
    Real{"m_lr", &RuleSpec::m_lr, 0.0, 100.0, Low::Included, "Step size of m"},
    Real{"weight_lr", &RuleSpec::weight_lr, 0.0, 10.0, Low::Included,
         "Step size of the weights, synchronous update only"},
    Real{"clip_norm", &RuleSpec::clip_norm, 0.0, 1e6, Low::Excluded,
         "Largest norm of the gradients of weights, alpha and m, each group on its own"},
    Real{"k_fraction", &RuleSpec::k_fraction, 0.0, 1.0, Low::Excluded,
         "The inhibition takes the k-th largest net input, k this share of the units"},
    Whole{"batch", &RuleSpec::batch, 1, 1'000, "Samples, and inner steps, a meta-step"},
    Whole{"replay", &RuleSpec::replay, 0, 1'000, "Samples replayed a meta-step, at most"},
    Whole{"memory", &RuleSpec::memory, 1, 1'000'000, "Samples that the replay memory holds"},
    Flag{"as_published", &RuleSpec::as_published,
         "The replay memory with the quirks of the published program, or as the paper's text says"},
    Choice{"reservoir_index", &RuleSpec::reservoir_index,
           "published: drawn from 0 to age inclusive, so that new samples are kept a little too "
           "seldom; corrected: every sample alike; default: as as_published says"},
    Choice{"old_memory", &RuleSpec::old_memory,
           "What is replayed. published: samples of the current task too; corrected: of earlier "
           "tasks only; default: as as_published says"},
    Choice{"alpha", &RuleSpec::alpha,
           "Learning rate of a path: relu(alpha), which stays at 0 for good once alpha <= 0, or "
           "softplus(alpha), which never is 0; meta-cls, c-maml, and la-maml and sync with an "
           "alpha a path"},
    Choice{"alpha_per", &RuleSpec::alpha_per,
           "la-maml, sync: each path has a learning rate of its own, or each weight"},
    Real{"reptile_within", &RuleSpec::reptile_within, 0.0, 1.0, Low::Included,
         "mer: share that is kept of where the steps of one batch have led"},
    Real{"reptile_across", &RuleSpec::reptile_across, 0.0, 1.0, Low::Included,
         "mer: share that is kept of where all batches of a meta-step have led"},
    Whole{"prediction_depth", &RuleSpec::prediction_depth, 1, 1'000,
          "oml: the prediction network is the last so many paths on any way to an output"},
};

template <>
inline constexpr std::tuple kKeys<ReplicaSpec>{
    Whole{
        "seeds", &ReplicaSpec::seeds, 1, kMostReplicas,
        "Networks of each condition, inhibition, correction and alpha0, that differ in seed only"},
    Whole{"first_seed", &ReplicaSpec::first_seed, 0, std::int64_t{1} << 53,
          "Seed of the first; the others count on from it"},
    Values{"conditions", &ReplicaSpec::conditions, 4, Choice{"condition", &RuleSpec::condition, ""},
           "Conditions to compare; empty: that of the rule"},
    Values{"inhibitions", &ReplicaSpec::inhibitions, 16,
           Choice{"inhibition", &LayerSpec::inhibition, ""},
           "Kinds of inhibition to compare, each in all hidden layers; empty: that of each layer"},
    Values{"corrections", &ReplicaSpec::corrections, 5,
           Choice<ReplicaSpec, Corrections>{"corrections", nullptr, ""},
           "Quirks of the published program to compare, each corrected alone, none or all; empty: "
           "those of the rule"},
    Values{"alpha0", &ReplicaSpec::alpha0, 100,
           Real{"alpha0", &RuleSpec::alpha0, 0.0, 10.0, Low::Included, ""},
           "Initial learning rates to compare; empty: that of the rule"},
};

template <>
inline constexpr std::tuple kKeys<ExperimentSpec>{
    Text{"name", &ExperimentSpec::name, 1, 200, Lines::One, "Title"},
    Text{"description", &ExperimentSpec::description, 0, 10'000, Lines::Several,
         "What it shows, in a few sentences"},
    Group{"network", &ExperimentSpec::network, "Layers and the paths between them"},
    Group{"data", &ExperimentSpec::data, "Where the images come from"},
    Group{"stream", &ExperimentSpec::stream, "The tasks"},
    Group{"rule", &ExperimentSpec::rule, "How the network learns"},
    Group{"replicas", &ExperimentSpec::replicas, "How many networks learn side by side"},
    Choice{"evaluate", &ExperimentSpec::evaluate,
           "Accuracy after each task on all tasks, on the task just learned, or only at the end"},
    Choice{
        "device", &ExperimentSpec::device,
        "What computes: cpu, a network at a time on each core; cuda, an NVIDIA GPU, all networks "
        "of a condition at once, first order only; auto is the CPU"},
};

// Calls visit(key) for each key of S.
template <class S, class Visit>
void eachKey(Visit&& visit) {
  std::apply([&](const auto&... key) { (visit(key), ...); }, kKeys<S>);
}

}  // namespace dentate::spec
