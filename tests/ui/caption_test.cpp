#include "ui/caption.h"

#include <gtest/gtest.h>

#include "engine/spec/templates.h"

namespace dentate::ui {
namespace {

using testing::Test;

class CaptionTest : public Test {
 protected:
  void use(spec::NetworkSpec network) {
    spec::ExperimentSpec experiment;
    experiment.network = std::move(network);
    now.spec = std::make_shared<const spec::ExperimentSpec>(experiment);
    now.phase = link::Phase::Running;
    now.step = 100;
    now.run = 1;
  }
  // Active fractions by hidden layer and alphas by path, the same in both replicas.
  void measured(const std::vector<float>& hidden, std::vector<float> alpha) {
    std::vector<link::MetricPoint> points;
    for (std::size_t replica = 0; replica < 2; ++replica) {
      for (std::int64_t step = 0; step < 2; ++step) {
        link::StepPoint point;
        point.run = 1;
        point.replica = replica;
        point.step = step;
        point.active_fraction = {0.2F};
        point.active_fraction.insert(point.active_fraction.end(), hidden.begin(), hidden.end());
        point.alpha = alpha;
        point.m = point.active_fraction;
        points.emplace_back(point);
      }
    }
    history.take(1, points);
  }
  link::Snapshot now;
  History history;
};

TEST_F(CaptionTest, BeforeTheStartItSaysWhatToPress) {
  use(spec::layeredNetwork(784, 2, 200, 10));
  now.phase = link::Phase::Ready;
  now.step = 0;
  EXPECT_NE(caption(now, history).find("Press Play"), std::string::npos);
}

TEST_F(CaptionTest, EarlyNoLayerIsClearlySparser) {
  use(spec::layeredNetwork(784, 2, 200, 10));
  measured({0.49F, 0.48F}, {0.01F, 0.01F, 0.01F});
  EXPECT_EQ(caption(now, history),
            "No layer is clearly sparser yet: between 48\u2009% and 49\u2009% of the units respond "
            "in each.");
}

TEST_F(CaptionTest, TheLastLayerIsNamedWhenItIsTheSparsest) {
  use(spec::layeredNetwork(784, 4, 100, 10));
  measured({0.42F, 0.35F, 0.25F, 0.13F}, {0, 0, 0, 0, 0});
  EXPECT_EQ(caption(now, history),
            "The last hidden layer is now the sparsest: 13\u2009% of its units respond.");
}

TEST_F(CaptionTest, AlphaThatRisesTowardsTheOutputIsNamed) {
  use(spec::layeredNetwork(784, 2, 100, 10));
  measured({0.42F, 0.13F}, {0.015F, 0.03F, 0.046F});
  EXPECT_EQ(caption(now, history),
            "The last hidden layer is now the sparsest: 13\u2009% of its units respond; α rises "
            "towards the output: .0150, .0300, .0460.");
}

TEST_F(CaptionTest, AlphaThatDoesNotRiseEverywhereIsNotNamed) {
  use(spec::layeredNetwork(784, 2, 100, 10));
  measured({0.42F, 0.13F}, {0.015F, 0.03F, 0.029F});
  EXPECT_EQ(caption(now, history),
            "The last hidden layer is now the sparsest: 13\u2009% of its units respond.");
}

TEST_F(CaptionTest, AnInnerLayerIsNamedByItsName) {
  use(spec::layeredNetwork(784, 3, 100, 10));
  measured({0.42F, 0.15F, 0.25F}, {0, 0, 0, 0});
  EXPECT_EQ(caption(now, history), "Layer h2 is now the sparsest: 15\u2009% of its units respond.");
}

TEST_F(CaptionTest, AFirstPlaceThatTwoShareIsNoFirstPlace) {
  use(spec::layeredNetwork(784, 3, 100, 10));
  measured({0.42F, 0.15F, 0.15F}, {0, 0, 0, 0});
  EXPECT_NE(caption(now, history).find("No layer is clearly sparser"), std::string::npos);
}

TEST_F(CaptionTest, OneMetaBatchMakesNoOrderOfLayers) {
  use(spec::layeredNetwork(784, 2, 200, 10));
  std::vector<link::MetricPoint> points;
  for (std::int64_t step = 0; step <= 10; ++step) {
    link::StepPoint point;
    point.run = 1;
    point.step = step;
    // Equal but for the last meta-batch, where the second layer is lower by .10.
    point.active_fraction = {0.2F, 0.40F, step == 10 ? 0.30F : 0.40F};
    point.alpha = {0, 0, 0};
    point.m = {0, 0, 0};
    points.emplace_back(point);
  }
  history.take(1, points);
  EXPECT_NE(caption(now, history).find("No layer is clearly sparser"), std::string::npos);
}

TEST_F(CaptionTest, TheShownTaskIsThatOfTheNewestStimulus) {
  use(spec::layeredNetwork(784, 2, 200, 10));
  const auto a_task = spec::stepsPerTask(*now.spec);
  now.step = a_task;  // the first task's last meta-step
  now.task = 1;
  EXPECT_EQ(shownTask(now), 0);
  now.step = a_task + 1;
  EXPECT_EQ(shownTask(now), 1);
  now.task = now.spec->stream.tasks;
  EXPECT_EQ(shownTask(now), now.spec->stream.tasks);
}

TEST_F(CaptionTest, TwoPathwaysAreComparedInSparsityAndSpeed) {
  use(spec::splitNetwork(784, 3, 200, 10, 2000));
  // Paths: into h1 h2 h3 large small, then the outputs.
  measured({0.4F, 0.35F, 0.3F, 0.11F, 0.19F}, {0, 0, 0, 0.21F, 0.105F, 0, 0, 0, 0});
  EXPECT_EQ(
      caption(now, history),
      "The large path is the sparsest layer (11\u2009% of its units respond) and learns twice as "
      "fast as the small one.");
}

TEST_F(CaptionTest, ASlowerLargePathIsNotCalledFaster) {
  use(spec::splitNetwork(784, 3, 200, 10, 2000));
  measured({0.4F, 0.35F, 0.3F, 0.11F, 0.19F}, {0, 0, 0, 0.05F, 0.1F, 0, 0, 0, 0});
  EXPECT_NE(caption(now, history).find("learns more slowly than the small one"), std::string::npos);
}

TEST_F(CaptionTest, AFrozenPathIsSaidToHaveStopped) {
  use(spec::splitNetwork(784, 3, 200, 10, 2000));
  measured({0.4F, 0.35F, 0.3F, 0.11F, 0.19F}, {0, 0, 0, -0.01F, 0.1F, 0, 0, 0, 0});
  EXPECT_NE(caption(now, history).find("it has stopped learning"), std::string::npos);
}

TEST_F(CaptionTest, PausedSaysWhere) {
  use(spec::layeredNetwork(784, 2, 200, 10));
  measured({0.4F, 0.2F}, {0, 0, 0});
  now.phase = link::Phase::Paused;
  EXPECT_TRUE(caption(now, history).starts_with("Paused after 100 meta-steps."));
}

TEST_F(CaptionTest, FinishedGivesRetainedAccuracy) {
  use(spec::layeredNetwork(784, 2, 200, 10));
  measured({0.4F, 0.2F}, {0, 0, 0});
  history.take(1,
               {link::SummaryPoint{1, 0, 0.48, 0.5, -0.02}, link::SummaryPoint{1, 1, 0.5, 0.5, 0}});
  now.phase = link::Phase::Finished;
  EXPECT_TRUE(
      caption(now, history)
          .starts_with(
              "All 20 tasks are learned: retained accuracy RA .490 ± .0100 SEM, n = 2. The last "
              "hidden layer"));
}

TEST_F(CaptionTest, AFailureIsGivenInFull) {
  use(spec::layeredNetwork(784, 2, 200, 10));
  now.phase = link::Phase::Failed;
  now.failure = spec::Error{spec::Error::Kind::Numeric, "meta-step 3", "the loss is not finite"};
  EXPECT_EQ(caption(now, history), "The run stopped. meta-step 3: the loss is not finite");
}

link::LesionView tested(std::vector<spec::Lesion> lesions, double category, double item) {
  link::LesionView view;
  view.request.lesions = std::move(lesions);
  view.intact = {{.category = 0.466, .item = item < 0 ? -1 : 0.0165, .active_fraction = {}}};
  view.lesioned = {{.category = category, .item = item, .active_fraction = {}}};
  return view;
}

TEST_F(CaptionTest, ALesionAtTestIsToldByWhatTheNetworkStillKnows) {
  use(spec::splitNetwork(784, 3, 200, 10, 2000));
  const auto& layers = now.spec->network.layers;
  const auto large = static_cast<std::size_t>(
      std::find_if(layers.begin(), layers.end(),
                   [](const auto& l) { return l.pathway == spec::Pathway::Large; }) -
      layers.begin());
  EXPECT_EQ(lesionCaption(now, tested({{.index = large}}, 0.456, 0.007)),
            "Tested with large path silenced: item accuracy falls from 1.65\u2009% to 0.70\u2009% "
            "(chance 0.05\u2009%), category accuracy hardly changes (46.6\u2009% to 45.6\u2009%).");
  EXPECT_EQ(lesionCaption(now, tested({{.index = 1, .share = 0.6}}, 0.2, -1)),
            "Tested with 60\u2009% of h1 silenced: category accuracy falls from 46.6\u2009% to "
            "20.0\u2009%.");
  EXPECT_EQ(lesionCaption(now, tested({{.part = spec::LesionPart::Path, .index = 0}}, -1, -1)),
            "Tested with input → h1 cut: not measured yet.");
}

}  // namespace
}  // namespace dentate::ui
