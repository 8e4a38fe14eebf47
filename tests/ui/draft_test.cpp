#include "ui/draft.h"

#include <gtest/gtest.h>

#include "engine/spec/check_data.h"
#include "engine/spec/experiment_json.h"

namespace dentate::ui {
namespace {

spec::ExperimentSpec load(const char* file) { return spec::loadExperiment(file).value(); }

TEST(Draft, AssignsMarksAndReverts) {
  Draft draft;
  draft.open(load("configs/two-layer.json"), "configs/two-layer.json");
  EXPECT_TRUE(draft.changedFromPreset().empty());
  EXPECT_TRUE(draft.assign("rule.alpha0", "0.25"));
  EXPECT_EQ(draft.spec().rule.alpha0, 0.25);
  EXPECT_TRUE(draft.differs("rule.alpha0"));
  EXPECT_TRUE(draft.assign("rule.condition", "baseline"));
  EXPECT_EQ(draft.changedFromPreset().size(), 2U);
  draft.revertToPreset();
  EXPECT_EQ(draft.spec(), draft.preset());
}

TEST(Draft, RevertsOneValueAlone) {
  Draft draft;
  draft.open(load("configs/two-layer.json"), "configs/two-layer.json");
  const auto preset = draft.spec();
  ASSERT_TRUE(draft.assign("rule.alpha0", "0.25"));
  ASSERT_TRUE(draft.assign("rule.m_lr", "0.5"));
  ASSERT_TRUE(draft.assign("rule.alpha", "softplus"));  // written only where it is set
  ASSERT_TRUE(draft.assign("replicas.conditions", "s,lr"));
  EXPECT_TRUE(draft.revert({"rule.alpha0", "replicas.alpha0"}));
  EXPECT_TRUE(draft.revert({"rule.alpha"}));
  EXPECT_TRUE(draft.revert({"rule.condition", "replicas.conditions"}));
  EXPECT_EQ(draft.changedFromPreset(), std::vector<std::string>{"rule.m_lr"});
  EXPECT_TRUE(draft.undo());
  EXPECT_EQ(draft.spec().replicas.conditions.size(), 2U);
  EXPECT_TRUE(draft.redo());
  EXPECT_TRUE(draft.revert({"rule.m_lr"}));
  EXPECT_EQ(draft.spec(), preset);
}

TEST(Draft, RevertingTakesARefusedValueBack) {
  Draft draft;
  draft.open(load("configs/two-layer.json"), "");
  EXPECT_FALSE(draft.assign("rule.alpha0", "x"));
  EXPECT_TRUE(draft.revert({"rule.alpha0", "replicas.alpha0"}));
  EXPECT_FALSE(draft.hasRefused());
  EXPECT_FALSE(draft.canUndo());
}

TEST(Draft, UndoAndRedo) {
  Draft draft;
  draft.open(load("configs/two-layer.json"), "");
  const double before = draft.spec().rule.alpha0;
  draft.assign("rule.alpha0", "0.3");
  EXPECT_TRUE(draft.undo());
  EXPECT_EQ(draft.spec().rule.alpha0, before);
  EXPECT_TRUE(draft.redo());
  EXPECT_EQ(draft.spec().rule.alpha0, 0.3);
  EXPECT_FALSE(draft.redo());
}

TEST(Draft, ARefusedValueLeavesTheDraftAndKeepsItsError) {
  Draft draft;
  draft.open(load("configs/two-layer.json"), "");
  const auto before = draft.spec();
  EXPECT_FALSE(draft.assign("stream.tasks", "many"));
  EXPECT_EQ(draft.spec(), before);
  ASSERT_NE(draft.refused("stream.tasks"), nullptr);
  EXPECT_EQ(draft.refused("stream.tasks")->text, "many");
  EXPECT_TRUE(draft.problem());
  EXPECT_TRUE(draft.assign("stream.tasks", "10"));
  EXPECT_EQ(draft.refused("stream.tasks"), nullptr);
  EXPECT_FALSE(draft.problem());
}

TEST(Draft, UndoTakesARefusedValueBackFirst) {
  Draft draft;
  draft.open(load("configs/two-layer.json"), "");
  draft.assign("rule.alpha0", "0.3");
  EXPECT_FALSE(draft.assign("stream.tasks", "many"));
  EXPECT_TRUE(draft.undo());
  EXPECT_FALSE(draft.hasRefused());
  EXPECT_EQ(draft.spec().rule.alpha0, 0.3);
}

TEST(Draft, ARefusedValueAloneCanBeUndone) {
  Draft draft;
  draft.open(load("configs/two-layer.json"), "");
  EXPECT_FALSE(draft.canUndo());
  draft.assign("stream.tasks", "many");
  EXPECT_TRUE(draft.canUndo());
  EXPECT_TRUE(draft.undo());
  EXPECT_FALSE(draft.problem());
  EXPECT_FALSE(draft.undo());
}

TEST(Draft, EditsComeBackWithTheirPresetAfterAnotherWasOpened) {
  Draft draft;
  draft.open(load("configs/two-layer.json"), "two");
  draft.assign("rule.alpha0", "0.3");
  draft.open(load("configs/four-layer.json"), "four");
  EXPECT_TRUE(draft.changedFromPreset().empty());
  EXPECT_TRUE(draft.undo());
  EXPECT_EQ(draft.file(), "two");
  EXPECT_EQ(draft.spec().rule.alpha0, 0.3);
  EXPECT_EQ(draft.changedFromPreset().size(), 1U);
  EXPECT_TRUE(draft.redo());
  EXPECT_EQ(draft.file(), "four");
}

TEST(Draft, TheItemHeadFollowsTheStream) {
  Draft draft;
  draft.open(load("configs/split-two-path.json"), "");
  EXPECT_TRUE(draft.assign("stream.tasks", "10"));
  EXPECT_EQ(draft.spec().network.layers.back().units, 1000);
  EXPECT_FALSE(draft.problem());
}

TEST(Draft, TheItemHeadFollowsTheSetsOfImages) {
  Draft draft;
  draft.open(load("configs/split-two-path.json"), "");
  EXPECT_TRUE(draft.assign("stream.samples_per_item", "5"));
  EXPECT_EQ(draft.spec().network.layers.back().units, 400);  // 20 tasks of 100
  EXPECT_FALSE(draft.problem());
  EXPECT_TRUE(draft.revert({"stream.samples_per_item"}));
  EXPECT_EQ(draft.spec().network.layers.back().units, 2000);
  auto more = draft.spec().stream;
  more.tasks = 30;
  EXPECT_TRUE(draft.assign("stream.tasks", "30", spec::choosing(more, draft.spec())));
  EXPECT_EQ(draft.spec().network.layers.back().units, 3000);
  EXPECT_TRUE(draft.revert({"stream.tasks"}));
  EXPECT_FALSE(draft.assign("stream.samples_per_item", "0"));
  EXPECT_TRUE(draft.assign("stream.samples_per_item", "5"));
  EXPECT_TRUE(draft.setNetwork(load("configs/two-layer.json").network, spec::Labels::Category));
  EXPECT_EQ(draft.spec().stream.samples_per_item, 1) << "without item labels there are no sets";
  EXPECT_FALSE(draft.problem());
}

TEST(Draft, HoldsANetworkThatCannotBeLoadedAndSaysWhy) {
  Draft draft;
  draft.open(load("configs/two-layer.json"), "");
  spec::NetworkSpec cyclic = draft.spec().network;
  cyclic.paths.push_back({"h2", "h1"});
  EXPECT_TRUE(draft.setNetwork(cyclic));
  EXPECT_FALSE(draft.setNetwork(cyclic)) << "the same again is no step";
  ASSERT_TRUE(draft.problem());
  EXPECT_NE(draft.problem()->what.find("cycle"), std::string::npos);
  EXPECT_TRUE(draft.differs("network.paths"));
  EXPECT_TRUE(draft.undo());
  EXPECT_FALSE(draft.problem());
  EXPECT_FALSE(draft.canUndo());
}

TEST(Draft, UndoesWithoutLimit) {
  Draft draft;
  draft.open(load("configs/two-layer.json"), "");
  const auto before = draft.spec();
  for (int i = 1; i <= 500; ++i) {
    auto network = draft.spec().network;
    network.layers[1].units = 200 + i;
    draft.setNetwork(std::move(network));
  }
  for (int i = 0; i < 500; ++i) ASSERT_TRUE(draft.undo());
  EXPECT_EQ(draft.spec(), before);
  EXPECT_FALSE(draft.undo());
}

TEST(Draft, ANodeThatWasMovedIsAStepOfItsOwn) {
  Draft draft;
  draft.open(load("configs/two-layer.json"), "");
  const NodeMove::Places before{{"h1", {0, 0}}, {"h2", {200, 0}}};
  EXPECT_FALSE(draft.moved(before, {{"h1", {0.4F, 0}}, {"h2", {200, 0}}})) << "of rounding";
  EXPECT_TRUE(draft.moved(before, {{"h1", {30, 0}}, {"h2", {200, 0}}}));
  draft.assign("rule.alpha0", "0.2");
  const auto spec = draft.spec();
  EXPECT_TRUE(draft.undo());
  EXPECT_TRUE(draft.takeMoved().empty());
  EXPECT_TRUE(draft.undo());
  const auto back = draft.takeMoved();
  ASSERT_EQ(back.size(), 1U);
  EXPECT_EQ(back.at("h1").x, 0);
  EXPECT_FALSE(draft.canUndo());
  EXPECT_TRUE(draft.redo());
  EXPECT_EQ(draft.takeMoved().at("h1").x, 30);
  EXPECT_TRUE(draft.redo());
  EXPECT_EQ(draft.spec(), spec);
}

}  // namespace
}  // namespace dentate::ui
