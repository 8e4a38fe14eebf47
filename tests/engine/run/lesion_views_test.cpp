// What lesions do to the networks of a run, as the window asks for it and as it is saved.
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <nlohmann/json.hpp>
#include <thread>

#include "engine/run/saved_run.h"
#include "tests/engine/data/temp_folder.h"
#include "tests/engine/run/running.h"
#include "tests/engine/run/small_experiment.h"

namespace dentate::run {
namespace {

namespace fs = std::filesystem;
using link::Phase;
using spec::LesionPart;
using namespace std::chrono_literals;

// Layers of the small dual network: input, h1, large, small, category, item.
constexpr std::size_t kLarge = 2;

// Of the only run that has been tested; null: none has.
link::LesionCurvesPtr curvesIn(const link::Snapshot& now) {
  return now.views.lesion_curves.empty() ? nullptr : now.views.lesion_curves.front();
}

class LesionViews : public test::RunningTest {
 protected:
  // Two of three tasks of a dual network with two pathways.
  void learn() {
    send(link::Load{test::smallDualExperiment()});
    for (const std::int64_t step : {3, 6}) {
      send(link::StepTask{});
      await([=](const auto& s) { return s.phase == Phase::Paused && s.step == step; });
    }
  }
  std::shared_ptr<const link::LesionView> lesionOf(const std::vector<spec::Lesion>& lesions) {
    link::Watch watch;
    watch.lesion = link::LesionRequest{lesions, 24};
    send(link::SetWatch{watch});
    return await([&](const auto& s) {
             return s.views.lesion && s.views.lesion->request == *watch.lesion &&
                    s.views.lesion->samples == 24;
           })
        ->views.lesion;
  }
  void ask(const std::optional<link::LesionCurvesRequest>& request) {
    link::Watch watch;
    watch.lesion_curves = request;
    send(link::SetWatch{watch});
  }
  // Of the shown run.
  link::LesionCurvesPtr curvesOf(const link::LesionCurvesRequest& request) {
    ask(request);
    std::uint64_t run = 0;
    return await([&](const auto& s) {
             run = s.run;
             const auto curves = s.views.lesionCurvesOf(run);
             return curves && curves->request == request && curves->complete();
           })
        ->views.lesionCurvesOf(run);
  }
};

const link::LesionCurve& curveOf(const link::LesionCurves& curves, const std::string& part) {
  for (const auto& curve : curves.curves)
    if (curve.part == part) return curve;
  throw std::runtime_error("there is no curve of " + part);
}

TEST_F(LesionViews, SayWhatTheLesionTakesOverTheNetworks) {
  learn();
  const auto view = lesionOf({{LesionPart::Layer, kLarge, 1.0}});
  ASSERT_EQ(view->intact.size(), 2U);
  double category = 0, item = 0;
  for (std::size_t r = 0; r < 2; ++r) {
    category += (view->intact[r].category - view->lesioned[r].category) / view->intact[r].category;
    item += (view->intact[r].item - view->lesioned[r].item) / view->intact[r].item;
  }
  ASSERT_FALSE(std::isnan(category + item)) << "the networks know something";
  EXPECT_EQ(view->effects.category_loss.n, 2);
  EXPECT_NEAR(view->effects.category_loss.mean, category / 2, 1e-12);
  EXPECT_NEAR(view->effects.item_loss.mean, item / 2, 1e-12);
  EXPECT_NEAR(view->effects.index.mean, (item - category) / 2, 1e-12);
  EXPECT_LE(view->effects.index.low, view->effects.index.mean);
  EXPECT_GE(view->effects.index.high, view->effects.index.mean);
  EXPECT_EQ(view->samples_in_all, 24);
}

TEST_F(LesionViews, AreHeldAgainstTheNetworkWithoutThoseInForce) {
  learn();
  send(link::SetLesions{{{LesionPart::Layer, kLarge, 1.0}}});
  const auto view = lesionOf({});
  EXPECT_GT(view->intact[0].active_fraction[kLarge], 0);
  EXPECT_EQ(view->lesioned[0].active_fraction[kLarge], 0);
}

TEST_F(LesionViews, CurvesGoThroughEveryPart) {
  learn();
  const auto curves = curvesOf({.samples = 24});
  EXPECT_EQ(curves->replicas, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(curves->steps, (std::vector<std::int64_t>{6, 6}));
  ASSERT_EQ(curves->curves.size(), 3U + 7U);  // layers and paths; each pathway is one layer
  EXPECT_EQ(curves->in_all, 2 * (1 + (3 + 7) * 10));
  const auto& large = curveOf(*curves, "large");
  ASSERT_EQ(large.shares.size(), 11U);
  EXPECT_DOUBLE_EQ(large.shares[3], 0.3);
  const auto& path = curveOf(*curves, "h1>large");  // all that large hears of
  EXPECT_EQ(path.shares, large.shares);
  EXPECT_EQ(path.item[0].back(), large.item[0].back());
  const auto whole = lesionOf({{LesionPart::Layer, kLarge, 1.0}});
  const auto part = lesionOf({{LesionPart::Layer, kLarge, 0.3}});
  for (std::size_t r = 0; r < 2; ++r) {
    EXPECT_EQ(large.item[r].front(), whole->intact[r].item);
    EXPECT_EQ(large.item[r].back(), whole->lesioned[r].item);
    EXPECT_EQ(large.category[r][3], part->lesioned[r].category);
    // Without what it hears a layer is silent too.
    EXPECT_EQ(curveOf(*curves, "h1>large").item[r].back(), whole->lesioned[r].item);
    // Nothing comes through, so it answers the first of 36 items: right once in two tasks of 12.
    EXPECT_NEAR(curveOf(*curves, "h1").item[r].back(), 1.0 / 24, 1e-12);
  }
}

TEST_F(LesionViews, CurvesOfAPathwayTakeAllItsLayers) {
  auto spec = test::smallDualExperiment();
  spec.network.layers[1].pathway = spec::Pathway::Large;  // h1, below the large layer
  send(link::Load{spec});
  send(link::StepTask{});
  await([](const auto& s) { return s.phase == Phase::Paused && s.step == 3; });
  const auto curves = curvesOf({.samples = 12});
  const auto& pathway = curveOf(*curves, "large pathway");
  ASSERT_EQ(pathway.lesions.size(), 2U);
  EXPECT_EQ(pathway.lesions[1].index, kLarge);
  EXPECT_EQ(pathway.category[0].back(), curveOf(*curves, "h1").category[0].back());
}

// Long enough to be seen at work.
spec::ExperimentSpec manyNetworks() {
  auto spec = test::smallExperiment();
  spec.network = spec::layeredNetwork(784, 3, 200, 10);
  spec.stream.samples_per_task = 8000;
  spec.stream.test_samples = 1000;
  spec.replicas.seeds = 8;
  return spec;
}

TEST_F(LesionViews, CurvesRestWhenNobodyWatchesAndGoOnWhereTheyWere) {
  send(link::Load{manyNetworks()});
  const link::LesionCurvesRequest request{.samples = 100, .press = 1};
  ask(request);
  await([](const auto& s) { return curvesIn(s) && curvesIn(s)->done >= 2; });
  ask({});
  awaitApplied(send(link::SetSpeed{0}));
  const auto rested = curvesIn(*channel.snapshots.get());
  ASSERT_TRUE(rested && !rested->complete());
  std::this_thread::sleep_for(60ms);
  awaitApplied(send(link::SetSpeed{0}));
  EXPECT_EQ(curvesIn(*channel.snapshots.get())->done, rested->done);
  ask(request);
  const auto on =
      await([&](const auto& s) { return curvesIn(s) && curvesIn(s)->done > rested->done; });
  EXPECT_EQ(curvesIn(*on)->curves[0].category[0][0], rested->curves[0].category[0][0]);
  ask(link::LesionCurvesRequest{.samples = 100, .press = 2});
  // Begun anew; how far it has come by the first look depends on the machine.
  await([](const auto& s) { return curvesIn(s) && curvesIn(s)->request.press == 2; });
}

TEST_F(LesionViews, CurvesBeginAgainWhenTheLesionsInForceChange) {
  send(link::Load{manyNetworks()});
  ask(link::LesionCurvesRequest{.samples = 100});
  await([](const auto& s) { return curvesIn(s) && curvesIn(s)->done >= 2; });
  send(link::SetLesions{{{LesionPart::Layer, 1, 1.0}}});
  await([](const auto& s) { return !s.lesions.empty(); });
  // With its first layer silent the network answers alike, whatever else is lesioned.
  await([](const auto& s) { return curvesIn(s) && curvesIn(s)->done >= 12; });
  const auto curves = curvesIn(*channel.snapshots.get());
  ASSERT_TRUE(curves);
  const auto& h1 = curves->curves[0].category[0];
  EXPECT_EQ(h1.front(), h1.back());
}

TEST_F(LesionViews, CurvesComeForwardBesideLearningAndOtherViews) {
  auto spec = manyNetworks();
  spec.replicas.seeds = 2;
  send(link::Load{spec});
  send(link::Play{});
  link::Watch watch;
  watch.units = link::UnitsRequest{{}, {{1, 0}}};
  watch.lesion = link::LesionRequest{{{LesionPart::Layer, 1, 0.5}}};
  watch.lesion_curves = link::LesionCurvesRequest{.samples = 100};
  send(link::SetWatch{watch});
  await([](const auto& s) {
    return s.phase == Phase::Running && curvesIn(s) && curvesIn(s)->done > 4;
  });
}

TEST_F(LesionViews, CurvesOfAnEarlierRunAreVoid) {
  learn();
  curvesOf({.samples = 24});
  send(link::Reset{});
  const auto now = await([](const auto& s) { return s.phase == Phase::Ready; });
  EXPECT_EQ(now->views.lesionCurvesOf(now->run), nullptr);
}

TEST_F(LesionViews, CurvesOfSeveralRunsAreThoseOfEachAlone) {
  learn();
  send(link::Branch{});
  const auto branched = await([](const auto& s) { return s.runs.size() == 2; });
  const auto main = branched->runs[0].run, branch = branched->runs[1].run;
  send(link::SetLesions{{{LesionPart::Layer, kLarge, 1.0}}});  // of the branch
  ask(link::LesionCurvesRequest{.samples = 24, .press = 7, .runs = {main, branch, 99}});
  const auto both = await([&](const auto& s) {
    const auto of_main = s.views.lesionCurvesOf(main), of_branch = s.views.lesionCurvesOf(branch);
    return of_main && of_main->complete() && of_branch && of_branch->complete();
  });
  const auto of_main = both->views.lesionCurvesOf(main),
             of_branch = both->views.lesionCurvesOf(branch);
  EXPECT_EQ(both->views.lesion_curves.size(), 2U) << "there is no run 99";
  EXPECT_EQ(of_branch->curves[0].item[0].front(), curveOf(*of_main, "large").item[0].back())
      << "its large layer is silent from the beginning";
  send(link::SelectRun{main});
  const auto alone = curvesOf(link::LesionCurvesRequest{.samples = 24, .press = 8});
  EXPECT_EQ(curveOf(*alone, "small").item, curveOf(*of_main, "small").item);
  const auto now = channel.snapshots.get();
  EXPECT_EQ(now->views.lesionCurvesOf(branch)->request.press, 7U) << "kept";
  send(link::DropRun{branch});
  ask(link::LesionCurvesRequest{.samples = 24, .press = 9, .runs = {main, branch}});
  await([&](const auto& s) {
    return s.views.lesion_curves.size() == 1 && curvesIn(s)->request.press == 9 &&
           curvesIn(s)->complete();
  });
}

class SavedLesions : public LesionViews {
 protected:
  void save() { awaitApplied(send(link::SaveRun{folder.string()})); }
  [[nodiscard]] std::string text(const char* file) const {
    std::ifstream in(folder / file);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  data::TempFolder temp;
  const fs::path folder = temp.path() / "run";
};

TEST_F(SavedLesions, HoldARowAPartShareAndReplica) {
  learn();
  const auto curves = curvesOf({.seed = 5, .samples = 24});
  save();
  const auto csv = text("lesions.csv");
  EXPECT_EQ(csv.substr(0, csv.find('\n')),
            "part,share,replica,condition,alpha0,seed,category,item,step");
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 2 * (3 + 7) * 11);
  EXPECT_NE(csv.find("\nlarge,0.3,1,s+lr,0.01,1,0"), std::string::npos);
  EXPECT_NE(csv.find("\nh1>large,1,0,s+lr,0.01,0,0"), std::string::npos);
  const auto json = nlohmann::json::parse(text("lesions.json"));
  EXPECT_EQ(json["curves"]["order"], "random");
  EXPECT_EQ(json["curves"]["order_seed"], 5);
  EXPECT_TRUE(json["curves"]["complete"]);
  EXPECT_TRUE(json["in_force"].empty());
  send(link::Reset{});  // a run without lesions, saved in the same place
  send(link::StepMeta{});
  await([](const auto& s) { return s.phase == Phase::Paused && s.step == 1; });
  save();
  EXPECT_FALSE(fs::exists(folder / "lesions.csv"));
  EXPECT_FALSE(fs::exists(folder / "lesions.json"));
}

TEST_F(SavedLesions, AreReadBackWithTheRun) {
  auto spec = test::smallDualExperiment();
  spec.network.layers[kLarge].name = "large, \"fast\"";
  for (auto& path : spec.network.paths)
    for (auto* end : {&path.from, &path.to})
      if (*end == "large") *end = spec.network.layers[kLarge].name;
  send(link::Load{spec});
  send(link::StepTask{});
  await([=](const auto& s) { return s.phase == Phase::Paused && s.step == 3; });
  const auto curves =
      curvesOf({.order = spec::LesionOrder::LeastActive, .samples = 12, .press = 1});
  save();
  send(link::OpenRun{folder.string()});
  const auto now = await([](const auto& s) { return s.runs.size() == 2; });
  const auto read = now->views.lesionCurvesOf(now->runs[1].run);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->request.order, spec::LesionOrder::LeastActive);
  EXPECT_TRUE(read->complete());
  EXPECT_EQ(read->replicas, curves->replicas);
  EXPECT_EQ(read->steps, curves->steps);
  ASSERT_EQ(read->curves.size(), curves->curves.size());
  for (std::size_t c = 0; c < read->curves.size(); ++c) {
    EXPECT_EQ(read->curves[c].part, curves->curves[c].part);
    EXPECT_EQ(read->curves[c].lesions, curves->curves[c].lesions);
    EXPECT_EQ(read->curves[c].shares, curves->curves[c].shares);
    EXPECT_EQ(read->curves[c].category, curves->curves[c].category);
    EXPECT_EQ(read->curves[c].item, curves->curves[c].item);
  }
}

TEST_F(SavedLesions, ThatCannotBeReadAreLeftOutAndSaidSo) {
  learn();
  curvesOf({.samples = 24});
  save();
  const auto table = text("lesions.csv"), asked = text("lesions.json");
  const auto opened = [&](const std::string& csv, const std::string& json) {
    std::ofstream(folder / "lesions.csv") << csv;
    std::ofstream(folder / "lesions.json") << json;
    auto run = SavedRun::open(1, "saved", folder);
    EXPECT_TRUE(run) << run.error().text();
    const bool without = (*run)->notice().find("are left out") != std::string::npos;
    EXPECT_EQ((*run)->lesionCurves() == nullptr, without);
    return (*run)->notice();
  };
  EXPECT_EQ(opened(table, asked).find("lesion"), std::string::npos);
  EXPECT_NE(opened(table, "{}").find("lesions.json: does not say"), std::string::npos);
  EXPECT_NE(opened("part\n", asked).find("its columns are not"), std::string::npos);
  for (const char* line : {"nowhere,0.5,0,s+lr,0.01,0,0.1,0.1,6",
                           "large,1.5,0,s+lr,0.01,0,0.1,0.1,6", "large,0.5,9,s+lr,0.01,0,0.1,0.1,6",
                           "large,0.5,0,s+lr,0.01,0,x,0.1,6", "large,0.5,0,s+lr,0.01,0,0.1,0.1,600",
                           "large,0.5", "\"large,0.5", "\"large\"x,0.5,0,s+lr,0.01,0,0.1,0.1,6"})
    EXPECT_NE(opened(table + line + "\n", asked).find("lesions.csv: line 222 is not a test"),
              std::string::npos)
        << line;
}

TEST_F(SavedLesions, SayWhichAreInForceAndSinceWhen) {
  learn();
  send(link::SetLesions{{{LesionPart::Layer, kLarge, 0.5, spec::LesionOrder::MostActive}}});
  send(link::StepMeta{});
  await([](const auto& s) { return s.phase == Phase::Paused && s.step == 7; });
  send(link::SetLesions{{{LesionPart::Path, 0, 1, {}, 0, /*plasticity=*/true}}});
  save();
  const auto json = nlohmann::json::parse(text("lesions.json"));
  ASSERT_EQ(json["changes"].size(), 2U);
  EXPECT_EQ(json["changes"][0]["step"], 6);
  EXPECT_EQ(json["changes"][0]["lesions"][0]["layer"], "large");
  EXPECT_EQ(json["changes"][0]["lesions"][0]["share"], 0.5);
  EXPECT_EQ(json["changes"][0]["lesions"][0]["order"], "most_active");
  EXPECT_EQ(json["changes"][1]["step"], 7);
  EXPECT_EQ(json["in_force"][0]["path"], "input>h1");
  EXPECT_EQ(json["in_force"][0]["what"], "plasticity");
  EXPECT_FALSE(json.contains("curves"));
}

}  // namespace
}  // namespace dentate::run
