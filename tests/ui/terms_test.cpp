#include "ui/terms.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "engine/spec/spelling.h"

namespace dentate::ui {
namespace {

bool isTerm(std::string_view name) {
  std::size_t n = 0;
  const Term* all = terms(&n);
  return std::any_of(all, all + n, [&](const Term& entry) { return entry.name == name; });
}

// The words of the field, as the design lists them.
TEST(Terms, EveryWordHasACard) {
  for (const char* word : {"layer",
                           "unit",
                           "path",
                           "net input",
                           "activity",
                           "inhibition",
                           "active fraction",
                           "meta-step",
                           "inner step",
                           "replay memory",
                           "task",
                           "task stream",
                           "condition",
                           "replica",
                           "RA",
                           "LA",
                           "BTI",
                           "RSA",
                           "lesion",
                           "α",
                           "m",
                           "SEM",
                           "category accuracy",
                           "item accuracy",
                           "item accuracy in memory",
                           "item accuracy outside",
                           "reservoir index",
                           "old-task memory",
                           "relu or softplus",
                           "as published or corrected",
                           "chance"})
    EXPECT_TRUE(isTerm(word)) << word;
}

TEST(Terms, EveryConditionHasACard) {
  for (const auto& spelling : spec::kSpellings<spec::Condition>)
    EXPECT_TRUE(isTerm(spelling.text)) << spelling.text;
}

TEST(Terms, AreSentencesAndNoneStandsTwice) {
  std::set<std::string> seen;
  std::size_t n = 0;
  const Term* all = terms(&n);
  for (const Term* entry = all; entry != all + n; ++entry) {
    EXPECT_TRUE(seen.insert(entry->name).second) << entry->name;
    EXPECT_TRUE(std::string_view(entry->sentence).ends_with('.')) << entry->name;
  }
}

}  // namespace
}  // namespace dentate::ui
