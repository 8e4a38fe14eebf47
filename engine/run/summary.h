// What an experiment came to, replica by replica.
#pragma once
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/measure/accuracy.h"
#include "engine/measure/evaluate.h"
#include "engine/spec/experiment.h"
#include "engine/spec/replicas.h"
#include "engine/spec/result.h"

namespace dentate::run {

// Sums over the tests of one replica at the end of its stream, with one pathway out or none.
struct FinalTests {
  std::int64_t tests = 0;
  double category = 0, item = 0;        // sums of accuracies
  measure::ItemMemory items = {};       // over all tests
  std::vector<double> active_fraction;  // sums, by layer
  void add(const measure::Evaluation& evaluation);
};

// The tests of one replica so far.
struct Tally {
  measure::AccuracyMatrix category, item;
  std::map<spec::Pathway, FinalTests> at_end;
  measure::Sparsity sparsity = {};  // after the last tests; empty before
};

struct ReplicaSummary {
  spec::Condition condition = spec::Condition::SLr;
  std::optional<spec::Inhibition> inhibition;    // compared with others
  std::optional<spec::Corrections> corrections;  // likewise
  double alpha0 = 0;
  std::uint64_t seed = 0;
  [[nodiscard]] spec::Compared compared() const { return {condition, inhibition, corrections}; }
  bool finished = false;
  std::int64_t steps = 0;  // meta-steps done, the one that it was lost in included
  spec::Status failure;    // why it ended early
  // NaN where not measured. Of category accuracy; of item accuracy without a category output.
  double ra = std::numeric_limits<double>::quiet_NaN();
  double la = ra, bti = ra;
  std::vector<double> active_fraction;  // by hidden layer, over the tests of all tasks at the end
  std::vector<double> alpha;            // by path
  std::vector<double> m;                // by hidden layer
  measure::Sparsity sparsity;           // after the last tests; layers of the spec, all
  // Accuracy over all tasks at the end, by pathway left out (None: intact); dual tasks only.
  std::map<spec::Pathway, double> category_accuracy, item_accuracy;
  // Of the items in and outside of the replay memory, likewise; wherever there are item labels.
  std::map<spec::Pathway, measure::ItemMemory> items;
};

// Paths that stopped learning for good: relu(alpha) of an alpha that is learned and is not above 0.
[[nodiscard]] std::vector<std::size_t> frozenPaths(const spec::ExperimentSpec& spec,
                                                   const ReplicaSummary& summary);

}  // namespace dentate::run
