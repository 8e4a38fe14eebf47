#include "engine/run/experiment.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace dentate::run {

Experiment::Experiment(std::shared_ptr<const Setting> setting, const Effort& effort,
                       std::vector<std::size_t> replicas)
    : setting_(std::move(setting)),
      regimes_{{0, {{setting_->spec.rule.alpha_lr, setting_->spec.rule.m_lr}, nullptr}}},
      workers_(setting_, effort) {
  if (replicas.empty()) {
    replicas.resize(setting_->replicas());
    std::iota(replicas.begin(), replicas.end(), std::size_t{0});
  }
  for (const auto index : replicas) courses_.emplace_back(setting_, index);
}

Experiment::State Experiment::state() const {
  State out{{}, regimes_, workers_.done()};
  for (const auto& course : courses_) out.courses.push_back(course.state());
  return out;
}

void Experiment::restore(const State& state) {
  DENTATE_CHECK(state.courses.size() == courses_.size());
  for (std::size_t r = 0; r < courses_.size(); ++r)
    courses_[r].restore(state.courses[r], workers_.streams());
  regimes_ = state.regimes;
  workers_.forgetBatches();
  workers_.setDone(state.done);
}

std::optional<Experiment::State> Experiment::atTaskEnds(bool wanted) {
  const auto asked = [](const Course& course) { return course.wantsTaskEnd(); };
  if (wanted && std::none_of(courses_.begin(), courses_.end(), asked)) {
    for (auto& course : courses_)
      if (course.begun() && !course.ended()) course.wantTaskEnd();
    return std::nullopt;
  }
  const auto on_its_way = [&](const Course& course) {
    return asked(course) && !course.taskEnd() && !course.ended();
  };
  if (wanted && std::any_of(courses_.begin(), courses_.end(), on_its_way)) return std::nullopt;
  std::optional<State> out;
  if (wanted) out = {{}, regimes_, workers_.done()};
  for (auto& course : courses_) {
    if (out && course.taskEnd() && !course.ended()) {
      out->done.steps -= course.stepsDone() - course.taskEnd()->steps;
      out->done.tests -= course.testsSince();
      out->courses.push_back(*course.taskEnd());
    } else if (out) {
      out->courses.push_back(course.state());
    }
    course.forgetTaskEnd();
  }
  return out;
}

std::vector<std::pair<std::size_t, Course::State>> Experiment::takeLast() {
  std::vector<std::pair<std::size_t, Course::State>> out;
  for (std::size_t place = 0; place < courses_.size(); ++place)
    if (auto last = courses_[place].takeLast()) out.emplace_back(place, *std::move(last));
  return out;
}

std::vector<link::MetricPoint> Experiment::advance(const Round& round) {
  workers_.run(courses_, regimes_, round);
  return takePoints();
}

std::vector<link::MetricPoint> Experiment::takePoints() {
  std::vector<link::MetricPoint> points;
  for (auto& course : courses_)
    if (!course.taken()) course.takePoints(points);
  return points;
}

const Course* Experiment::furthestBehind() const {
  const Course* found = nullptr;
  for (const auto& course : courses_)
    if (!course.failure() && (!found || course.rank() < found->rank())) found = &course;
  return found;
}

std::int64_t Experiment::stepsDone() const {
  const auto* const last = furthestBehind();
  if (last) return last->stepsDone();
  const auto by_steps = [](const Course& a, const Course& b) {
    return a.stepsDone() < b.stepsDone();
  };
  return std::max_element(courses_.begin(), courses_.end(), by_steps)->stepsDone();
}

bool Experiment::testing() const {
  const auto* const last = furthestBehind();
  return last && last->testing();
}

Until Experiment::endOfTask() const {
  const auto in_task = spec::stepsPerTask(setting_->spec);
  return {(stepsDone() / in_task + (testing() ? 0 : 1)) * in_task, true};
}

bool Experiment::reached(const Until& until) const {
  return std::all_of(courses_.begin(), courses_.end(),
                     [&](const Course& course) { return course.reached(until); });
}

spec::Status Experiment::failure() const {
  for (const auto& course : courses_)
    if (course.failure()) return course.failure();
  return {};
}

std::vector<link::FailedNetwork> Experiment::failed() const {
  std::vector<link::FailedNetwork> out;
  for (const auto& course : courses_)
    if (const auto& failure = course.failure())
      out.push_back({course.index(), course.stepsDone(), failure->what});
  return out;
}

bool Experiment::allFailed() const { return furthestBehind() == nullptr; }

Work Experiment::inAll() const {
  const auto replicas = static_cast<std::int64_t>(courses_.size());
  const auto& spec = setting_->spec;
  return {replicas * spec::totalSteps(spec), replicas * testsInAll(spec)};
}

double Experiment::secondsLeft() const {
  const double step = workers_.learning().secondsAUnit();
  if (step <= 0) return -1;
  const auto all = inAll();
  const auto steps = static_cast<double>(all.steps - done().steps);
  const auto tests = static_cast<double>(all.tests - done().tests);
  const auto threads = static_cast<double>(workers_.threads());
  const auto learners = static_cast<double>(std::min(workers_.learners(), courses_.size()));
  return steps * step / learners + tests * workers_.testing().secondsAUnit() / threads;
}

double Experiment::secondsTesting() const {
  return workers_.secondsTesting() / static_cast<double>(workers_.threads());
}

std::int64_t Experiment::mostSteps() const {
  std::int64_t most = 0;
  for (const auto& course : courses_) most = std::max(most, course.stepsDone());
  return most;
}

// From the first meta-step on that no replica has begun; what was in force before goes on in it.
Regime& Experiment::nextRegime() {
  return regimes_.emplace(mostSteps(), regimes_.rbegin()->second).first->second;
}

void Experiment::setRates(double alpha_lr, double m_lr) { nextRegime().rates = {alpha_lr, m_lr}; }

void Experiment::setLesions(std::vector<spec::Lesion> lesions) {
  auto& next = nextRegime();
  next.lesions = lesions.empty()
                     ? nullptr
                     : std::make_shared<const std::vector<spec::Lesion>>(std::move(lesions));
  const auto from = regimes_.rbegin()->first;
  for (auto& course : courses_)
    if (course.begun() && !course.ended() && !course.testing() && course.stepsDone() == from)
      course.follow(next.lesions);
}

std::vector<LesionEvent> Experiment::lesionEvents() const {
  std::vector<LesionEvent> events;
  LesionList before;
  for (const auto& [step, regime] : regimes_) {
    if (regime.lesions == before) continue;
    before = regime.lesions;
    events.push_back({step, before ? *before : std::vector<spec::Lesion>()});
  }
  return events;
}

std::vector<ReplicaSummary> Experiment::summaries() const {
  std::vector<ReplicaSummary> out;
  for (const auto& course : courses_)
    if (course.begun()) out.push_back(course.summary());
  return out;
}

}  // namespace dentate::run
