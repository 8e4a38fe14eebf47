#include "tests/bench/learning.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/ones.h>

#include <cstdio>
#include <optional>

#include "engine/learn/registry.h"
#include "engine/spec/graph.h"
#include "tests/bench/cohort.h"
#include "tests/bench/yardstick.h"

namespace dentate::bench {
namespace {

using learn::Body;

constexpr std::int64_t kTurn = 20;  // meta-steps; engine/run lets a replica do as many

std::string name(Body body) {
  switch (body) {
    case Body::Cpu:
      return "cpu";
    case Body::Aten:
      return "aten";
    case Body::Autograd:
      return "autograd";
    case Body::Auto:
      break;
  }
  return "auto";
}

std::string activity(const Group& group) { return group.trained ? "trained" : "untrained"; }

std::string words(const Group& group, const Member& m) {
  return group.network + " " + activity(group) + " " + name(m.body) + " order-" +
         std::to_string(group.order) + " replicas-" + std::to_string(m.replicas) + " threads-" +
         std::to_string(m.threads) + " turn-" + std::to_string(m.steps_a_turn);
}

// A cohort on each thread, and who teaches it.
struct Learner {
  Member member;
  std::vector<std::shared_ptr<Cohort>> cohorts;
  std::vector<std::shared_ptr<learn::Rule>> rules;

  [[nodiscard]] Candidate candidate(bool wall_clock) const {
    std::vector<std::function<double()>> works;
    for (std::size_t i = 0; i < cohorts.size(); ++i)
      works.emplace_back([cohort = cohorts[i], rule = rules[i]] {
        return static_cast<double>(cohort->learn(*rule));
      });
    return {"", wall_clock ? onThreads(std::move(works)) : onOneThread(works.front())};
  }
  [[nodiscard]] double work() const {
    double sum = 0;
    for (const auto& cohort : cohorts) sum += cohort->work();
    return sum / static_cast<double>(cohorts.size());
  }
};

Learner yardstick(const std::shared_ptr<const Subject>& subject) {
  Learner made;
  made.cohorts.push_back(std::make_shared<Cohort>(subject, 0, Turns{.steps = 1, .plain = true}));
  made.rules.push_back(std::make_shared<Yardstick>(subject->plan, subject->spec.rule));
  return made;
}

spec::Result<Learner> learner(const std::shared_ptr<const Subject>& subject, const Member& member) {
  Learner made{member, {}, {}};
  const auto each = member.replicas / member.threads;
  const Turns turns{each, member.steps_a_turn, /*together=*/member.body == Body::Aten};
  for (std::int64_t t = 0; t < member.threads; ++t) {
    auto rule = learn::makeRule(subject->plan, subject->spec.rule, member.body);
    if (!rule) return rule.error();
    made.rules.emplace_back(std::move(rule).value());
    made.cohorts.push_back(
        std::make_shared<Cohort>(subject, static_cast<std::uint64_t>(t * each), turns));
  }
  return made;
}

// A product of 512 x 512 matrices on one thread: 1 MB each, so all lie in the cache.
Candidate sgemm() {
  constexpr std::int64_t kSize = 512;
  const auto a = at::ones({kSize, kSize}), b = at::ones({kSize, kSize});
  auto out = at::empty({kSize, kSize});
  const double gflop = 2e-9 * static_cast<double>(kSize * kSize * kSize);
  return {"sgemm", onOneThread([=]() mutable {
            at::mm_out(out, a, b);
            return gflop;
          })};
}

Group single(const std::string& network, bool trained, std::int64_t order) {
  Group group{network, trained, order, {}};
  for (const auto body : {Body::Cpu, Body::Aten, Body::Autograd})
    if (order == 1 || body == Body::Autograd) group.members.push_back({body});
  return group;
}

Group several(std::int64_t replicas) {
  return {
      "two-layer",
      /*trained=*/false,
      /*order=*/1,
      {{Body::Cpu, replicas, 1, kTurn}, {Body::Cpu, replicas, 1, 1}, {Body::Aten, replicas, 1, 1}}};
}

Group onTwoThreads() {
  return {"two-layer",
          /*trained=*/false,
          /*order=*/1,
          {{Body::Cpu, 40, 1, kTurn}, {Body::Cpu, 40, 2, kTurn}}};
}

// Rates of one group, in the order yardstick, sgemm, learners.
std::vector<LearningRow> rowsOf(const Group& group, const Subject& subject,
                                const std::vector<Learner>& learners, const Rates& rates) {
  const auto& rule = subject.spec.rule;
  const double dense =
      2e-9 * spec::denseMultiplyAdds(subject.plan.network, rule.replay, rule.batch);
  const auto& peak = rates[1];
  const std::vector<double>* one_thread = nullptr;
  std::vector<LearningRow> rows;
  for (std::size_t i = 0; i < learners.size(); ++i) {
    const auto& member = learners[i].member;
    const auto& mine = i == 0 ? rates[0] : rates[i + 1];
    LearningRow row;
    row.network = group.network;
    row.activity = activity(group);
    row.body = i == 0 ? "yardstick" : name(member.body);
    row.order = group.order;
    row.replicas = member.replicas;
    row.threads = member.threads;
    row.steps_a_turn = member.steps_a_turn;
    row.meta_steps_per_s = spread(mine);
    row.ratio_to_yardstick = spreadOfRatios(mine, rates[0]);
    row.work = learners[i].work();
    row.dense_gflops = dense * row.meta_steps_per_s.median;
    row.gflops = row.work * row.dense_gflops;
    row.sgemm_gflops = spread(peak).median;
    row.share_of_peak =
        row.work * dense * spreadOfRatios(mine, peak).median / static_cast<double>(member.threads);
    if (i > 0 && member.threads == 1) one_thread = &mine;
    if (member.threads > 1 && one_thread != nullptr)
      row.speedup = spreadOfRatios(mine, *one_thread);
    rows.push_back(std::move(row));
  }
  return rows;
}

// The yardstick first, then every member that is wanted and can.
std::vector<Learner> learnersOf(const Group& group, const std::shared_ptr<const Subject>& subject,
                                const Wanted& wanted) {
  std::vector<Learner> learners{yardstick(subject)};
  for (const auto& member : group.members) {
    if (!wanted(words(group, member))) continue;
    auto made = learner(subject, member);
    if (made)
      learners.push_back(std::move(made).value());
    else
      std::fprintf(stderr, "bench: left out %s: %s\n", words(group, member).c_str(),
                   made.error().text().c_str());
  }
  return learners;
}

}  // namespace

std::vector<Group> learningGroups(bool quick) {
  std::vector<Group> groups{single("two-layer", false, 1), single("two-layer", true, 1)};
  if (!quick) groups.push_back(single("two-layer-250", false, 1));
  for (const char* network : {"four-layer", "skip-two-path", "split-h3"}) {
    groups.push_back(single(network, false, 1));
    if (!quick) groups.push_back(single(network, true, 1));
  }
  groups.push_back(single("split-two-path", false, 1));
  groups.push_back(single("split-two-path", true, 1));
  groups.push_back(single("two-layer", false, 2));
  if (!quick) groups.push_back(single("split-two-path", false, 2));
  groups.push_back(several(10));
  if (!quick) groups.push_back(several(120));
  groups.push_back(onTwoThreads());
  return groups;
}

spec::Result<std::shared_ptr<Cohort>> trainedCohort(const std::shared_ptr<const Subject>& subject) {
  auto rule = learn::makeRule(subject->plan, subject->spec.rule);
  if (!rule) return rule.error();
  auto cohort = std::make_shared<Cohort>(subject, 0, Turns{});
  cohort->train(**rule);
  return cohort;
}

spec::Result<std::vector<LearningRow>> measure(const Group& group, const Wanted& wanted,
                                               Pace pace) {
  bool any = false, wall_clock = false;
  for (const auto& member : group.members) {
    any = any || wanted(words(group, member));
    wall_clock = wall_clock || member.threads > 1;
  }
  if (!any) return std::vector<LearningRow>{};
  auto spec = experimentOf(group.network);
  if (!spec) return spec.error();
  spec->rule.order = group.order;
  auto subject = makeSubject(*spec);
  if (!subject) return subject.error();
  const auto learners = learnersOf(group, *subject, wanted);
  if (learners.size() == 1) return std::vector<LearningRow>{};
  if (group.trained) {
    const auto origin = trainedCohort(*subject);
    if (!origin) return origin.error();
    for (const auto& one : learners)
      for (const auto& cohort : one.cohorts) cohort->beginAs(**origin);
  }
  std::vector<Candidate> candidates{learners[0].candidate(wall_clock), sgemm()};
  for (std::size_t i = 1; i < learners.size(); ++i)
    candidates.push_back(learners[i].candidate(wall_clock));
  return rowsOf(group, **subject, learners, interleaved(candidates, pace));
}

}  // namespace dentate::bench
