// What the window watches, answered by the run thread.
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <functional>
#include <numeric>
#include <thread>

#include "tests/engine/run/running.h"
#include "tests/engine/run/small_experiment.h"

namespace dentate::run {
namespace {

using link::Phase;
using link::StimulusChoice;
using link::UnitState;
using namespace std::chrono_literals;

class Views : public test::RunningTest {
 protected:
  // At the end of the second task of a dual network with two pathways.
  void learn() {
    send(link::Load{test::smallDualExperiment()});
    send(link::StepTask{});
    await([](const auto& s) { return s.phase == Phase::Paused && s.step == 3; });
    send(link::StepTask{});
    await([](const auto& s) { return s.phase == Phase::Paused && s.step == 6; });
  }
  std::shared_ptr<const link::UnitsView> unitsOf(const link::UnitsRequest& request) {
    link::Watch watch;
    watch.units = request;
    send(link::SetWatch{watch});
    return await([&](const auto& s) { return s.views.units && s.views.units->request == request; })
        ->views.units;
  }
  std::shared_ptr<const link::LesionView> lesionOf(const link::LesionRequest& request,
                                                   std::int64_t samples) {
    link::Watch watch;
    watch.lesion = request;
    send(link::SetWatch{watch});
    return await([&](const auto& s) {
             return s.views.lesion && s.views.lesion->request == request &&
                    s.views.lesion->samples >= samples;
           })
        ->views.lesion;
  }
  static std::size_t layerOf(spec::Pathway pathway) {
    const auto layers = test::smallDualExperiment().network.layers;
    for (std::size_t l = 0; l < layers.size(); ++l)
      if (layers[l].pathway == pathway) return l;
    return layers.size();
  }
};

TEST_F(Views, NobodyIsAnsweredWhoDoesNotAsk) {
  learn();
  const auto now = channel.snapshots.get();
  EXPECT_EQ(now->views.units, nullptr);
  EXPECT_EQ(now->views.lesion, nullptr);
}

TEST_F(Views, UnitsAnswerADrawnImage) {
  learn();
  StimulusChoice drawn{StimulusChoice::Kind::Drawn, 0, 0, std::vector<std::uint8_t>(784)};
  for (std::size_t i = 300; i < 400; ++i) drawn.pixels[i] = 255;
  const auto view = unitsOf({drawn, {{1, 3}, {2, 0}}});
  EXPECT_EQ(view->pixels, drawn.pixels);
  ASSERT_EQ(view->layers.size(), 6U);
  EXPECT_GE(view->answer, 0);
  for (std::size_t u = 0; u < view->layers[1].acts.size(); ++u)
    EXPECT_EQ(view->layers[1].states[u] == UnitState::Active, view->layers[1].acts[u] > 0);
  ASSERT_EQ(view->units.size(), 2U);
  EXPECT_TRUE(view->units[0].direct);
  EXPECT_FALSE(view->units[1].direct);
  EXPECT_EQ(view->units[0].incoming.size(), 784U);
  EXPECT_EQ(view->units[0].by_task.size(), 3U);
  EXPECT_EQ(view->units[0].by_category.size(), 10U);
  ASSERT_EQ(view->units[0].strongest.size(), 8U);
  for (std::size_t i = 1; i < 8; ++i)
    EXPECT_LE(std::abs(view->units[0].strongest[i].weight),
              std::abs(view->units[0].strongest[i - 1].weight));
}

TEST_F(Views, UnitsAnswerATestImageWithItsTransform) {
  learn();
  const auto view = unitsOf({{StimulusChoice::Kind::Test, 1, 2, {}}, {}});
  EXPECT_EQ(view->transform, "rotated by 60°");
  EXPECT_GE(view->category, 0);
  EXPECT_TRUE(view->units.empty());
}

TEST_F(Views, AUnitsLayerThatIsLesionedSaysSo) {
  learn();
  const auto large = layerOf(spec::Pathway::Large);
  send(link::SetLesions{{{spec::LesionPart::Layer, large, 0.5}}});
  const auto view = unitsOf({{}, {}});
  const auto& states = view->layers[large].states;
  EXPECT_EQ(std::count(states.begin(), states.end(), UnitState::Lesioned),
            static_cast<std::ptrdiff_t>(states.size() / 2));
}

TEST_F(Views, UnitsFollowTheRun) {
  learn();
  const auto before = unitsOf({{}, {}});
  send(link::StepMeta{});
  const auto after =
      await([&](const auto& s) { return s.views.units && s.views.units->step == 7; });
  EXPECT_NE(after->views.units->pixels, before->pixels);
}

TEST_F(Views, ALesionOfEverythingLeavesChance) {
  learn();
  const auto large = layerOf(spec::Pathway::Large), small = layerOf(spec::Pathway::Small);
  const auto whole = lesionOf(
      {{{spec::LesionPart::Layer, large, 1.0}, {spec::LesionPart::Layer, small, 1.0}}, 24}, 24);
  ASSERT_EQ(whole->replicas, (std::vector<std::size_t>{0, 1}));
  for (std::size_t r = 0; r < 2; ++r) {
    EXPECT_EQ(whole->lesioned[r].active_fraction[large], 0);
    EXPECT_GT(whole->intact[r].active_fraction[large], 0);
    // Silent, it answers the first of 36 items: right once in two tasks of 12.
    EXPECT_NEAR(whole->lesioned[r].item, 1.0 / 24, 1e-9);
  }
}

TEST_F(Views, NoLesionChangesNothing) {
  learn();
  const auto none = lesionOf({{{spec::LesionPart::Layer, 1, 0.0}}, 24}, 24);
  for (std::size_t r = 0; r < 2; ++r) {
    EXPECT_EQ(none->intact[r].category, none->lesioned[r].category);
    EXPECT_EQ(none->intact[r].item, none->lesioned[r].item);
  }
}

TEST_F(Views, TheStreamIsShownTaskByTask) {
  learn();
  link::Watch watch;
  watch.stream = link::StreamRequest{false, 1, 5, 4};
  send(link::SetWatch{watch});
  auto view = await([](const auto& s) { return s.views.stream != nullptr; })->views.stream;
  EXPECT_EQ(view->begins.size(), 3U);
  EXPECT_EQ(view->transforms[1], "rotated by 60°");
  EXPECT_EQ(view->in_task, 12);
  ASSERT_EQ(view->images.size(), 4U);
  EXPECT_EQ(view->images[0].item, 12 + 5);  // items count through the stream
  EXPECT_EQ(view->images[0].pixels.size(), 784U);
  watch.stream->first = 10;
  send(link::SetWatch{watch});
  view = await([](const auto& s) { return s.views.stream->request.first == 10; })->views.stream;
  EXPECT_EQ(view->images.size(), 2U);
}

TEST_F(Views, AreAnsweredWhileItLearns) {
  auto spec = test::smallExperiment();
  spec.stream.samples_per_task = 8000;
  send(link::Load{spec});
  send(link::Play{});
  link::Watch watch;
  watch.units = link::UnitsRequest{{}, {{1, 0}}};
  watch.lesion = link::LesionRequest{{{spec::LesionPart::Layer, 1, 0.5}}, 30};
  send(link::SetWatch{watch});
  await([](const auto& s) {
    return s.phase == Phase::Running && s.step > 10 && s.views.units && s.views.lesion;
  });
}

}  // namespace
}  // namespace dentate::run
