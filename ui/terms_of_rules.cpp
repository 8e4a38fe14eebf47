#include <array>

#include "ui/term_tables.h"

namespace dentate::ui {
namespace {

constexpr const char* kPaper = "Zhou & Schapiro 2025, doi:10.1101/2025.07.10.664201";
constexpr const char* kLaMaml = "Gupta, Yadav & Paull 2020, La-MAML, arXiv:2007.13904";

constexpr std::array kTerms{
    Term{"meta-cls",
         "Looks ahead sample by sample with fast weights, then steps the weights, and learns, as "
         "the condition says, the α of every path and the m of every layer.",
         "α ← α − η ∂L/∂α,   m ← m − η ∂L/∂m,   θ ← θ − relu(α) ∂L/∂θ", kPaper},
    Term{"la-maml",
         "Looks ahead sample by sample with learned learning rates; the weights then take a step "
         "of those very rates.",
         "α ← α − η ∂L/∂α,   θ ← θ − relu(α) ∂L/∂θ", kLaMaml},
    Term{"c-maml",
         "The look-ahead of La-MAML with rates that are not learned: what learned rates add shows "
         "beside it.",
         "fast ← fast − α₀ · gradient,   θ ← θ − η ∂L/∂θ", kLaMaml},
    Term{"sync",
         "La-MAML whose learned rates look ahead only: the weights take a step of a fixed size.",
         "α ← α − η ∂L/∂α,   θ ← θ − η ∂L/∂θ", kLaMaml},
    Term{"er",
         "Experience replay: one step down the gradient of the batch and of replayed samples "
         "together, and nothing else is learned.",
         "θ ← θ − α₀ ∂CE(replay ∪ batch)/∂θ", "Chaudhry et al. 2019, ER, arXiv:1902.10486"},
    Term{"mer",
         "Meta-experience replay: learns sample by sample, then keeps a share of the way only, "
         "which favours what samples agree on.",
         "θ ← θ + β (θ after the steps − θ)", "Riemer et al. 2019, MER, arXiv:1810.11910"},
    Term{"oml",
         "The last paths learn each sample at once; those before them learn a representation that "
         "makes such learning useful.",
         "W ← W − α₀ · gradient by sample,   θ ← θ − η ∂L(θ, W)/∂θ",
         "Javed & White 2019, OML, arXiv:1905.12588"},
    Term{"sparse-maml",
         "The look-ahead of MAML that learns which weights move in it: each weight has a score, "
         "and stands still where that is below 0.",
         "fast ← fast − α₀ · 1[S ≥ 0] · gradient",
         "von Oswald et al. 2021, sparse-MAML, arXiv:2110.14402"},
    Term{"sgd",
         "One step down the gradient of the batch alone, without replay: what the other rules are "
         "to be better than.",
         "θ ← θ − α₀ ∂CE(batch)/∂θ", "Robbins & Monro 1951, doi:10.1214/aoms/1177729586"},
    Term{"order",
         "2: the meta-gradient goes through the gradients of the inner steps too, which is exact "
         "and slow. 1: it takes them as constants.",
         "", "Finn, Abbeel & Levine 2017, MAML, arXiv:1703.03400"},
    Term{"update",
         "What the weights step by. Asynchronous: by the α that was just learned. Synchronous: by "
         "a fixed η.",
         "θ ← θ − relu(α) · gradient   or   θ ← θ − η · gradient", kLaMaml},
    Term{"batch", "Samples of a meta-step. Each is an inner step, and each is shown once.", "",
         kPaper},
    Term{"clip norm",
         "Largest norm of a gradient: a longer one is shortened to it. Weights, α and m each on "
         "their own.",
         "g ← g · min(1, clip norm / ‖g‖)", "Pascanu, Mikolov & Bengio 2013, arXiv:1211.5063"},
    Term{"m₀", "The m that every inhibited layer begins with, where m is learned.", "", kPaper},
    Term{"k of inhibition",
         "Learned m takes off the k-th largest net input of a layer; k is this share of its units.",
         "k = max(1, ⌊share · units⌋)", kPaper},
    Term{"test images", "Test images of each task that its accuracy is measured on.", "", ""},
    Term{"evaluation",
         "When accuracy is measured. matrix: after each task, on all of them. diagonal: after each "
         "task, on that one. final: at the end only.",
         "", "Lopez-Paz & Ranzato 2017, arXiv:1706.08840"},
    Term{"first seed",
         "Seed of the first network; the others count on from it. The same seed gives the same "
         "weights, order of images and replay.",
         "seed of network i = first seed + i", ""},
};

}  // namespace

std::span<const Term> termsOfRules() { return kTerms; }

}  // namespace dentate::ui
