#include "ui/terms.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "engine/spec/spelling.h"

namespace dentate::ui {
namespace {

bool isTerm(std::string_view name) { return findTerm(name) != nullptr; }

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
                           "chance",
                           "channels",
                           "kernel",
                           "stride",
                           "padding",
                           "selectivity",
                           "Pearson",
                           "cosine",
                           "MDS",
                           "PCA",
                           "order",
                           "update",
                           "batch"})
    EXPECT_TRUE(isTerm(word)) << word;
}

TEST(Terms, EveryConditionHasACard) {
  for (const auto& spelling : spec::kSpellings<spec::Condition>)
    EXPECT_TRUE(isTerm(spelling.text)) << spelling.text;
}

TEST(Terms, AreSentencesAndNoneStandsTwice) {
  std::set<std::string> seen;
  for (const Term& entry : terms()) {
    EXPECT_TRUE(seen.insert(entry.name).second) << entry.name;
    EXPECT_TRUE(std::string_view(entry.sentence).ends_with('.')) << entry.name;
  }
}

// Those that a panel passes as a literal; a name that has no card would end the program.
std::vector<std::string> termsNamedIn(const std::filesystem::path& file) {
  std::ifstream in(file);
  const std::string source{std::istreambuf_iterator<char>(in), {}};
  static const std::regex kUse(
      R"re(\b(?:hoverTerm|termTip)\(\s*[\w.]+,\s*"([^"]+)"|\bhoverPlace\([^;]*?,\s*"([^"]+)"\)|)re"
      R"re(\b(?:termLabel|fieldHeading|fieldLabel)\(\s*[\w.]+,[^;"]*"[^"]*",\s*"([^"]+)"|)re"
      R"re(\b(?:Field\{|choiceOf\()"[^"]*",\s*"[^"]*",\s*"([^"]+)")re");
  std::vector<std::string> names;
  for (std::sregex_iterator use(source.begin(), source.end(), kUse), end; use != end; ++use)
    for (std::size_t group = 1; group < use->size(); ++group)
      if ((*use)[group].matched) names.push_back((*use)[group]);
  return names;
}

TEST(Terms, EveryTermThatAPanelNamesHasACard) {
  std::set<std::string> named;
  for (const auto& entry : std::filesystem::directory_iterator("ui"))
    if (entry.path().extension() == ".cpp")
      for (const auto& name : termsNamedIn(entry.path())) {
        EXPECT_TRUE(isTerm(name)) << name << " in " << entry.path();
        named.insert(name);
      }
  for (const char* const known : {"inhibition", "task stream", "chance", "clip norm", "evaluation",
                                  "stimulus", "order of units"})
    EXPECT_TRUE(named.contains(known)) << known << ": is it found?";
}

}  // namespace
}  // namespace dentate::ui
