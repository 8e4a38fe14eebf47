// The config.json of a run's folder, and whether somebody edited it after the run had begun: such a
// file is kept, and what the run learns by is not it.
//
//   config.json          the experiment as run, or as somebody edited it
//   config.as-run.json   the experiment as run; only where config.json was edited
//   config.edited.json   an edited one that another run had to take the place of
#pragma once
#include <filesystem>

#include "engine/spec/experiment.h"
#include "engine/spec/result.h"

namespace dentate::run {

inline constexpr const char* kConfigFile = "config.json";
inline constexpr const char* kAsRunFile = "config.as-run.json";
inline constexpr const char* kEditedFile = "config.edited.json";

// What was changed in the folder's config.json since it was `spec`, or why it cannot be read; none:
// nothing, or it is not there.
[[nodiscard]] spec::Status editedConfig(const std::filesystem::path& folder,
                                        const spec::ExperimentSpec& spec);
// The same of the run that was kept in the folder; none where none was.
[[nodiscard]] spec::Status editedConfig(const std::filesystem::path& folder);

// Where the experiment of that folder's tables and figures lies.
[[nodiscard]] std::filesystem::path configAsRun(const std::filesystem::path& folder);

// Notices edits while a run learns.
class ConfigWatch {
 public:
  ConfigWatch(std::filesystem::path folder, const spec::ExperimentSpec& spec);
  // As editedConfig(), once for each time that the file was written. Looks at its time alone as long
  // as that stays.
  [[nodiscard]] spec::Status news();

 private:
  [[nodiscard]] std::filesystem::file_time_type written() const;
  std::filesystem::path folder_;
  const spec::ExperimentSpec& spec_;
  std::filesystem::file_time_type seen_;
};

}  // namespace dentate::run
