#include "ui/event_list.h"

#include <gtest/gtest.h>

#include "engine/spec/templates.h"

namespace dentate::ui {
namespace {

using link::Event;
using link::EventKind;

// Tasks of 40 meta-steps; two networks, of which the second is lost.
link::RunEntry run() {
  spec::ExperimentSpec spec;
  spec.network = spec::layeredNetwork(784, 2, 20, 10);
  spec.replicas.seeds = 2;
  link::RunEntry out;
  out.spec = std::make_shared<const spec::ExperimentSpec>(spec);
  constexpr std::int64_t kTime = 1'772'366'400;  // 2026-03-01 12:00:00
  out.events = std::make_shared<const std::vector<Event>>(
      std::vector<Event>{{EventKind::Started, 0, "2 networks", std::nullopt, kTime},
                         {EventKind::Lesions, 60, "layer h1, 40 %", std::nullopt, kTime + 5},
                         {EventKind::Diverged, 90, "a \"loss\" that is not finite", 1, kTime + 9}});
  return out;
}

TEST(EventList, FindsTheLinesThatHaveTheWords) {
  const auto of = run();
  EXPECT_EQ(eventsOf(of, "").size(), 3U);
  ASSERT_EQ(eventsOf(of, "LESIONS h1").size(), 1U);
  EXPECT_EQ(eventsOf(of, "LESIONS h1")[0]->step, 60);
  EXPECT_EQ(eventsOf(of, "seed 1").size(), 1U) << "the network is found by its name";
  EXPECT_TRUE(eventsOf(of, "branch").empty());
  EXPECT_TRUE(eventsOf(link::RunEntry{}, "").empty());
}

TEST(EventList, NamesTheNetworkOfSeveral) {
  auto of = run();
  EXPECT_EQ(eventText(of, (*of.events)[1]), "layer h1, 40 %");
  EXPECT_EQ(eventText(of, (*of.events)[2]), "seed 1: a \"loss\" that is not finite");
  auto single = *of.spec;
  single.replicas.seeds = 1;
  of.spec = std::make_shared<const spec::ExperimentSpec>(single);
  EXPECT_EQ(eventText(of, (*of.events)[2]), "a \"loss\" that is not finite");
}

TEST(EventList, IsCopiedAsDentateInfoPrintsIt) {
  const auto of = run();
  EXPECT_EQ(eventLines(eventsOf(of, "lesions")),
            "2026-03-01 12:00:05  meta-step 60     lesions     layer h1, 40 %\n");
}

TEST(EventList, IsATable) {
  const auto of = run();
  EXPECT_EQ(eventsCsv(of, eventsOf(of, "")),
            "time_utc,meta_step,task,event,network,text\n"
            "2026-03-01 12:00:00,0,0,started,,\"2 networks\"\n"
            "2026-03-01 12:00:05,60,1.5,lesions,,\"layer h1, 40 %\"\n"
            "2026-03-01 12:00:09,90,2.25,diverged,1,\"a \"\"loss\"\" that is not finite\"\n");
}

}  // namespace
}  // namespace dentate::ui
