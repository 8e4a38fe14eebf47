#include <sys/resource.h>

#include <filesystem>
#include <system_error>

#include "app/commands.h"
#include "engine/learn/registry.h"
#include "engine/link/channel.h"
#include "engine/run/run_thread.h"
#include "engine/spec/experiment_json.h"
#include "ui/laboratory.h"

namespace dentate::app {

int laboratoryCommand(const LaboratoryOptions& options, const Places& places) {
  ui::LaboratorySetup setup;
  setup.assets = places.assets;
  setup.configs = places.configs;
  setup.settings = places.settings;
  setup.output = std::filesystem::current_path() / "out";
  setup.rules = learn::ruleTraits();
  setup.sources = spec::officialSources();
  // Twenty tasks in eight seconds: at full speed they are over before one has looked.
  setup.speed_limit = 100;
  setup.reopen_last = options.config.empty();
  setup.experiment_file = places.configs / "two-layer.json";
  if (!options.config.empty()) setup.experiment_file = options.config;
  auto experiment = spec::loadExperiment(setup.experiment_file);
  if (!experiment) {
    complain(experiment.error());
    return kWrongInput;
  }
  std::error_code ignored;
  if (const auto whole = std::filesystem::absolute(setup.experiment_file, ignored); !ignored)
    setup.experiment_file = whole;  // remembered: it must hold wherever the next start is
  setup.experiment = std::move(experiment).value();
  link::Channel channel;
  const run::RunThread thread(channel, places.assets);
  // Drawing yields to learning: on Linux this is the priority of the calling thread, and a software
  // rasteriser's threads, which are started by it, inherit it. The run thread keeps its own.
  constexpr int kYield = 5;
  setpriority(PRIO_PROCESS, 0, kYield);
  return ui::runLaboratory(setup, channel);
}

}  // namespace dentate::app
