// A run folder that a run is kept in while it learns: its store, and the sole right to write it.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/link/metric.h"
#include "engine/run/setting.h"
#include "engine/run/store.h"

namespace dentate::run {

// While it lives no other program gets it; the system takes it back when the program dies.
class FolderLock {
 public:
  // Refuses a folder that another program has. The folder must be there.
  static spec::Result<FolderLock> take(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(FolderLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  FolderLock& operator=(FolderLock&&) = delete;

 private:
  explicit FolderLock(int file) : file_(file) {}
  int file_;
};

struct KeptRun {
  FolderLock lock;
  std::unique_ptr<Store> store;
  std::shared_ptr<const Setting> setting;
  std::optional<Experiment::State> state;   // to go on from; none: it begins
  std::vector<link::MetricPoint> measured;  // until then
  RunHead head;
  std::string notice;  // what is worth saying; may be empty
};

inline constexpr const char* kStoreFile = "run.sqlite";

// Makes the folder and writes the experiment into it. Refuses one that holds a run which is not
// finished, unless `overwrite`. A config.json that somebody edited is set aside, see the notice.
spec::Result<KeptRun> beginKeptRun(const std::filesystem::path& folder,
                                   std::shared_ptr<const Setting> setting, bool overwrite);
// As far as it was kept. Refuses a folder whose config.json was changed since it began.
spec::Result<KeptRun> resumeKeptRun(const std::filesystem::path& folder,
                                    const std::filesystem::path& assets);

// The store of a run as it is now, in place of the one that was there, once it is whole. The folder
// is there; refuses one that another program has.
struct Keepsake {
  Checkpoint checkpoint;
  std::vector<link::MetricPoint> measured;  // until then
  std::vector<Event> events;
  bool ended = false;  // nothing more is to come
};
[[nodiscard]] spec::Status keepRun(const std::filesystem::path& folder, const Keepsake& what);

}  // namespace dentate::run
