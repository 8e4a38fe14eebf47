#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include "app/commands.h"
#include "app/progress.h"
#include "app/summary_table.h"
#include "engine/run/config_file.h"
#include "engine/run/headless.h"
#include "engine/run/kept_run.h"
#include "engine/run/run_folder.h"
#include "engine/spec/experiment_json.h"
#include "engine/spec/replicas.h"

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

int fail(const spec::Error& error) {
  complain(error);
  return kWrongInput;
}

run::HeadlessRun learn(run::KeptRun& kept, const std::filesystem::path& folder, int threads,
                       double keep_every) {
  std::stop_source stop;
  std::signal(SIGINT, onInterrupt);
  run::StoreWriter writer(*kept.store, std::chrono::duration<double>(keep_every));
  ProgressLine line;
  run::ConfigWatch config(folder, kept.setting->spec);
  const auto networks = spec::replicaCount(kept.setting->spec);
  auto run = run::runHeadless(
      kept.setting, threads, stop.get_token(),
      [&](const run::Progress& p) {
        if (interrupted != 0) stop.request_stop();
        line.show(p);
        const auto edited = config.news();
        if (!edited) return;
        line.end();
        complain(*edited);
        writer.addEvents({{run::EventKind::Edited, p.steps / networks, edited->text()}});
      },
      {&writer, std::move(kept.state), std::move(kept.measured), kept.head});
  line.end();
  return run;
}

bool allFinished(const spec::ExperimentSpec& spec, const run::Record& record) {
  return record.summaries.size() == static_cast<std::size_t>(spec::replicaCount(spec)) &&
         std::all_of(record.summaries.begin(), record.summaries.end(),
                     [](const run::ReplicaSummary& s) { return s.finished; });
}

// Learns to the end and writes what there is. `options` are those of run or resume.
template <class Options>
int finish(run::KeptRun kept, const std::filesystem::path& out, const Options& options) {
  const auto& spec = kept.setting->spec;
  if (!kept.notice.empty()) std::fprintf(stderr, "dentate: %s\n", kept.notice.c_str());
  const int cores = static_cast<int>(std::thread::hardware_concurrency());
  const int threads = options.threads > 0 ? options.threads : std::max(cores, 1);
  const auto [record, failure] = learn(kept, out, threads, options.keep_every);
  if (failure && failure->kind == spec::Error::Kind::Io) return fail(*failure);
  auto edited = run::editedConfig(out, spec);
  const auto config = edited ? run::Config::Keep : run::Config::Replace;
  if (const auto wrong = run::writeRunFolder(out, spec, record, config)) return fail(*wrong);
  if (failure) complain(*failure);

  const bool whole = allFinished(spec, record);
  if (whole || (failure && interrupted == 0))
    if (const auto wrong = kept.store->setEnded()) return fail(*wrong);
  if (options.json) {
    std::printf("%s", run::summaryJson(spec, record).c_str());
  } else if (whole || failure) {
    printSummary(spec, record);
  }
  if (edited) {
    edited->what += std::string("; it stays, and the experiment as run is in ") + run::kAsRunFile;
    complain(*edited);
  }
  std::fprintf(stderr, "%s in %s\n", whole ? "All of it" : "Ended early; what there is",
               out.c_str());
  if (whole) return kWell;
  if (failure) return kCheckFailed;
  std::fprintf(stderr, "Go on with: dentate resume %s\n", out.c_str());
  return kInterrupted;
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
  auto kept = run::beginKeptRun(out, *std::move(setting), options.overwrite);
  if (!kept) return fail(kept.error());
  return finish(*std::move(kept), out, options);
}

int resumeCommand(const ResumeOptions& options, const Places& places) {
  auto kept = run::resumeKeptRun(options.folder, places.assets);
  if (!kept) return fail(kept.error());
  return finish(*std::move(kept), options.folder, options);
}

}  // namespace dentate::app
