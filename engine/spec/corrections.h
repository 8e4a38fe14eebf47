// The quirks of the published program that are a choice, and what is put in their place.
//
//   reservoir_index  the place that a full reservoir gives up is drawn from 0 ... age, as published, so
//                    that a new sample is kept a little less often than capacity / age; corrected
//                    from 0 ... age - 1 (Vitter 1985, algorithm R)
//   old_memory       "old" and "new" memory are one list, as published, so that the current task is
//                    replayed too; corrected, what is replayed is the reservoir as it stood when the
//                    task began, as the paper's text says
//   alpha            a path learns by relu(alpha), which is 0 for good once alpha <= 0; corrected by
//                    softplus(alpha), whose slope sigmoid(alpha) is never 0
//
// Not among them, for there is nothing to choose: the clamp on the inner gradient has no effect, and
// k = 0 in layers under 100 units is an error there (k >= 1 here).
// `as_published` is about the memory: alpha has the published form unless it says otherwise.
#pragma once
#include <string_view>

#include "engine/spec/experiment.h"

namespace dentate::spec {

// What the rule comes to.
[[nodiscard]] bool reservoirAsPublished(const RuleSpec& rule);
[[nodiscard]] bool oldMemoryAsPublished(const RuleSpec& rule);

// The rule with these quirks corrected and no others.
[[nodiscard]] RuleSpec corrected(RuleSpec rule, Corrections which);

// On the screen, "old-task memory"; and a sentence for a person.
[[nodiscard]] std::string_view wordsOf(Corrections which);
[[nodiscard]] std::string_view aboutOf(Corrections which);

}  // namespace dentate::spec
