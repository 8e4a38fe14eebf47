#include "ui/run_edits.h"

#include <gtest/gtest.h>

namespace dentate::ui {
namespace {

class RunEditsTest : public testing::Test {
 protected:
  RunEditsTest() {
    for (const std::uint64_t run : {1, 2}) {
      link::RunEntry entry;
      entry.run = run;
      entry.name = run == 1 ? "main" : "branch 1";
      now.runs.push_back(entry);
    }
    now.run = 2;
    edits.follow(now);
  }
  link::Snapshot now;
  std::vector<link::Command> sent;
  link::Emit emit = [this](const link::Command& command) {
    sent.push_back(command);
    return sent.size();
  };
  RunEdits edits;
};

TEST_F(RunEditsTest, ANameComesBack) {
  renameRun(now.runs[0], "lesioned", edits, emit);
  EXPECT_EQ(std::get<link::RenameRun>(sent.back()).name, "lesioned");
  ASSERT_NE(edits.toUndo(), nullptr);
  EXPECT_EQ(edits.toUndo()->what, "rename main");
  edits.undo(emit);
  EXPECT_EQ(std::get<link::RenameRun>(sent.back()).name, "main");
  EXPECT_EQ(edits.toUndo(), nullptr);
  edits.redo(emit);
  EXPECT_EQ(std::get<link::RenameRun>(sent.back()).name, "lesioned");
}

TEST_F(RunEditsTest, ANameThatIsTheSameIsNoEdit) {
  renameRun(now.runs[0], "main", edits, emit);
  EXPECT_TRUE(sent.empty());
  EXPECT_EQ(edits.toUndo(), nullptr);
}

TEST_F(RunEditsTest, ADroppedRunComesBackUntilItIsGoneForGood) {
  renameRun(now.runs[1], "lesioned", edits, emit);
  dropRun(now.runs[1], edits, emit);
  now.dropped = {now.runs[1]};
  now.runs.pop_back();
  edits.follow(now);
  ASSERT_NE(edits.toUndo(), nullptr) << "it is set aside";
  edits.undo(emit);
  EXPECT_EQ(std::get<link::BringBackRun>(sent.back()).run, 2U);
  edits.redo(emit);
  now.dropped.clear();
  edits.follow(now);
  EXPECT_EQ(edits.toUndo(), nullptr) << "neither the drop nor the name";
}

TEST_F(RunEditsTest, WhatActsOnTheShownRunShowsItFirst) {
  edits.make({"inhibition of h1", 2, link::SetInhibition{1, spec::Inhibition::None},
              link::SetInhibition{1, spec::Inhibition::LearnedM}, /*of_shown=*/true},
             emit);
  now.run = 1;
  edits.follow(now);
  edits.undo(emit);
  ASSERT_EQ(sent.size(), 3U);
  EXPECT_EQ(std::get<link::SelectRun>(sent[1]).run, 2U);
  EXPECT_EQ(std::get<link::SetInhibition>(sent[2]).kind, spec::Inhibition::LearnedM);
}

}  // namespace
}  // namespace dentate::ui
