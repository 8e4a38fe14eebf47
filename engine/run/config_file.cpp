#include "engine/run/config_file.h"

#include <system_error>
#include <utility>

#include "engine/run/kept_run.h"
#include "engine/spec/experiment_json.h"

namespace dentate::run {

namespace fs = std::filesystem;
using spec::Error;

spec::Status editedConfig(const fs::path& folder, const spec::ExperimentSpec& spec) {
  const auto file = folder / kConfigFile;
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return {};
  const auto now = spec::loadExperiment(file);
  if (!now) return now.error();
  const auto changed = spec::changedKeys(spec, *now);
  if (changed.empty()) return {};
  return Error{Error::Kind::Config, file.string(),
               changed.front() + (changed.size() > 1 ? " and other keys were" : " was") +
                   " changed since the run began, which goes on as it began"};
}

spec::Status editedConfig(const fs::path& folder) {
  std::error_code ignored;
  if (!fs::exists(folder / kStoreFile, ignored)) return {};
  const auto store = Store::open(folder / kStoreFile);
  return store ? editedConfig(folder, (*store)->experiment()) : spec::Status();
}

fs::path configAsRun(const fs::path& folder) {
  std::error_code ignored;
  return folder / (fs::exists(folder / kAsRunFile, ignored) ? kAsRunFile : kConfigFile);
}

ConfigWatch::ConfigWatch(fs::path folder, const spec::ExperimentSpec& spec)
    : folder_(std::move(folder)), spec_(spec), seen_(written()) {}

fs::file_time_type ConfigWatch::written() const {
  std::error_code missing;
  const auto at = fs::last_write_time(folder_ / kConfigFile, missing);
  return missing ? fs::file_time_type::min() : at;
}

spec::Status ConfigWatch::news() {
  const auto at = written();
  if (at == seen_) return {};
  seen_ = at;
  return editedConfig(folder_, spec_);
}

}  // namespace dentate::run
