#include <algorithm>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <thread>
#include <vector>

#include "app/commands.h"
#include "app/progress.h"
#include "engine/measure/statistics.h"
#include "engine/run/headless.h"
#include "engine/run/run_folder.h"
#include "engine/spec/experiment_json.h"
#include "engine/spec/spelling.h"

namespace dentate::app {
namespace {

volatile std::sig_atomic_t interrupted = 0;

// The first Ctrl-C asks the run to end with what it has; the next one ends the program.
extern "C" void onInterrupt(int /*signal*/) {
  interrupted = 1;
  std::signal(SIGINT, SIG_DFL);
}

spec::Result<spec::ExperimentSpec> specOf(const RunOptions& options) {
  auto spec = spec::loadExperiment(options.config);
  if (!spec) return spec;
  auto changes = options.set;
  if (options.seeds) changes.push_back("replicas.seeds=" + std::to_string(*options.seeds));
  if (changes.empty()) return spec;
  auto changed = spec::setKeys(*spec, changes);
  if (!changed) {
    auto error = changed.error();
    error.where = "--set" + (error.where.empty() ? "" : " " + error.where);
    return error;
  }
  return changed;
}

void printRow(const char* name, const run::Record& record,
              const std::function<double(const run::ReplicaSummary&)>& value) {
  std::vector<double> values;
  for (const auto& s : record.summaries) values.push_back(value(s));
  const auto [mean, sem] = measure::meanSem(values);
  if (values.size() > 1) {
    std::printf("  %-26s %8.4f ± %.4f\n", name, mean, sem);
  } else {
    std::printf("  %-26s %8.4f\n", name, mean);
  }
}

void printAccuracies(const run::Record& record) {
  const auto& first = record.summaries.front();
  for (const auto& [lesion, unused] : first.category_accuracy) {
    const auto out = lesion == spec::Pathway::None ? std::string("intact")
                                                   : "without " + std::string(spec::spell(lesion));
    printRow(("category accuracy " + out).c_str(), record,
             [&, key = lesion](const auto& s) { return s.category_accuracy.at(key); });
    printRow(("item accuracy " + out).c_str(), record,
             [&, key = lesion](const auto& s) { return s.item_accuracy.at(key); });
  }
}

void printSummary(const spec::ExperimentSpec& spec, const run::Record& record) {
  std::printf("%s, %s, alpha0 %g, %zu seed%s%s\n", spec.name.c_str(),
              std::string(spec::spell(spec.rule.condition)).c_str(), spec.rule.alpha0,
              record.summaries.size(), record.summaries.size() == 1 ? "" : "s",
              record.summaries.size() == 1 ? "" : " (mean ± SEM)");
  printRow("RA", record, [](const auto& s) { return s.ra; });
  printRow("LA", record, [](const auto& s) { return s.la; });
  printRow("BTI", record, [](const auto& s) { return s.bti; });
  printAccuracies(record);
  std::size_t hidden = 0;
  for (const auto& layer : spec.network.layers) {
    if (layer.role != spec::LayerRole::Hidden) continue;
    printRow(("active fraction " + layer.name).c_str(), record,
             [&](const auto& s) { return s.active_fraction[hidden]; });
    if (spec::learnsM(spec.rule.condition))
      printRow(("m " + layer.name).c_str(), record, [&](const auto& s) { return s.m[hidden]; });
    ++hidden;
  }
  for (std::size_t p = 0; p < spec.network.paths.size(); ++p) {
    const auto& path = spec.network.paths[p];
    printRow(("alpha " + path.from + " > " + path.to).c_str(), record,
             [&](const auto& s) { return s.alpha[p]; });
  }
}

int fail(const spec::Error& error) {
  complain(error);
  return kWrongInput;
}

run::HeadlessRun learn(const std::shared_ptr<const run::Setting>& setting, int threads) {
  std::stop_source stop;
  std::signal(SIGINT, onInterrupt);
  ProgressLine line;
  auto run = run::runHeadless(setting, threads, stop.get_token(), [&](const run::Progress& p) {
    if (interrupted != 0) stop.request_stop();
    line.show(p);
  });
  line.end();
  return run;
}

bool allFinished(const spec::ExperimentSpec& spec, const run::Record& record) {
  return record.summaries.size() == static_cast<std::size_t>(spec.replicas.seeds) &&
         std::all_of(record.summaries.begin(), record.summaries.end(),
                     [](const run::ReplicaSummary& s) { return s.finished; });
}

}  // namespace

int runCommand(const RunOptions& options, const Places& places) {
  const auto spec = specOf(options);
  if (!spec) return fail(spec.error());
  const auto out = options.out.empty()
                       ? std::filesystem::path("out") / std::filesystem::path(options.config).stem()
                       : std::filesystem::path(options.out);
  if (const auto wrong = run::checkRunFolder(out)) return fail(*wrong);
  auto setting = run::makeSetting(*spec, places.assets);
  if (!setting) return fail(setting.error());

  const int cores = static_cast<int>(std::thread::hardware_concurrency());
  const auto [record, failure] =
      learn(*setting, options.threads > 0 ? options.threads : std::max(cores, 1));
  if (const auto wrong = run::writeRunFolder(out, *spec, record)) return fail(*wrong);
  if (failure) complain(*failure);

  const bool whole = allFinished(*spec, record);
  if (options.json) {
    std::printf("%s", run::summaryJson(*spec, record).c_str());
  } else if (whole) {
    printSummary(*spec, record);
  }
  std::fprintf(stderr, "%s in %s\n", whole ? "All of it" : "Ended early; what there is",
               out.c_str());
  if (whole) return kWell;
  return failure ? kCheckFailed : kInterrupted;
}

}  // namespace dentate::app
