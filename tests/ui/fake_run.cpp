#include "tests/ui/fake_run.h"

#include <stb/stb_image.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <numbers>

#include "engine/spec/experiment_json.h"
#include "engine/spec/inhibition.h"

namespace dentate::tests {
namespace {

using link::Phase;
using spec::LayerRole;

// Even in [0, 1), from three numbers.
double noise(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  std::uint64_t x = a * 0x9E3779B97F4A7C15U ^ b * 0xBF58476D1CE4E5B9U ^ c * 0x94D049BB133111EBU;
  x ^= x >> 31U;
  x *= 0xD6E8FEB86659FD93U;
  x ^= x >> 29U;
  return static_cast<double>(x >> 11U) / 9007199254740992.0;
}

std::vector<std::uint8_t> turned(const std::vector<std::uint8_t>& sheet, std::size_t digit,
                                 double degrees) {
  std::vector<std::uint8_t> out(28 * 28, 0);
  if (sheet.empty()) return out;
  const double angle = degrees * std::numbers::pi / 180, c = std::cos(angle), s = std::sin(angle);
  const auto at = [&](int x, int y) -> double {
    if (x < 0 || y < 0 || x > 27 || y > 27) return 0;
    const std::size_t row = digit / 100 * 28 + static_cast<std::size_t>(y);
    return sheet[row * 2800 + digit % 100 * 28 + static_cast<std::size_t>(x)];
  };
  for (int y = 0; y < 28; ++y) {
    for (int x = 0; x < 28; ++x) {
      const double u = c * (x - 13.5) - s * (y - 13.5) + 13.5;
      const double v = s * (x - 13.5) + c * (y - 13.5) + 13.5;
      const int i = static_cast<int>(std::floor(u)), j = static_cast<int>(std::floor(v));
      const double fx = u - i, fy = v - j;
      const double value = (1 - fy) * ((1 - fx) * at(i, j) + fx * at(i + 1, j)) +
                           fy * ((1 - fx) * at(i, j + 1) + fx * at(i + 1, j + 1));
      out[static_cast<std::size_t>(y * 28 + x)] = static_cast<std::uint8_t>(value);
    }
  }
  return out;
}

}  // namespace

FakeRun::FakeRun(link::Channel& channel, double full_speed)
    : channel_(channel), full_speed_(full_speed) {
  int width = 0, height = 0, channels = 0;
  if (auto* pixels = stbi_load("assets/mnist-10k.png", &width, &height, &channels, 1)) {
    if (width == 2800 && height == 2800) sheet_.assign(pixels, pixels + 2800 * 2800);
    stbi_image_free(pixels);
  }
  std::ifstream labels("assets/mnist-10k.labels.txt");
  for (std::string line; std::getline(labels, line);) labels_ += line;
  state_.device = "CPU, 2 cores";
  thread_ = std::thread([this] { loop(); });
}

FakeRun::~FakeRun() {
  stop_ = true;
  channel_.commands.wake();
  thread_.join();
}

void FakeRun::loop() {
  using Clock = std::chrono::steady_clock;
  auto before = Clock::now();
  while (!stop_) {
    const auto commands = channel_.commands.drain();
    for (const auto& command : commands) obey(command);
    const auto now = Clock::now();
    const double passed = std::chrono::duration<double>(now - before).count();
    before = now;
    bool moved = false;
    if (state_.phase == Phase::Running) {
      owed_ = std::min(owed_ + passed * speed(), 200.0);
      for (; owed_ >= 1 && state_.phase == Phase::Running; --owed_, moved = true) advance();
    }
    if (moved || !commands.empty()) publish();
    channel_.commands.waitFor(state_.phase == Phase::Running ? 1.0 / 60 : 0.2);
  }
}

double FakeRun::speed() const {
  return state_.speed_limit > 0 ? std::min(state_.speed_limit, full_speed_) : full_speed_;
}

void FakeRun::obey(const link::Ticketed& ticketed) {
  state_.failure.reset();
  const auto run = [this](std::int64_t until) {
    if (!spec_ || state_.phase == Phase::Finished) return;
    stop_at_ = until;
    state_.phase = Phase::Running;
    owed_ = until >= 0 ? 1000 : 0;
  };
  struct Visitor {
    FakeRun& self;
    decltype(run)& start;
    void operator()(const link::Load& c) { self.load(c.experiment); }
    void operator()(const link::Restore& c) { self.load(c.otherwise); }
    void operator()(const link::Play&) { start(-1); }
    void operator()(const link::Pause&) {
      if (self.state_.phase == Phase::Running) self.state_.phase = Phase::Paused;
    }
    void operator()(const link::StepMeta&) { start(self.state_.step + 1); }
    void operator()(const link::StepTask&) {
      start((self.state_.task + 1) * spec::stepsPerTask(*self.spec_));
    }
    void operator()(const link::Reset&) {
      if (self.spec_) self.begin();
    }
    void operator()(const link::SetSpeed& c) { self.state_.speed_limit = c.meta_steps_per_second; }
    void operator()(const link::SetRate& c) {
      (c.which == link::Rate::Alpha ? self.state_.alpha_lr : self.state_.m_lr) = c.value;
    }
    void operator()(const link::SetLesions& c) { self.state_.lesions = c.lesions; }
    void operator()(const link::SetWatch&) {}
    // It has one run, whose networks are what its formulas say.
    void operator()(const link::SetInhibition&) {}
    void operator()(const link::Branch&) {}
    void operator()(const link::SelectRun&) {}
    void operator()(const link::RenameRun&) {}
    void operator()(const link::DropRun&) {}
    void operator()(const link::BringBackRun&) {}
    void operator()(const link::OpenRun&) {}
    void operator()(const link::Fetch&) {}
    void operator()(const link::StopFetch&) {}
    void operator()(const link::SelectReplica& c) { self.state_.replica = c.replica; }
    void operator()(const link::SaveRun& c) { self.save(c.folder); }
  };
  std::visit(Visitor{*this, run}, ticketed.command);
  state_.applied = ticketed.ticket;
}

void FakeRun::load(const spec::ExperimentSpec& experiment) {
  if (const auto problem = spec::checkExperiment(experiment)) {
    state_.failure = problem;
    return;
  }
  spec_ = std::make_shared<const spec::ExperimentSpec>(experiment);
  graph_ = *spec::makeGraph(spec_->network);
  state_.replica = spec::shownReplica(*spec_);
  begin();
}

void FakeRun::begin() {
  const auto applied = state_.applied;
  const auto speed_limit = state_.speed_limit;
  const auto run = state_.run + 1;
  const auto replica = state_.replica;
  state_ = link::Snapshot();
  state_.replica = replica;
  state_.applied = applied;
  state_.speed_limit = speed_limit;
  state_.run = state_.begun = run;
  state_.device = "CPU, 2 cores";
  state_.spec = spec_;
  state_.phase = Phase::Ready;
  state_.total_steps = spec::totalSteps(*spec_);
  state_.alpha_lr = spec_->rule.alpha_lr;
  state_.m_lr = spec_->rule.m_lr;
  for (std::size_t i = 0; i < static_cast<std::size_t>(spec::replicaCount(*spec_)); ++i)
    state_.variants.push_back(spec::variantOf(*spec_, i));
  std::vector<link::MetricPoint> points;
  for (std::size_t replica = 0; replica < state_.variants.size(); ++replica)
    points.emplace_back(point(replica));
  channel_.metrics.put(std::move(points));
}

double FakeRun::activeFraction(const spec::Variant& variant, std::size_t layer, double task) const {
  const auto& spec = spec_->network.layers[layer];
  if (spec.role == LayerRole::Input) return 0.19;
  if (spec::isOutput(spec.role)) return 1;
  const double hidden =
      static_cast<double>(*std::max_element(graph_.depth.begin(), graph_.depth.end()) - 1);
  const double depth = static_cast<double>(graph_.depth[layer] - 1);
  double end = 0.42 - 0.26 * (hidden > 1 ? depth / (hidden - 1) : 1);
  if (spec.pathway == spec::Pathway::Large) end = 0.105;
  if (spec.pathway == spec::Pathway::Small) end = 0.185;
  if (!spec::learnsM(variant.condition)) end = 0.46 - 0.01 * depth;
  return end + (0.5 - end) * std::exp(-task / 2.2) + 0.004 * std::sin(9 * task + depth);
}

double FakeRun::alpha(const spec::Variant& variant, std::size_t path, double task) const {
  const double start = spec_->network.paths[path].alpha0.value_or(variant.alpha0);
  if (!spec::learnsAlpha(variant.condition)) return start;
  const auto& target = spec_->network.layers[graph_.target[path]];
  const auto& source = spec_->network.layers[graph_.source[path]];
  double factor = 0.2 + 0.5 * static_cast<double>(graph_.depth[graph_.target[path]]);
  if (target.pathway == spec::Pathway::Large) factor = 1.4;
  if (target.pathway == spec::Pathway::Small) factor = 0.7;
  if (target.role == LayerRole::Item) factor = source.pathway == spec::Pathway::Large ? 2.3 : 2.1;
  if (target.role == LayerRole::Category && source.pathway != spec::Pathway::None)
    factor = source.pathway == spec::Pathway::Large ? 1.75 : 0.45;
  const bool softplus = spec::ruleOf(*spec_, variant.compared()).alpha == spec::AlphaForm::Softplus;
  if (path == 0 && spec_->network.paths.size() > 3) factor = softplus ? 0.9 : -0.06;
  return start * (factor + (1 - factor) * std::exp(-task / 3.0));
}

double FakeRun::inhibition(const spec::Variant& variant, std::size_t layer, double task) const {
  const auto& spec = spec_->network.layers[layer];
  const auto kind = spec::inhibitionOf(spec, variant.compared());
  if (!spec::learnsM(kind, variant.condition)) return 0;
  return 0.01 + (0.62 - activeFraction(variant, layer, 99)) * (1 - std::exp(-task / 2.5));
}

link::StepPoint FakeRun::point(std::size_t replica) const {
  link::StepPoint out;
  out.run = state_.run;
  out.replica = replica;
  out.step = state_.step;
  out.task = state_.task;
  const auto step = static_cast<std::uint64_t>(state_.step);
  const double task =
      static_cast<double>(state_.step) / static_cast<double>(spec::stepsPerTask(*spec_));
  out.meta_loss = state_.step == 0
                      ? NAN
                      : 0.9 + 1.4 * std::exp(-std::fmod(task, 1.0) * 3) * noise(step, replica, 5);
  const spec::Variant& variant = state_.variants[replica];
  const auto jitter = [&](std::size_t i, double size) {
    return size * (noise(i + 7, replica, 3) - 0.5) +
           0.3 * size * (noise(step / 3, replica, i) - 0.5);
  };
  for (std::size_t i = 0; i < spec_->network.layers.size(); ++i) {
    const double share = activeFraction(variant, i, task) + jitter(i, 0.03);
    out.active_fraction.push_back(static_cast<float>(std::clamp(share, 0.0, 1.0)));
    out.m.push_back(static_cast<float>(inhibition(variant, i, task)));
  }
  for (std::size_t p = 0; p < spec_->network.paths.size(); ++p)
    out.alpha.push_back(
        static_cast<float>(alpha(variant, p, task) * (1 + (task > 0 ? jitter(p + 40, 0.1) : 0))));
  return out;
}

void FakeRun::advance() {
  ++state_.step;
  std::vector<link::MetricPoint> points;
  for (std::size_t replica = 0; replica < state_.variants.size(); ++replica)
    points.emplace_back(point(replica));
  channel_.metrics.put(std::move(points));
  const auto per_task = spec::stepsPerTask(*spec_);
  state_.task = state_.step / per_task;
  if (state_.step % per_task == 0) finishTask(state_.task - 1);
  if (state_.step >= state_.total_steps) {
    state_.phase = Phase::Finished;
    return;
  }
  if (stop_at_ >= 0 && state_.step >= stop_at_) state_.phase = Phase::Paused;
}

void FakeRun::finishTask(std::int64_t task) {
  std::vector<link::MetricPoint> points;
  for (std::size_t replica = 0; replica < state_.variants.size(); ++replica) {
    for (std::int64_t other = 0; other < spec_->stream.tasks; ++other) {
      const double near = std::exp(-std::abs(static_cast<double>(task - other)) / 4.0);
      link::AccuracyPoint out;
      out.run = state_.run;
      out.replica = replica;
      out.step = state_.step;
      out.after_task = task;
      out.task = other;
      out.category =
          std::clamp((other <= task ? 0.42 : 0.12) + 0.3 * near +
                         0.05 * static_cast<double>(state_.variants[replica].condition) +
                         0.05 * (noise(static_cast<std::uint64_t>(other), replica, 9) - 0.5),
                     0.0, 1.0);
      if (spec_->stream.labels != spec::Labels::Category && other <= task) {
        out.in_memory = 10;
        out.outside = spec_->stream.samples_per_task - out.in_memory;
        out.item = 0.02 * near;
        out.item_in_memory = 0.16 * near;
        out.item_outside = 0.006 * near;
      }
      points.emplace_back(out);
    }
    points.emplace_back(sparsityOf(replica, task));
    if (task + 1 == spec_->stream.tasks) points.emplace_back(summaryOf(replica));
  }
  channel_.metrics.put(std::move(points));
}

link::SparsityPoint FakeRun::sparsityOf(std::size_t replica, std::int64_t task) const {
  link::SparsityPoint out{state_.run, replica, state_.step, task, {}, {}, {}, {}};
  const double age = static_cast<double>(task + 1);
  for (std::size_t i = 0; i < spec_->network.layers.size(); ++i) {
    const double share = activeFraction(state_.variants[replica], i, age);
    out.dead.push_back(static_cast<float>(std::floor(20 * (0.6 - share) * noise(i, replica, 11))));
    out.variance.push_back(static_cast<float>(0.01 * share * (1 + 0.2 * noise(i, replica, 12))));
  }
  for (std::size_t p = 0; p < spec_->network.paths.size(); ++p) {
    out.hoyer.push_back(static_cast<float>(0.2 + 0.01 * age + 0.05 * noise(p, replica, 13)));
    out.near_zero.push_back(static_cast<float>(0.03 + 0.01 * noise(p, replica, 14)));
  }
  return out;
}

link::SummaryPoint FakeRun::summaryOf(std::size_t replica) const {
  const double better =
      0.03 * static_cast<double>(state_.variants[replica].condition) +
      0.004 * static_cast<double>(replica % static_cast<std::size_t>(spec_->replicas.seeds));
  return {state_.run, replica, 0.487 + better, 0.561, -0.074 + better};
}

std::vector<float> FakeRun::activity(std::size_t layer, double share) const {
  const auto& spec = spec_->network.layers[layer];
  std::vector<float> out(static_cast<std::size_t>(spec.units), 0.0F);
  const auto step = static_cast<std::uint64_t>(state_.step);
  if (spec.role == LayerRole::Category) {
    const auto truth = static_cast<std::size_t>(labels_.empty() ? 3 : labels_[step % 8000] - '0');
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = static_cast<float>(i == truth ? 0.55 : 0.05 + 0.03 * noise(i, step, 1) - 0.03);
    return out;
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double level = noise(i, step, layer);
    const double lit = spec.role == LayerRole::Item ? 0.01 : share;
    if (level < lit) out[i] = static_cast<float>(0.1 + 2 * noise(i, step, layer + 50));
  }
  return out;
}

link::StimulusStrip FakeRun::strip() const {
  link::StimulusStrip out;
  const double degrees =
      180.0 * static_cast<double>(state_.task) / static_cast<double>(spec_->stream.tasks);
  out.transform = "rotated by " + std::to_string(static_cast<int>(std::lround(degrees))) + "°";
  const std::int64_t first = std::max<std::int64_t>(0, state_.step - 12);
  for (std::int64_t i = first; i < state_.step + 12; ++i) {
    const auto digit = static_cast<std::size_t>(i % 8000);
    link::Stimulus stimulus;
    stimulus.pixels = turned(sheet_, digit, degrees);
    stimulus.category = labels_.empty() ? -1 : labels_[digit] - '0';
    if (spec_->stream.labels != spec::Labels::Category)
      stimulus.item = static_cast<std::int32_t>(i);
    out.stimuli.push_back(std::move(stimulus));
  }
  out.newest = static_cast<std::size_t>(state_.step - first);
  return out;
}

void FakeRun::publish() {
  link::Snapshot next = state_;
  if (spec_) {
    link::RunEntry entry;
    entry.run = state_.run;
    entry.name = "main";
    entry.step = state_.step;
    entry.saved_step = saved_step_;
    entry.spec = spec_;
    entry.alpha_lr = state_.alpha_lr;
    entry.m_lr = state_.m_lr;
    entry.lesions = state_.lesions;
    next.runs = {entry};
    const spec::Variant& variant = state_.variants[state_.replica];
    const double task =
        static_cast<double>(state_.step) / static_cast<double>(spec::stepsPerTask(*spec_));
    const auto networks = static_cast<std::int64_t>(state_.variants.size());
    next.in_all = networks * state_.total_steps;
    next.done = networks * state_.step;
    for (std::size_t i = 0; i < spec_->network.layers.size(); ++i) {
      const double share = activeFraction(variant, i, task);
      next.layers.push_back({state_.step > 0 ? share : 0, inhibition(variant, i, task),
                             state_.step > 0 ? activity(i, share) : std::vector<float>()});
    }
    for (std::size_t p = 0; p < spec_->network.paths.size(); ++p)
      next.paths.push_back({alpha(variant, p, task), alpha(variant, p, task) <= 0});
    next.strip = strip();
    next.work = state_.step > 0 ? 0.38 : 1;
    next.batch_accuracy = state_.step > 0 ? 0.487 : 0;
    if (state_.phase == Phase::Running) {
      next.meta_steps_per_second = speed();
      next.seconds_left = static_cast<double>(state_.total_steps - state_.step) / speed();
    }
  }
  channel_.snapshots.put(std::make_shared<const link::Snapshot>(std::move(next)));
}

void FakeRun::save(const std::string& folder) {
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  if (problem || !spec_) {
    state_.failure = spec::Error{spec::Error::Kind::Io, folder, "the folder cannot be made"};
    return;
  }
  std::ofstream(std::filesystem::path(folder) / "config.json") << spec::writeExperiment(*spec_);
  state_.notice = "saved to " + folder;
  saved_step_ = state_.step;
}

}  // namespace dentate::tests
