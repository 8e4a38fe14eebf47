#include "engine/run/kept_run.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "engine/run/config_file.h"
#include "engine/run/run_folder.h"
#include "engine/run/whole_file.h"

namespace dentate::run {
namespace {

namespace fs = std::filesystem;
using spec::Error;

// A run in it that could go on.
spec::Status unfinishedIn(const fs::path& folder) {
  if (!fs::exists(folder / kStoreFile)) return {};
  const std::string what_to_do = "; give another --out, or --overwrite to begin anew in its place";
  auto store = Store::open(folder / kStoreFile);
  const auto ended = store ? (*store)->ended() : spec::Result<bool>(store.error());
  if (!ended)
    return Error{Error::Kind::Usage, folder.string(),
                 "holds a run that cannot be read (" + ended.error().what + ")" + what_to_do};
  if (*ended) return {};
  return Error{Error::Kind::Usage, folder.string(),
               "holds a run that is not finished; go on with: dentate resume " + folder.string() +
                   what_to_do};
}

spec::Status checkConfig(const fs::path& folder, const spec::ExperimentSpec& kept) {
  auto edited = editedConfig(folder, kept);
  if (edited) edited->what += "; put it back, or run the changed experiment in another folder";
  return edited;
}

// Gives what is worth saying.
spec::Result<std::string> setEditedAside(const fs::path& folder, const spec::ExperimentSpec& next) {
  const auto edited = editedConfig(folder);
  if (!edited || !editedConfig(folder, next)) return std::string();
  std::error_code bad;
  fs::rename(folder / kConfigFile, folder / kEditedFile, bad);
  if (bad) return cannotWrite(folder / kEditedFile, bad.message());
  return edited->where + " had been edited since the run began that lay there; it is now " +
         kEditedFile;
}

}  // namespace

spec::Result<FolderLock> FolderLock::take(const fs::path& folder) {
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return Error{Error::Kind::Io, folder.string(), std::strerror(errno)};
  if (::flock(file, LOCK_EX | LOCK_NB) == 0) return FolderLock(file);
  const bool taken = errno == EWOULDBLOCK;
  const std::string why = taken ? "another program is at work on it" : std::strerror(errno);
  ::close(file);
  return Error{taken ? Error::Kind::Usage : Error::Kind::Io, folder.string(), why};
}

FolderLock::~FolderLock() {
  if (file_ >= 0) ::close(file_);
}

spec::Result<KeptRun> beginKeptRun(const fs::path& folder, std::shared_ptr<const Setting> setting,
                                   bool overwrite) {
  if (auto wrong = checkRunFolder(folder)) return *wrong;
  auto lock = FolderLock::take(folder);
  if (!lock) return lock.error();
  if (!overwrite)
    if (auto wrong = unfinishedIn(folder)) return *wrong;
  auto notice = setEditedAside(folder, setting->spec);
  if (!notice) return notice.error();
  if (auto wrong = writeConfig(folder, setting->spec)) return *wrong;
  auto store = Store::make(folder / kStoreFile, setting->spec);
  if (!store) return store.error();
  return KeptRun{*std::move(lock),  *std::move(store), std::move(setting), {}, {}, {},
                 *std::move(notice)};
}

spec::Result<KeptRun> resumeKeptRun(const fs::path& folder, const fs::path& assets) {
  if (!fs::exists(folder / kStoreFile))
    return Error{Error::Kind::Usage, folder.string(),
                 std::string("holds no ") + kStoreFile + ", so there is no run to go on with"};
  auto lock = FolderLock::take(folder);
  if (!lock) return lock.error();
  auto store = Store::open(folder / kStoreFile);
  if (!store) return store.error();
  if (auto wrong = checkConfig(folder, (*store)->experiment())) return *wrong;
  KeptRun out{*std::move(lock), *std::move(store), nullptr, {}, {}, {}, ""};
  const auto kept = out.store->hasCheckpoint();
  if (!kept) return kept.error();
  if (!*kept) {
    auto setting = makeSetting(out.store->experiment(), assets);
    if (!setting) return setting.error();
    out.setting = *std::move(setting);
    return out;
  }
  auto found = out.store->goOn([&](const auto& spec) { return makeSetting(spec, assets); });
  if (!found) return found.error();
  auto measured = out.store->points();
  if (!measured) return measured.error();
  out.setting = std::move(found->setting);
  out.state = std::move(found->checkpoint.state);
  out.measured = *std::move(measured);
  out.head = std::move(found->checkpoint.head);
  out.notice = std::move(found->notice);
  return out;
}

spec::Status keepRun(const fs::path& folder, const Keepsake& what) {
  const auto lock = FolderLock::take(folder);
  if (!lock) return lock.error();
  const auto made = folder / (std::string(kStoreFile) + ".new");
  const auto fill = [&]() -> spec::Status {
    auto store = Store::make(made, what.checkpoint.spec);
    if (!store) return store.error();
    if (auto failed = (*store)->add(what.measured)) return failed;
    if (auto failed = (*store)->addEvents(what.events)) return failed;
    if (auto failed = (*store)->add(what.checkpoint)) return failed;
    if (what.ended) return (*store)->setEnded();
    return {};
  };
  auto failed = fill();
  if (!failed) failed = Store::move(made, folder / kStoreFile);
  if (failed)
    for (const char* tail : {"", ".part"}) Store::remove(made.string() + tail);
  return failed;
}

}  // namespace dentate::run
