// Representations as the run thread answers them.
#include <ATen/ops/mean.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <functional>
#include <thread>

#include "engine/learn/loss.h"
#include "engine/measure/similarity.h"
#include "engine/run/experiment.h"
#include "engine/run/patterns.h"
#include "engine/run/runs.h"
#include "tests/engine/run/running.h"
#include "tests/engine/run/small_experiment.h"

namespace dentate::run {
namespace {

using link::Phase;
using link::SimilarityRequest;
using Level = SimilarityRequest::Level;
using namespace std::chrono_literals;
using ViewPtr = std::shared_ptr<const link::SimilarityView>;

class SimilarityViews : public test::RunningTest {
 protected:
  // At the end of the first task, three meta-steps.
  void learn(const spec::ExperimentSpec& spec) {
    send(link::Load{spec});
    send(link::StepTask{});
    await([](const auto& s) { return s.phase == Phase::Paused && s.step == 3; });
  }
  // The answer when nothing is left to do: with the overlap of all networks.
  ViewPtr answerTo(const SimilarityRequest& request) {
    link::Watch watch;
    watch.similarity = request;
    send(link::SetWatch{watch});
    return await([&](const auto& s) {
             return s.views.similarity && s.views.similarity->request == request &&
                    !s.views.similarity->networks.empty();
           })
        ->views.similarity;
  }
};

// The same network learned once more without the window, after one task.
std::unique_ptr<Experiment> learnedAlone(const spec::ExperimentSpec& spec) {
  auto out =
      std::make_unique<Experiment>(test::setting(spec), Effort{}, std::vector<std::size_t>{0, 1});
  static_cast<void>(out->advance({.until = {3, false}}));
  return out;
}

// Mean activity of a layer over `images` test images of every task, by torch's forward.
measure::Matrix meansOf(const Setting& setting, const Replica& replica, std::size_t layer,
                        std::int64_t images) {
  const auto units = setting.spec.network.layers[layer].units;
  measure::Matrix out{
      static_cast<std::size_t>(setting.spec.stream.tasks), static_cast<std::size_t>(units), {}};
  TestBench bench;
  for (std::int64_t t = 0; t < setting.spec.stream.tasks; ++t) {
    const auto shown = replica.images({t, 0, images}, bench);
    std::vector<float> x(shown.pixels.size());
    data::toUnit(shown.pixels, x);
    const learn::Samples samples{images, x, {}, {}};
    const auto trace =
        net::forward(setting.plan(0), replica.parameters(), learn::tensorsOf(samples, 784).x);
    const auto mean = trace.activity[layer].mean(0).contiguous();
    const float* first = mean.const_data_ptr<float>();
    out.values.insert(out.values.end(), first, first + units);
  }
  return out;
}

void expectSymmetric(const link::LayerSimilarity& layer, std::size_t rows) {
  ASSERT_EQ(layer.matrix.size(), rows * rows);
  for (std::size_t i = 0; i < rows; ++i) {
    EXPECT_EQ(layer.matrix[i * rows + i], 1.0F);
    for (std::size_t j = 0; j < i; ++j)
      EXPECT_EQ(layer.matrix[i * rows + j], layer.matrix[j * rows + i]);
  }
}

TEST_F(SimilarityViews, TasksAreTheMeasureOfMeanActivity) {
  const auto spec = test::smallExperiment();
  learn(spec);
  const auto view = answerTo({});
  ASSERT_EQ(view->rows->size(), 3U);
  EXPECT_EQ((*view->rows)[1].task, 1);
  EXPECT_EQ((*view->rows)[1].transform, "rotated by 60°");
  EXPECT_EQ((*view->rows)[1].images, 30);
  EXPECT_EQ(view->step, 3);
  EXPECT_TRUE(view->lesioned.empty());
  ASSERT_EQ(view->intact.size(), 2U);
  const auto alone = learnedAlone(spec);
  const auto setting = test::setting(spec);
  for (std::size_t i = 0; i < 2; ++i) {
    const auto& layer = view->intact[i];
    EXPECT_EQ(layer.layer, i + 1);
    expectSymmetric(layer, 3);
    const auto means = meansOf(*setting, alone->replica(0), layer.layer, 30);
    const auto by_hand = measure::similarityMatrix(means.view(), measure::Similarity::Pearson);
    for (std::size_t k = 0; k < 9; ++k) EXPECT_NEAR(layer.matrix[k], by_hand.values[k], 1e-5);
    EXPECT_NEAR(layer.overlap, (by_hand.at(0, 1) + by_hand.at(0, 2) + by_hand.at(1, 2)) / 3, 1e-5);
    const auto& share = layer.scaling.share;
    EXPECT_GE(share[0], share[1]);
    EXPECT_NEAR(share[0] + share[1], 1, 1e-4) << "three points lie in a plane";
  }
}

TEST_F(SimilarityViews, AreThoseOfConvolutionalLayersToo) {
  const auto spec = test::smallConvolutionalExperiment();
  learn(spec);
  const auto view = answerTo({});
  ASSERT_EQ(view->intact.size(), 3U);
  const auto alone = learnedAlone(spec);
  const auto means = meansOf(*test::setting(spec), alone->replica(0), 2, 30);
  const auto by_hand = measure::similarityMatrix(means.view(), measure::Similarity::Pearson);
  EXPECT_EQ(view->intact[1].layer, 2U);
  for (std::size_t k = 0; k < 9; ++k)
    EXPECT_NEAR(view->intact[1].matrix[k], by_hand.values[k], 1e-5);
}

TEST_F(SimilarityViews, TheNetworksOfTheCellHaveAMean) {
  const auto spec = test::smallExperiment();
  learn(spec);
  const auto view = answerTo({Level::Tasks, -1, SimilarityRequest::Measure::Cosine, {}});
  const auto alone = learnedAlone(spec);
  const auto setting = test::setting(spec);
  ASSERT_EQ(view->networks.size(), 2U);
  double overlap[2];
  for (std::size_t r = 0; r < 2; ++r)
    overlap[r] = measure::meanOffDiagonal(measure::similarityMatrix(
        meansOf(*setting, alone->replica(r), 2, 30).view(), measure::Similarity::Cosine));
  EXPECT_EQ(view->networks[1].n, 2);
  EXPECT_NEAR(view->networks[1].mean, (overlap[0] + overlap[1]) / 2, 1e-5);
  EXPECT_NEAR(view->networks[1].sem, std::abs(overlap[0] - overlap[1]) / 2, 1e-5);
}

TEST_F(SimilarityViews, TheNetworksHaveAMeanWithTheLesionToo) {
  const auto spec = test::smallExperiment();
  learn(spec);
  SimilarityRequest request;
  request.lesions = {{spec::LesionPart::Layer, 1, 0.5}};
  const auto first = answerTo(request);
  ASSERT_EQ(first->networks_lesioned.size(), 2U);
  awaitApplied(send(link::SelectReplica{1}));
  const auto second = await([&](const auto& s) {
                        const auto& view = s.views.similarity;
                        return view && view->replica == 1 && !view->networks.empty();
                      })->views.similarity;
  for (std::size_t l = 0; l < 2; ++l) {
    const double one = first->lesioned[l].overlap, other = second->lesioned[l].overlap;
    EXPECT_NEAR(first->networks_lesioned[l].mean, (one + other) / 2, 1e-6);
    EXPECT_NEAR(first->networks_lesioned[l].sem, std::abs(one - other) / 2, 1e-6);
    EXPECT_NEAR(first->networks[l].mean, second->networks[l].mean, 1e-6);
  }
}

TEST_F(SimilarityViews, ASilentLayerHasNoSimilarity) {
  learn(test::smallExperiment());
  SimilarityRequest request;
  request.lesions = {{spec::LesionPart::Layer, 2, 1.0}};
  const auto view = answerTo(request);
  ASSERT_EQ(view->lesioned.size(), 2U);
  EXPECT_EQ(view->lesioned[0].matrix, view->intact[0].matrix) << "before the lesion";
  for (const float value : view->lesioned[1].matrix) EXPECT_TRUE(std::isnan(value));
  EXPECT_TRUE(std::isnan(view->lesioned[1].overlap));
  EXPECT_FALSE(std::isnan(view->intact[1].overlap));
}

TEST_F(SimilarityViews, LesionsInForceStandBesideTheIntactNetwork) {
  learn(test::smallExperiment());
  const auto before = answerTo({});
  send(link::SetLesions{{{spec::LesionPart::Layer, 1, 0.5}}});
  const auto after = await(
      [](const auto& s) { return s.views.similarity && !s.views.similarity->lesioned.empty(); });
  const auto& view = *after->views.similarity;
  EXPECT_EQ(view.intact[1].matrix, before->intact[1].matrix);
  EXPECT_NE(view.lesioned[1].matrix, view.intact[1].matrix);
}

TEST_F(SimilarityViews, ALesionOfNoPartOfTheNetworkIsLeftOut) {
  learn(test::smallExperiment());
  SimilarityRequest request;
  request.lesions = {{spec::LesionPart::Layer, 17, 1.0}};
  EXPECT_TRUE(answerTo(request)->lesioned.empty());
}

TEST_F(SimilarityViews, APathCutInPartStandsBesideTheIntactNetwork) {
  learn(test::smallExperiment());
  SimilarityRequest request;
  request.lesions = {{spec::LesionPart::Path, 1, 0.5}};
  const auto view = answerTo(request);
  ASSERT_EQ(view->lesioned.size(), 2U);
  EXPECT_EQ(view->lesioned[0].matrix, view->intact[0].matrix) << "before the path";
  EXPECT_NE(view->lesioned[1].matrix, view->intact[1].matrix);
}

TEST_F(SimilarityViews, HaveTheOverlapOfOtherRunsWithTheirLesions) {
  learn(test::smallExperiment());
  send(link::Branch{});
  const auto branched = await([](const auto& s) { return s.runs.size() == 2; });
  const auto main = branched->runs[0].run, branch = branched->runs[1].run;
  send(link::SetLesions{{{spec::LesionPart::Layer, 1, 0.5}}});
  send(link::StepMeta{});
  await([](const auto& s) {
    return s.phase == Phase::Paused && s.runs[0].step == 4 && s.runs[1].step == 4;
  });
  SimilarityRequest request;
  request.runs = {99, main, branch};
  const auto answered = [&](std::uint64_t run, std::uint64_t other) {
    send(link::SelectRun{run});
    link::Watch watch;
    watch.similarity = request;
    send(link::SetWatch{watch});
    return await([=](const auto& s) {
             const auto& view = s.views.similarity;
             return view && view->run == run && view->runs.size() == 1 &&
                    view->runs[0].run == other && !view->networks.empty();
           })
        ->views.similarity;
  };
  const auto of_branch = answered(branch, main), of_main = answered(main, branch);
  ASSERT_EQ(of_branch->lesioned.size(), 2U);
  EXPECT_TRUE(of_main->lesioned.empty());
  EXPECT_EQ(of_branch->runs[0].step, 4);
  for (std::size_t l = 0; l < 2; ++l) {
    EXPECT_EQ(of_branch->runs[0].overlap.at(l), of_main->intact[l].overlap);
    EXPECT_EQ(of_main->runs[0].overlap.at(l), of_branch->lesioned[l].overlap);
  }
  EXPECT_NE(of_main->runs[0].overlap[0], of_main->intact[0].overlap);
}

// Runs learn one after another: another one may come forward when the shown one has stopped.
TEST_F(SimilarityViews, OfOtherRunsEndWhereTheseEnd) {
  learn(test::smallExperiment());
  send(link::Branch{});
  const auto branched = await([](const auto& s) { return s.runs.size() == 2; });
  link::Watch watch;
  watch.similarity = SimilarityRequest{};
  watch.similarity->runs = {branched->runs[1].run};
  send(link::SelectRun{branched->runs[0].run});  // which steps first
  send(link::SetWatch{watch});
  for (const std::int64_t step : {4, 5, 6, 7, 8, 9}) {
    send(link::StepMeta{});
    await([=](const auto& s) {
      const auto& view = s.views.similarity;
      return view && view->step == step && view->runs.size() == 1 && view->runs[0].step == step;
    });
  }
}

// The run that is being looked at beside goes: nothing is read of it any more.
TEST_F(SimilarityViews, GoOnWhenAnotherRunIsDropped) {
  auto spec = test::smallExperiment();
  spec.stream.samples_per_task = 8000;
  send(link::Load{spec});
  send(link::Branch{});
  const auto branched = await([](const auto& s) { return s.runs.size() == 2; });
  const auto main = branched->runs[0].run;
  send(link::Play{});
  link::Watch watch;
  watch.similarity = SimilarityRequest{};
  watch.similarity->runs = {main};
  send(link::SetWatch{watch});
  await([](const auto& s) { return s.views.similarity && !s.views.similarity->runs.empty(); });
  // Until it is not even set aside any more.
  link::SnapshotPtr again;
  for (std::size_t i = 0; i <= Runs::kMostDropped; ++i) {
    again = awaitApplied(send(link::DropRun{i == 0 ? main : again->runs[0].run}));
    again = awaitApplied(send(link::Branch{}));
  }
  const auto step = again->step;
  await([=](const auto& s) {
    return s.views.similarity && s.views.similarity->step > step + 20 &&
           s.views.similarity->runs.empty();
  });
}

TEST_F(SimilarityViews, CategoriesCountEveryImageOnce) {
  learn(test::smallExperiment());
  const auto over_all = answerTo({Level::Categories, SimilarityRequest::kAllTasks, {}, {}});
  ASSERT_EQ(over_all->rows->size(), 10U);
  std::int64_t images = 0;
  for (std::size_t c = 0; c < 10; ++c) {
    const auto& row = (*over_all->rows)[c];
    images += row.images;
    EXPECT_EQ(row.task, -1);
    EXPECT_EQ(row.category, row.images > 0 ? static_cast<std::int32_t>(c) : -1);
  }
  EXPECT_EQ(images, 90);
  const auto in_one = answerTo({Level::Categories, 2, {}, {}});
  for (const auto& row : *in_one->rows) EXPECT_EQ(row.task, row.images > 0 ? 2 : -1);
}

TEST_F(SimilarityViews, ItemsStandByCategoryWithTheirPictures) {
  learn(test::smallDualExperiment());
  const auto view = answerTo({Level::Items, 1, {}, {}});
  ASSERT_EQ(view->rows->size(), 12U);  // the training images of a task
  for (std::size_t i = 0; i < 12; ++i) {
    const auto& row = (*view->rows)[i];
    EXPECT_EQ(row.pixels.size(), 784U);
    EXPECT_EQ(row.task, 1);
    EXPECT_GE(row.item, 12);
    EXPECT_LT(row.item, 24);
    EXPECT_LE((*view->rows)[i > 0 ? i - 1 : 0].category, row.category);
  }
  EXPECT_EQ(view->intact.size(), 3U);
  EXPECT_EQ(view->networks[0].n, 2);
}

TEST_F(SimilarityViews, FollowTheRunAndKeepTheirRows) {
  learn(test::smallExperiment());
  const auto before = answerTo({});
  send(link::StepMeta{});
  const auto after =
      await([](const auto& s) { return s.views.similarity && s.views.similarity->step == 4; });
  EXPECT_EQ(after->views.similarity->rows, before->rows);
  send(link::Load{test::smallDualExperiment()});
  await([](const auto& s) {
    return s.views.similarity && s.views.similarity->step == 0 &&
           s.views.similarity->intact.size() == 3;
  });
}

TEST_F(SimilarityViews, AreAnsweredWhileItLearnsBesideTheOthers) {
  auto spec = test::smallExperiment();
  spec.stream.samples_per_task = 8000;
  send(link::Load{spec});
  send(link::Play{});
  link::Watch watch;
  watch.units = link::UnitsRequest{{}, {{1, 0}}};
  watch.lesion = link::LesionRequest{{{spec::LesionPart::Layer, 1, 0.5}}, 30};
  watch.similarity = SimilarityRequest{};
  send(link::SetWatch{watch});
  await([](const auto& s) {
    return s.phase == Phase::Running && s.views.units && s.views.lesion && s.views.similarity &&
           s.views.similarity->step > 10;
  });
}

}  // namespace
}  // namespace dentate::run
