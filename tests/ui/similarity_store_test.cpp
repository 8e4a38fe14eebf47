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

SimilarityStore::Kind kind(std::uint64_t run = 1, std::size_t replica = 0) {
  return {{}, run, replica};
}

// Runs 1 and 2; the second left the first after `from_step` meta-steps.
link::Snapshot twoRuns(std::int64_t from_step = 0) {
  link::Snapshot now;
  now.runs.resize(2);
  now.runs[0].run = 1;
  now.runs[1].run = 2;
  now.runs[1].from = 1;
  now.runs[1].from_step = from_step;
  return now;
}

TEST(SimilarityStore, KeepsMomentsEvenlyAndTheNewest) {
  SimilarityStore store;
  for (std::int64_t step = 0; step <= 1001; ++step) store.take(answer(step), twoRuns());
  const auto& all = store.moments(kind());
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
  store.take(answer(3), twoRuns());
  const auto second = answer(3);
  store.take(second, twoRuns());
  ASSERT_EQ(store.moments(kind()).size(), 1U);
  EXPECT_EQ(store.moments(kind())[0], second);
}

TEST(SimilarityStore, KeepsKindsApartAndForgetsThoseOfARunThatIsGone) {
  SimilarityStore store;
  store.take(answer(1), twoRuns());
  auto cosine = answer(2, -0.25F);
  cosine->request.measure = SimilarityRequest::Measure::Cosine;
  cosine->request.lesions = {{}};
  store.take(cosine, twoRuns());
  auto asked = kind();
  EXPECT_EQ(store.moments(asked).back()->step, 1);
  EXPECT_FLOAT_EQ(store.low(asked), 0.5F);
  asked.request.measure = SimilarityRequest::Measure::Cosine;
  EXPECT_EQ(store.moments(asked).back()->step, 2) << "whatever lesions were asked for";
  EXPECT_FLOAT_EQ(store.low(asked), -0.3F);
  asked.replica = 1;
  EXPECT_TRUE(store.moments(asked).empty()) << "another network";
  auto now = twoRuns();
  auto next = answer(0);
  next->run = 2;
  store.take(next, now);
  EXPECT_FALSE(store.moments(kind()).empty()) << "the run may be chosen again";
  now.dropped = {now.runs.front()};
  now.runs.erase(now.runs.begin());
  store.take(answer(3), now);
  EXPECT_EQ(store.moments(kind()).size(), 2U) << "or come back";
  now.dropped.clear();
  next = answer(1);
  next->run = 2;
  store.take(next, now);
  EXPECT_TRUE(store.moments(kind()).empty());
  EXPECT_TRUE(store.course(kind()).empty());
}

TEST(SimilarityStore, HasTheCourseOfEveryRunWithItsLesions) {
  SimilarityStore store;
  auto first = answer(4, 0.75F);
  first->lesioned = first->intact;
  first->lesioned[0].overlap = 0.25;
  first->runs.push_back({2, 7, {0.5}});
  store.take(first, twoRuns());
  ASSERT_EQ(store.course(kind()).size(), 1U);
  EXPECT_EQ(store.course(kind())[0].step, 4);
  EXPECT_EQ(store.course(kind())[0].overlap, std::vector<double>{0.25});
  ASSERT_EQ(store.course(kind(2)).size(), 1U);
  EXPECT_EQ(store.course(kind(2))[0].step, 7);
  EXPECT_TRUE(store.moments(kind(2)).empty()) << "it was not looked at itself";
}

TEST(SimilarityStore, ABranchHasWhatItHasInCommonWithItsOrigin) {
  SimilarityStore store;
  for (const std::int64_t step : {0, 5, 10}) store.take(answer(step, 0.5F), twoRuns());
  auto branch = answer(12, 0.75F);
  branch->run = 2;
  store.take(branch, twoRuns(/*from_step=*/5));
  const auto& course = store.course(kind(2));
  ASSERT_EQ(course.size(), 3U);
  EXPECT_EQ(course[1].step, 5);
  EXPECT_EQ(course[2].step, 12);
  EXPECT_EQ(store.moments(kind(2)).size(), 3U);
  EXPECT_EQ(store.course(kind(1)).size(), 3U) << "which keeps its own";
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

TEST(OverlapPlot, HasACurveARunInItsStrokeOrItsDifferenceToTheFirst) {
  const auto spec = fourTasks();
  const std::vector<Moment> moments{answer(0, 0.9F), answer(10, 0.5F)};
  const std::vector<OverlapPoint> main{{0, {0.875}}, {10, {0.5}}},
      branch{{0, {0.875}}, {5, {0.1875}}, {12, {0.25}}};
  OverlapMoments shown{
      moments, {0}, 1, {{"main", {}, main, true}, {"branch 1", figure::strokeOf(1), branch}}};
  const auto both = overlapContent(shown, spec, figure::Theme::Dark);
  ASSERT_EQ(both.curves.size(), 2U);
  EXPECT_EQ(both.curves[0].label, "h1 main");
  EXPECT_TRUE(both.curves[0].featured);
  EXPECT_EQ(both.curves[1].label, "h1 branch 1");
  EXPECT_EQ(both.curves[1].layer, "h1");
  EXPECT_EQ(both.curves[0].style.color, both.curves[1].style.color) << "coloured alike";
  EXPECT_EQ(both.curves[1].style.stroke(), figure::strokeOf(1));
  EXPECT_EQ(both.curves[1].trace.step(2), 12);
  EXPECT_EQ(both.low, 0.1);
  shown.difference = true;
  const auto apart = overlapContent(shown, spec, figure::Theme::Dark);
  ASSERT_EQ(apart.curves.size(), 1U);
  const Trace& trace = apart.curves[0].trace;
  EXPECT_EQ(trace.at(0).mean, 0);
  EXPECT_FLOAT_EQ(trace.at(1).mean, -0.5F) << "on the line between .875 and .5";
  EXPECT_EQ(trace.at(2).n, 0U) << "main has not come so far";
  EXPECT_FALSE(apart.low);
  EXPECT_EQ(apart.note, "one network each, with its lesions, difference to main");
  EXPECT_EQ(apart.whole().curves.size(), 2U) << "a file has the values";
}

TEST(OverlapPlot, APressChoosesTheMomentNearestToIt) {
  const std::vector<Moment> moments{answer(0), answer(8), answer(30)};
  EXPECT_EQ(momentNear(moments, 3.9), 0U);
  EXPECT_EQ(momentNear(moments, 18), 1U);
  EXPECT_EQ(momentNear(moments, 500), 2U);
}

}  // namespace
}  // namespace dentate::ui
