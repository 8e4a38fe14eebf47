#include "ui/terms.h"

#include <array>
#include <vector>

#include "engine/spec/check.h"
#include "ui/term_tables.h"

namespace dentate::ui {
namespace {

constexpr const char* kPaper = "Zhou & Schapiro 2025, doi:10.1101/2025.07.10.664201";
constexpr const char* kLaMaml = "Gupta, Yadav & Paull 2020, La-MAML, arXiv:2007.13904";
constexpr const char* kSimilarity =
    "Kriegeskorte, Mur & Bandettini 2008, doi:10.3389/neuro.06.004.2008";
constexpr const char* kGem = "Lopez-Paz & Ranzato 2017, arXiv:1706.08840";

constexpr const char* kRsa = "Kriegeskorte, Mur & Bandettini 2008, doi:10.3389/neuro.06.004.2008";
constexpr const char* kPathways = "Schapiro et al. 2017, doi:10.1098/rstb.2016.0049";
constexpr const char* kSplits = "Zenke, Poole & Ganguli 2017, arXiv:1703.04200";
constexpr const char* kScenarios =
    "van de Ven, Tuytelaars & Tolias 2022, doi:10.1038/s42256-022-00568-3";
constexpr const char* kMer = "Riemer et al. 2019, MER, arXiv:1810.11910";
constexpr const char* kOml = "Javed & White 2019, OML, arXiv:1905.12588";
constexpr const char* kWinners = "Makhzani & Frey 2013, arXiv:1312.5663";
constexpr const char* kHoyer = "Hoyer 2004, J. Mach. Learn. Res. 5:1457";
constexpr const char* kConvolution = "LeCun et al. 1989, doi:10.1162/neco.1989.1.4.541";
constexpr const char* kReservoir = "Vitter 1985, doi:10.1145/3147.3165";

constexpr std::array kTerms{
    Term{
        "α",
        "How large a step the weights of a path take when they learn: twice the α, twice the step. "
        "α is itself learned, so each path finds its own speed.",
        "θ ← θ − relu(α) · gradient", kLaMaml},
    Term{"relu or softplus",
         "The published program learns by relu(α): a path whose α falls to 0 or below stops for "
         "good. "
         "Corrected: softplus(α), which is small but never 0. Curves show softplus(α) itself; near "
         "0 "
         "it moves far less at the same η for α.",
         "relu(α) = max(α, 0)   or   softplus(α) = ln(1 + e^α)", kLaMaml},
    Term{
        "reservoir index",
        "The published program draws the place that a full memory gives up from 0 to the number of "
        "samples so far, inclusive, so that new samples are kept a little too seldom. Corrected, "
        "every sample so far is as likely to be kept.",
        "kept with probability memory / (samples + 1)   or   memory / samples", kReservoir},
    Term{"old-task memory",
         "In the published program the old and the new memory are one list, so that samples of the "
         "current task are replayed too. The paper's text replays samples of earlier tasks alone: "
         "the memory as it stood when the task began.",
         "", kPaper},
    Term{"as published or corrected",
         "Quirks of the published program that its numbers contain. Compared are networks with all "
         "of them, with one corrected, or with all corrected.",
         "reservoir index, old-task memory, relu(α)", kPaper},
    Term{"frozen path", "α ≤ 0: relu(α) is 0, so this path has stopped learning for good.",
         "relu(α) = 0, and its gradient is 0 too", kPaper},
    Term{"m", "Inhibition multiplier of a layer: how much of its strongest input is taken off.",
         "z ← z − m · I,   I = k-th largest of z", kPaper},
    Term{"active fraction",
         "Share of a layer's units that respond; a lower one means a sparser code.",
         "#{units with a > 0} / #{units}", kPaper},
    Term{"RA", "Retained accuracy: mean over all tasks at the end of the stream.",
         "RA = mean over t of A[last, t]", kGem},
    Term{"LA", "Learning accuracy: mean of each task's accuracy right after it was learned.",
         "LA = mean over t of A[t, t]", kGem},
    Term{"BTI", "Backward transfer: what later tasks gave to (+) or took from (−) earlier ones.",
         "BTI = RA − LA", kGem},
    Term{"accuracy matrix", "Accuracy on every task, measured after every task.",
         "A[after task, tested on task]", kGem},
    Term{"meta-step", "One batch: its inner steps, the meta-loss, one update of weights, α and m.",
         "", kLaMaml},
    Term{"work",
         "Multiply-adds of the last meta-step of the network in the diagram; silent units need "
         "none, "
         "so a sparser network is a cheaper one.",
         "multiply-adds done / those with every unit active", ""},
    Term{"meta-loss", "Loss on the batch and the replayed samples after the inner steps.",
         "mean over inner steps of CE(fast weights; replay ∪ batch)", kLaMaml},
    Term{"branch",
         "A copy of the run in its complete state: both go on from the same numbers, and whatever "
         "parts them later comes from what was changed in one.",
         "", ""},
    Term{"task",
         "One problem of the stream: images turned by one angle, say, or two classes of them.", "",
         kPaper},
    Term{"condition",
         "What is learned besides the weights: nothing (baseline), m (s), α (lr), both (s+lr).", "",
         kPaper},
    Term{"α₀", "The α that every path begins with; several, with commas, are compared.", "",
         kPaper},
    Term{"η for α", "Step size of α.", "α ← α − η · gradient", kPaper},
    Term{"η for m", "Step size of m.", "m ← m − η · gradient", kPaper},
    Term{"η for θ", "Step size of the weights, where they do not take α (synchronous update).",
         "θ ← θ − η · gradient", kLaMaml},
    Term{"Reptile",
         "How much is kept of where learning has led: sample by sample within a batch of replayed "
         "images and a new one, and across all batches of a meta-step.",
         "θ ← θ + β (θ after the steps − θ)", kMer},
    Term{"prediction network",
         "The last so many paths before the outputs: they learn each image at once. The paths "
         "before them learn to make that learning useful.",
         "", kOml},
    Term{"similarity",
         "How alike the activity patterns are that a layer answers two tasks, categories or items "
         "with.",
         "Pearson r, or cosine, of two patterns over the units", kSimilarity},
    Term{"pattern overlap",
         "Mean similarity of two different patterns: low where a layer keeps them apart.",
         "mean of the matrix off its diagonal", kSimilarity},
    Term{"PCA", "Patterns in the plane in which they differ most, by their activity.",
         "two largest principal components of the patterns",
         "Hotelling 1933, doi:10.1037/h0071325"},
    Term{"MDS", "Patterns in a plane so that like ones lie close: classical scaling of the matrix.",
         "distance = √(2 − 2 · similarity)", "Torgerson 1952, doi:10.1007/BF02288916"},
    Term{"SEM", "Standard error of the mean over replicas.", "SEM = s / √n", ""},
    Term{"seeds",
         "Networks of each condition and α₀ that differ in their random seed and in nothing else.",
         "networks = conditions × α₀ × seeds", ""},
    Term{
        "events",
        "What happened to a run beside what it measured: begun, gone on with, lesions, rates, "
        "inhibition, a branch, a network that was lost, its end; and which checkpoints are left of "
        "it. Kept with the run.",
        "", ""},
    Term{"samples a task", "Training images of each task; each is shown once.", "", kPaper},
    Term{
        "samples an item",
        "Images that share one item label: so many of a task, learned one after the other, "
        "whatever "
        "their class. 1: every image has a label of its own. A set never spans two tasks; in every "
        "stream its images are those drawn in a row.",
        "item labels of a task = samples a task / samples an item, rounded up", ""},
    Term{"layer", "A population of units: input, hidden or output.", "", ""},
    Term{"bias",
         "One unit that always sends 1. Draw a path from it to a layer, and the layer has biases: "
         "the "
         "weights of that path, 0 at the start, with an α of their own. The networks of the paper "
         "have none.",
         "z = Σ W x̂ + b", ""},
    Term{"convolutional",
         "A layer of channels. One small kernel of weights for each channel is moved over the maps "
         "of the source; every place of a channel has the same weights.",
         "x̂ = a / ‖a‖ over the channels of a pixel;  I over all units of the layer", kPaper},
    Term{"unit", "One of a layer's neurons; it responds where its activity is above 0.", "", ""},
    Term{"path", "From one layer to another: one weight matrix with one learning rate α.",
         "z = Σ W · a / ‖a‖  over the paths into a layer", kPaper},
    Term{"large path",
         "The pathway with many units, as the trisynaptic one of the hippocampus: sparse and fast, "
         "it keeps apart what is alike.",
         "", kPathways},
    Term{"small path",
         "The pathway with few units, as the monosynaptic one of the hippocampus: it overlaps and "
         "finds what is common.",
         "", kPathways},
    Term{"net input", "What reaches a unit, before inhibition and rectification.",
         "z = Σ W · a / ‖a‖", kPaper},
    Term{"activity", "What is left of the net input after inhibition and rectification.",
         "a = max(z − m · I, 0)", kPaper},
    Term{
        "inhibition",
        "What a layer takes off every unit. Learned m: m times its k-th largest net input; there "
        "where m is learned (s, s+lr). k-WTA: its (k+1)-th largest, so that k units are active, in "
        "every condition.",
        "z ← z − m · I,   k = max(1, ⌊0.01 · units⌋)", kPaper},
    Term{"k of k-WTA",
         "Units that win: k falls in a straight line from k_max to k_target, shares of the units, "
         "over the first k_steps meta-steps.",
         "a = max(z − I, 0),   I the (k+1)-th largest", kWinners},
    Term{"dead units",
         "Units of a layer that stayed silent for every image of the tests after a task; lesioned "
         "ones are not counted.",
         "", ""},
    Term{"unit variance",
         "How much a unit's activity differs from image to image of the newest task, mean over the "
         "units of a layer.",
         "mean over units of var(a)", ""},
    Term{
        "Hoyer sparsity",
        "How few weights carry a path: 0 where all are of one size, 1 where a single one is not 0.",
        "(√n − ‖w‖₁ / ‖w‖₂) / (√n − 1)", kHoyer},
    Term{"weights near zero", "Weights of a path that are below 1 % of its largest, as a share.",
         "", ""},
    Term{"inner step", "One step of the fast weights on one sample; it is taken back afterwards.",
         "fast ← fast − relu(α) · gradient", kLaMaml},
    Term{"replay memory", "Earlier samples, of which a few are learned again in every meta-step.",
         "reservoir: each sample so far is as likely to be in it", kReservoir},
    Term{"task stream",
         "Tasks in sequence, each learned once and never trained on again. From one to the next "
         "the images are turned, their pixels permuted, other classes shown, noise or a patch laid "
         "over them.",
         "", kPaper},
    Term{
        "data",
        "Where the images come from: the digits are built in; the others are read from a folder or "
        "an archive, whose path can be typed or dropped onto the window; some can be fetched.",
        "", ""},
    Term{"class split",
         "Each task shows classes that no other task shows: digits 0 and 1, then 2 and 3.", "",
         kSplits},
    Term{"incremental",
         "Class-incremental: every class keeps its label. Task-incremental: labels begin at 0 in "
         "each task.",
         "", kScenarios},
    Term{"noise", "Normal noise on every pixel, none in the first task, most in the last.",
         "standard deviation of task t = noise · t / (tasks − 1), white = 1", ""},
    Term{"patch",
         "A black square over the image: it grows about the middle, or moves, from task to task.",
         "size = its side / the image's", ""},
    Term{"learning rule", "How a batch changes weights, α and m.",
         "α ← α − η · gradient,   m ← m − η · gradient,   θ ← θ − relu(α) · gradient", kLaMaml},
    Term{"replica",
         "One network of several that differ in seed, condition or α₀ and in nothing else.", "",
         ""},
    Term{"stimulus", "The image that the network answers now: an input and its labels.", "", ""},
    Term{"category",
         "Of which class it is, which digit: the same output for all images of a class.", "",
         kPaper},
    Term{"item",
         "Which very image it is: every training image has an output of its own, or shares it with "
         "those learned just before and after it.",
         "", kPaper},
    Term{"accuracy by task",
         "Accuracy on the task learned last, and mean accuracy on all learned until then.",
         "A[t, t]   and   mean over u ≤ t of A[t, u]", kGem},
    Term{"newest task", "Accuracy on the task learned last, right after it was learned.", "A[t, t]",
         kGem},
    Term{"all learned",
         "Mean accuracy on all tasks learned until then: it falls where old ones are forgotten.",
         "mean over u ≤ t of A[t, u]", kGem},
    Term{"chance", "What guessing gets right: an accuracy near it says that nothing is known.",
         "1 / categories   or   1 / items", ""},
    Term{"baseline",
         "Neither m nor α is learned, and there is no learned inhibition; k-WTA, which learns "
         "nothing, stays.",
         "m = 0, α = α₀", kPaper},
    Term{"s", "Only the sparsity is learned: m adapts, α stays.", "α = α₀", kPaper},
    Term{"lr",
         "Only the learning rates are learned: α adapts, there is no learned inhibition; k-WTA, "
         "which "
         "learns nothing, stays.",
         "m = 0", kPaper},
    Term{"s+lr", "Both are learned: the sparsity of every layer and the speed of every path.", "",
         kPaper},
    Term{"RSA",
         "Representational similarity: how alike the activity patterns of two stimuli, categories "
         "or tasks are.",
         "r = correlation of two patterns over the units of a layer", kRsa},
    Term{"device",
         "What computes: the processor of this machine, and how many of its cores; or a GPU, which "
         "takes all networks of a condition at once.",
         "", ""},
    Term{"lesion",
         "A part of the network is silenced: units of a layer, or what units of its source send "
         "over a "
         "path; or it stays active and does not learn any more.",
         "a = 0", ""},
    Term{"order of units",
         "Whose turn comes first: a larger lesion silences the units of a smaller one, and more.",
         "silenced = the first round(share · n) in that order", ""},
    Term{"plasticity",
         "A path learns by its α. Without plasticity its weights and its α stay as they are.",
         "α = 0", ""},
    Term{"category accuracy", "Share of test images whose class the network names.",
         "images named right / images tested,   chance 1 / categories", kPaper},
    Term{"item accuracy",
         "Share of learned images that the network tells from every other one, as that very image, "
         "or as one of its set. Of thousands of images even a few hundredths are far above chance.",
         "images named right / images tested,   chance 1 / items", kPaper},
    Term{"item accuracy in memory",
         "Item accuracy of the images that the replay memory holds at the time of the test: they "
         "may "
         "be learned again.",
         "images in memory named right / images in memory", kPaper},
    Term{"item accuracy outside",
         "Item accuracy of the learned images that the replay memory does not hold: what lasts "
         "without replay.",
         "other images named right / other images", kPaper},
    Term{"dissociation index",
         "How much more a lesion takes from item memory than from category knowledge; above 0 it "
         "takes items and spares categories. In brackets, the 95 % bootstrap interval.",
         "(intact − lesioned) / intact of items − the same of categories", kPaper},
    Term{"accuracy on the batch",
         "Share of the last meta-batch that the shown replica classified correctly.", "", ""},
    Term{"channels",
         "Maps of a convolutional layer, one beside the other: each is one kernel seen at every "
         "place. Of an image, its colours.",
         "units = channels × height × width", kConvolution},
    Term{"kernel",
         "Side of the square of weights that a convolutional layer moves over the maps of its "
         "source.",
         "weights = channels × channels of the source × kernel²", kConvolution},
    Term{"stride", "By how many units of the source a kernel is moved from one place to the next.",
         "side = ⌊(source + 2 padding − kernel) / stride⌋ + 1", kConvolution},
    Term{"padding", "Rows of zeros laid around the source, so that a kernel sees its border too.",
         "side = ⌊(source + 2 padding − kernel) / stride⌋ + 1", kConvolution},
    Term{"role",
         "What a layer is for: it takes the image in, lies between, or answers with the category "
         "or the item.",
         "", ""},
    Term{"pathway",
         "Which of two parallel ways a layer or path belongs to. A pathway is lesioned as one.", "",
         kPathways},
    Term{"labels",
         "What the stream asks for: the category of an image, which very image it is, or both.", "",
         kPaper},
    Term{"parameters", "Weights of all paths of one network.", "", ""},
    Term{"selectivity",
         "How much more a unit answers to the category or the task that it prefers than to the "
         "others: 1 to that alone, 0 to all alike.",
         "(a_max − a_rest) / (a_max + a_rest)",
         "Morcos, Barrett, Rabinowitz & Botvinick 2018, arXiv:1803.06959"},
    Term{"through layers",
         "What reaches a deeper unit from each pixel, as if every layer between were linear: the "
         "weights multiplied along all ways and added up.",
         "Σ over ways of Π W", ""},
    Term{"Pearson",
         "Similarity as correlation: how much two patterns go up and down together, whatever their "
         "mean and size.",
         "r = Σ (a − ā)(b − b̄) / √(Σ (a − ā)² · Σ (b − b̄)²)", kSimilarity},
    Term{"cosine",
         "Similarity as angle: 1 where two patterns point the same way, 0 where they share no "
         "active unit.",
         "Σ a · b / (‖a‖ ‖b‖)", kSimilarity},
    Term{"bootstrap interval",
         "Where the mean lies, were the networks drawn anew: networks are drawn with replacement, "
         "many times, and the middle 95 % of their means are shown.",
         "", "Efron 1979, doi:10.1214/aos/1176344552"},
};

}  // namespace

std::span<const Term> terms() {
  static const std::vector<Term> all = [] {
    std::vector<Term> both(kTerms.begin(), kTerms.end());
    const auto rules = termsOfRules();
    both.insert(both.end(), rules.begin(), rules.end());
    return both;
  }();
  return all;
}

const Term* findTerm(std::string_view name) {
  for (const Term& entry : terms())
    if (name == entry.name) return &entry;
  return nullptr;
}

const Term& term(std::string_view name) {
  const Term* const found = findTerm(name);
  DENTATE_CHECK(found != nullptr);
  return found != nullptr ? *found : kTerms.front();
}

}  // namespace dentate::ui
