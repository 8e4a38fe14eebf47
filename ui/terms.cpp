#include "ui/terms.h"

#include <array>

#include "engine/spec/check.h"

namespace dentate::ui {
namespace {

constexpr const char* kPaper = "Zhou & Schapiro 2025, doi:10.1101/2025.07.10.664201";
constexpr const char* kLaMaml = "Gupta, Yadav & Paull 2020, La-MAML, arXiv:2007.13904";
constexpr const char* kGem = "Lopez-Paz & Ranzato 2017, arXiv:1706.08840";

constexpr std::array kTerms{
    Term{"α", "Learning rate of a path; it is learned, so each path finds its own speed.",
         "θ ← θ − relu(α) · gradient", kLaMaml},
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
    Term{"task", "One problem of the stream; here, digits turned by one angle.", "", kPaper},
    Term{"condition",
         "What is learned besides the weights: nothing (baseline), m (s), α (lr), both (s+lr).", "",
         kPaper},
    Term{"α₀", "The α that every path begins with; several, with commas, are compared.", "",
         kPaper},
    Term{"η for α", "Step size of α.", "α ← α − η · gradient", kPaper},
    Term{"η for m", "Step size of m.", "m ← m − η · gradient", kPaper},
    Term{"SEM", "Standard error of the mean over replicas.", "SEM = s / √n", ""},
    Term{"seeds",
         "Networks of each condition and α₀ that differ in their random seed and in nothing else.",
         "networks = conditions × α₀ × seeds", ""},
    Term{"samples a task", "Training images of each task; each is shown once.", "", kPaper},
    Term{"lesion",
         "A part of the network is silenced: units of a layer, or a path as a whole; or it stays "
         "active and does not learn any more.",
         "", ""},
    Term{"order of units",
         "Whose turn comes first: a larger lesion silences the units of a smaller one, and more.",
         "silenced = the first round(share · n) in that order", ""},
    Term{"plasticity",
         "A path learns by its α. Without plasticity its weights and its α stay as they are.",
         "α = 0", ""},
    Term{"category accuracy", "Share of test images whose digit the network names.", "", kPaper},
    Term{"item accuracy",
         "Share of learned images that the network tells from every other one, as that very image.",
         "", kPaper},
    Term{"dissociation index",
         "How much more a lesion takes from item memory than from category knowledge; above 0 it "
         "takes items and spares categories. In brackets, the 95 % bootstrap interval.",
         "(intact − lesioned) / intact of items − the same of categories", kPaper},
    Term{"accuracy on the batch",
         "Share of the last meta-batch that the shown replica classified correctly.", "", ""},
};

}  // namespace

const Term* terms(std::size_t* count) {
  *count = kTerms.size();
  return kTerms.data();
}

const Term& term(std::string_view name) {
  for (const Term& entry : kTerms)
    if (name == entry.name) return entry;
  DENTATE_CHECK(!"the term is in the table");
  return kTerms.front();
}

}  // namespace dentate::ui
