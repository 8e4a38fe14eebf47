// dentate: the laboratory, and the same without a window.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "app/commands.h"
#include "app/places.h"
#include "engine/learn/registry.h"
#include "engine/run/process.h"

namespace dentate::app {
namespace {

// What learning without a window takes.
template <class Options>
void addLearning(CLI::App& command, Options& options) {
  command.add_option("--threads", options.threads, "Replicas at a time [all cores]")
      ->check(CLI::Range(1, 1024));
  command.add_option("--keep-every", options.keep_every, "Seconds between two checkpoints [1]")
      ->check(CLI::Range(0.01, 86'400.0));
  command.add_flag("--json", options.json, "Print the summary as JSON");
}

void addRun(CLI::App& app, RunOptions& options) {
  auto* run = app.add_subcommand("run", "Run an experiment to its end, without a window");
  run->add_option("CONFIG", options.config, "Experiment file (configs/*.json)")->required();
  run->add_option("--out", options.out, "Folder for numbers and figures [out/<config>]");
  run->add_option("--set", options.set, "Change one value: --set condition=s+lr")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  run->add_option("--seeds", options.seeds, "Number of replicas that differ in seed");
  run->add_flag("--overwrite", options.overwrite,
                "Begin anew in a folder whose run is not finished");
  addLearning(*run, options);
}

void addResume(CLI::App& app, ResumeOptions& options) {
  auto* resume = app.add_subcommand(
      "resume", "Go on with a run that broke off; its numbers are those of one that did not");
  resume->add_option("FOLDER", options.folder, "Folder of the run (holds run.sqlite)")->required();
  addLearning(*resume, options);
}

void addVerify(CLI::App& app, VerifyOptions& options) {
  auto* verify = app.add_subcommand(
      "verify", "Replay recordings of the published program and compare every number");
  verify->add_option("FILE", options.files, "Recordings (JSON)")->required();
  verify->add_option("--body", options.body, "What computes the meta-steps [auto]")
      ->type_name("NAME")
      ->check(CLI::IsMember(learn::bodyNames()));
  verify->add_option("--device", options.device, "Where: cuda needs a GPU, and is for aten [cpu]")
      ->type_name("NAME")
      ->check(CLI::IsMember({"cpu", "cuda"}));
  verify->add_flag("--json", options.json, "Print the comparison as JSON");
}

void addFetch(CLI::App& app, FetchOptions& options) {
  auto* fetch = app.add_subcommand(
      "fetch", "Download a dataset from its official address, or go on with a download");
  fetch
      ->add_option("DATASET", options.dataset,
                   "mnist, fashion-mnist, cifar-10, cifar-100 or omniglot")
      ->required();
  fetch->add_option("--to", options.folder, "Folder that it is written into [data]");
}

int dispatch(int argc, char** argv) {
  CLI::App app{"A laboratory for complementary learning systems. Without a command: the window."};
  app.name("dentate");
  app.set_version_flag("--version", "dentate " DENTATE_VERSION);
  app.footer("Exit codes: 0 well, 1 a check did not hold, 2 wrong use or input, 130 Ctrl-C.");
  RunOptions run;
  ResumeOptions resume;
  VerifyOptions verify;
  FetchOptions fetch;
  InfoOptions info;
  LaboratoryOptions laboratory;
  addRun(app, run);
  addResume(app, resume);
  addVerify(app, verify);
  addFetch(app, fetch);
  auto* about = app.add_subcommand("info",
                                   "Versions, places, presets, rules; or what a run's "
                                   "folder holds and what happened to it");
  about->add_option("FOLDER", info.folder, "Folder of a run (holds run.sqlite)");
  about->add_flag("--schema", info.schema, "Print the JSON Schema of experiment files");
  app.add_option("--open", laboratory.config, "Open the window on this experiment file");
  app.require_subcommand(0, 1);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& wrong) {
    return app.exit(wrong) == 0 ? kWell : kWrongInput;
  }
  if (app.got_subcommand("verify")) return verifyCommand(verify);
  if (app.got_subcommand("fetch")) return fetchCommand(fetch);
  const auto places = findPlaces();
  if (!places) {
    complain(places.error());
    return kWrongInput;
  }
  if (app.got_subcommand("run")) return runCommand(run, *places);
  if (app.got_subcommand("resume")) return resumeCommand(resume, *places);
  if (app.got_subcommand("info")) return infoCommand(info, *places);
  return laboratoryCommand(laboratory, *places);
}

}  // namespace
}  // namespace dentate::app

int main(int argc, char** argv) {
  try {
    dentate::run::prepareProcess();
    const int code = dentate::app::dispatch(argc, argv);
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
    std::fputs("dentate: the output could not be written\n", stderr);
    return dentate::app::kWrongInput;
  } catch (const std::exception& unforeseen) {
    std::fprintf(stderr, "dentate: internal error: %s\n", unforeseen.what());
    return dentate::app::kWrongInput;
  }
}
