#include "engine/run/save_run.h"

#include <utility>

#include "engine/run/caught.h"
#include "engine/run/config_file.h"
#include "engine/run/kept_run.h"
#include "engine/run/run_folder.h"

namespace dentate::run {

spec::Result<std::string> saveRun(const std::filesystem::path& folder, RunToSave run) {
  const auto spec = run.checkpoint.spec;
  if (auto failed = checkRunFolder(folder)) return *failed;
  const auto edited = editedConfig(folder);  // by whom opened a run that was saved there before
  if (auto failed = keepRun(
          folder, {std::move(run.checkpoint), run.record.measured(), *run.events, run.ended}))
    return *failed;
  run.record.sort();
  const auto config = edited ? Config::Keep : Config::Replace;
  if (auto failed = writeRunFolder(folder, spec, run.record, config)) return *failed;
  std::string notice = "saved to " + folder.string();
  if (edited)
    notice += "; its config.json was edited and stays, this run's is " + std::string(kAsRunFile);
  else if (run.retuned)
    notice += "; its config.json holds the rates as they are now";
  return notice;
}

void Saver::begin(std::filesystem::path folder, RunToSave run) {
  thread_ = std::jthread([this, folder = std::move(folder), run = std::move(run)]() mutable {
    auto written = guarded("saving", [&] { return saveRun(folder, std::move(run)); });
    {
      const std::lock_guard hold(mutex_);
      written_ = std::move(written);
    }
    ended_.notify_all();
    told_();
  });
}

std::optional<Saver::Written> Saver::take() {
  const std::lock_guard hold(mutex_);
  return std::exchange(written_, std::nullopt);
}

Saver::Written Saver::await() {
  std::unique_lock hold(mutex_);
  ended_.wait(hold, [this] { return written_.has_value(); });
  auto out = *std::move(written_);
  written_.reset();
  return out;
}

}  // namespace dentate::run
