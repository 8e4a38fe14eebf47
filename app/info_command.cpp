#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "app/commands.h"
#include "engine/learn/registry.h"
#include "engine/run/device.h"
#include "engine/run/kept_run.h"
#include "engine/run/process.h"
#include "engine/spec/experiment_json.h"
#include "engine/spec/replicas.h"

namespace dentate::app {
namespace {

void printPresets(const std::filesystem::path& configs) {
  std::vector<std::filesystem::path> files;
  std::error_code bad;
  for (const auto& entry : std::filesystem::directory_iterator(configs, bad))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::printf("presets    %s\n", configs.c_str());
  for (const auto& file : files) {
    const auto spec = spec::loadExperiment(file);
    std::printf("           %-24s %s\n", file.filename().c_str(),
                spec ? spec->name.c_str() : spec.error().what.c_str());
  }
}

// How far the run in a folder is, and what happened to it.
spec::Status printRun(const std::filesystem::path& folder) {
  auto store = run::Store::open(folder / run::kStoreFile);
  if (!store) return store.error();
  const auto ended = (*store)->ended();
  if (!ended) return ended.error();
  const auto steps = (*store)->steps();
  if (!steps) return steps.error();
  const auto events = (*store)->events();
  if (!events) return events.error();
  const auto& spec = (*store)->experiment();
  std::printf("run        %s\n", folder.c_str());
  std::printf("experiment %s, networks: %lld\n", spec.name.c_str(),
              static_cast<long long>(spec::replicaCount(spec)));
  std::printf("state      %s, meta-step %lld of %lld\n", *ended ? "ended" : "not finished",
              static_cast<long long>(*steps), static_cast<long long>(spec::totalSteps(spec)));
  std::printf("events     times are UTC; of checkpoints, those that are left\n");
  for (const auto& event : *events) std::printf("           %s\n", link::inWords(event).c_str());
  return {};
}

}  // namespace

int infoCommand(const InfoOptions& options, const Places& places) {
  if (!options.folder.empty()) {
    const auto failed = printRun(options.folder);
    if (failed) complain(*failed);
    return failed ? kWrongInput : kWell;
  }
  if (options.schema) {
    std::printf("%s\n", spec::experimentSchema().c_str());
    return kWell;
  }
  std::string rules;
  for (const auto& name : learn::ruleNames()) rules += (rules.empty() ? "" : ", ") + name;
  std::printf("dentate    %s\n", DENTATE_VERSION);
  std::printf("libtorch   %s\n", run::torchVersion().c_str());
  std::printf("device     %s\n", run::deviceInWords(std::nullopt).c_str());
  const auto no_gpu = run::openCuda();
  std::printf("gpu        %s\n", no_gpu ? no_gpu->what.c_str() : "ready for device=cuda");
  std::printf("rules      %s\n", rules.c_str());
  std::printf("assets     %s\n", places.assets.c_str());
  std::printf("settings   %s\n", places.settings.c_str());
  printPresets(places.configs);
  return kWell;
}

}  // namespace dentate::app
