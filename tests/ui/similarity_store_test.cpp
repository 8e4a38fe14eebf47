// Moments of representations, as the panel keeps and names them.
#include "ui/similarity_store.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/spec/templates.h"
#include "ui/overlap_plot.h"
#include "ui/plot_export.h"
#include "ui/similarity_text.h"

namespace dentate::ui {
namespace {

using link::SimilarityRequest;
using link::SimilarityView;
using Level = SimilarityRequest::Level;
using Moment = SimilarityStore::Moment;

// Two tasks alike by `similarity` in one layer.
std::shared_ptr<SimilarityView> answer(std::int64_t step, float similarity = 0.5F) {
  auto out = std::make_shared<SimilarityView>();
  out->run = 1;
  out->step = step;
  out->rows =
      std::make_shared<const std::vector<link::SimilarityRow>>(std::vector<link::SimilarityRow>{
          {0, "rotated by 0°", -1, -1, 50, {}}, {1, "rotated by 18°", -1, -1, 50, {}}});
  out->intact.push_back({1, {1, similarity, similarity, 1}, similarity, {}, {}});
  return out;
}

TEST(SimilarityStore, KeepsMomentsEvenlyAndTheNewest) {
  SimilarityStore store;
  for (std::int64_t step = 0; step <= 1001; ++step) store.take(answer(step));
  const auto& all = store.moments({}, 0);
  // Distances of 1, 2, 4, 8: 201 moments until the first doubling, 101 of 2, and so on.
  EXPECT_LE(all.size(), SimilarityStore::kMostMoments);
  EXPECT_GE(all.size(), SimilarityStore::kMostMoments / 2);
  EXPECT_EQ(all.front()->step, 0);
  EXPECT_EQ(all.back()->step, 1001);
  for (std::size_t i = 1; i + 1 < all.size(); ++i)
    EXPECT_EQ(all[i]->step - all[i - 1]->step, 8) << "moment " << i;
}

TEST(SimilarityStore, ReplacesTheAnswerOfTheSameMoment) {
  SimilarityStore store;
  store.take(answer(3));
  const auto second = answer(3);
  store.take(second);
  ASSERT_EQ(store.moments({}, 0).size(), 1U);
  EXPECT_EQ(store.moments({}, 0)[0], second);
}

TEST(SimilarityStore, KeepsKindsApartAndForgetsThoseOfAnotherRun) {
  SimilarityStore store;
  store.take(answer(1));
  auto cosine = answer(2, -0.25F);
  cosine->request.measure = SimilarityRequest::Measure::Cosine;
  cosine->request.lesions = {{}};
  store.take(cosine);
  SimilarityRequest asked;
  EXPECT_EQ(store.moments(asked, 0).back()->step, 1);
  EXPECT_FLOAT_EQ(store.low(asked, 0), 0.5F);
  asked.measure = SimilarityRequest::Measure::Cosine;
  EXPECT_EQ(store.moments(asked, 0).back()->step, 2) << "whatever lesions were asked for";
  EXPECT_FLOAT_EQ(store.low(asked, 0), -0.3F);
  EXPECT_TRUE(store.moments(asked, 1).empty()) << "another network";
  auto next = answer(0);
  next->run = 2;
  store.take(next);
  EXPECT_TRUE(store.moments(asked, 0).empty());
}

TEST(SimilarityText, NamesRowsAndWritesWhatIsKnown) {
  auto view = answer(7, std::numeric_limits<float>::quiet_NaN());
  EXPECT_EQ(rowName(*view, 1), "task 2, rotated by 18°");
  EXPECT_EQ(answerNote(*view), "tasks, Pearson, meta-step 7");
  const auto network = spec::layeredNetwork(784, 1, 20, 10);
  EXPECT_TRUE(similarityCsv(*view, network)
                  .starts_with("layer,state,row,column,row_name,column_name,similarity\n"
                               "\"h1\",intact,1,1,\"task 1, rotated by 0°\","
                               "\"task 1, rotated by 0°\",1\n\"h1\",intact,1,2,"))
      << similarityCsv(*view, network);
  EXPECT_NE(similarityCsv(*view, network).find("rotated by 18°\",\n"), std::string::npos)
      << "no similarity is an empty field";
  const auto figure = similarityFigure(*view, network, 0.5F);
  ASSERT_EQ(figure.plots.size(), 1U);
  EXPECT_TRUE(std::isnan(std::get<figure::HeatMap>(figure.plots[0]).values[1]));
}

TEST(SimilarityText, MarksOfItemsStandAtTheirCategories) {
  auto view = answer(0);
  view->request.level = Level::Items;
  view->rows = std::make_shared<const std::vector<link::SimilarityRow>>(
      std::vector<link::SimilarityRow>{{0, "", 3, 11, 1, {}},
                                       {0, "", 3, -1, 1, {}},
                                       {0, "", 3, 12, 1, {}},
                                       {0, "", 8, 10, 1, {}}});
  const auto marks = axisMarks(*view);
  ASSERT_EQ(marks.size(), 2U);
  EXPECT_EQ(marks[0].text, "3");
  EXPECT_EQ(marks[0].at, 1.5F);
  EXPECT_EQ(marks[1].at, 3.5F);
  EXPECT_EQ(rowName(*view, 0), "category 3, item 11");
  EXPECT_EQ(rowName(*view, 1), "category 3, image 2");
}

spec::ExperimentSpec fourTasks() {
  spec::ExperimentSpec spec;
  spec.network = spec::layeredNetwork(784, 2, 20, 10);
  spec.stream.tasks = 4;
  spec.stream.samples_per_task = 20;
  spec.rule.batch = 5;  // four meta-steps a task
  return spec;
}

TEST(OverlapPlot, HasACurveALayerAndADashedOneForItsLesion) {
  const auto spec = fourTasks();
  const auto before = answer(0, 0.9F), after = answer(10, 0.25F);
  after->lesioned = after->intact;
  after->lesioned[0].overlap = std::numeric_limits<float>::quiet_NaN();
  const std::vector<Moment> moments{before, after};
  const auto plot = overlapContent({moments, {0}, 1}, spec, figure::Theme::Dark);
  ASSERT_EQ(plot.curves.size(), 1U) << "of the lesioned nothing is known";
  EXPECT_EQ(plot.curves[0].label, "h1");
  EXPECT_EQ(plot.curves[0].trace.step(1), 10);
  EXPECT_FLOAT_EQ(plot.curves[0].trace.last().mean, 0.25F);
  EXPECT_EQ(plot.low, 0.2);
  EXPECT_EQ(plot.tasks, 4);
  EXPECT_EQ(plot.shown, 2.5) << "in tasks";
  after->lesioned[0].overlap = 0.5F;
  const auto both = overlapContent({moments, {0}, 1}, spec, figure::Theme::Dark);
  ASSERT_EQ(both.curves.size(), 2U);
  EXPECT_EQ(both.curves[1].label, "h1 lesioned");
  EXPECT_EQ(both.curves[1].style.dash, figure::Dash::Dashed);
  EXPECT_EQ(both.curves[1].trace.at(0).n, 0U) << "no lesion was tried then";
}

TEST(OverlapPlot, IsWrittenByMomentWithEveryLayer) {
  const auto spec = fourTasks();
  const std::vector<Moment> moments{answer(0, 0.5F), answer(8, 0.25F)};
  const auto none = overlapContent({moments, {}, 1}, spec, figure::Theme::Dark);
  EXPECT_EQ(toCsv(none.whole(), {}),
            "meta_step,task,\"h1 mean\",\"h1 sem\",\"h1 n\"\n0,0,0.5,,1\n8,2,0.25,,1\n");
}

TEST(OverlapPlot, APressChoosesTheMomentNearestToIt) {
  const std::vector<Moment> moments{answer(0), answer(8), answer(30)};
  EXPECT_EQ(momentNear(moments, 3.9), 0U);
  EXPECT_EQ(momentNear(moments, 18), 1U);
  EXPECT_EQ(momentNear(moments, 500), 2U);
}

}  // namespace
}  // namespace dentate::ui
