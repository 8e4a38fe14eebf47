// What happened to a run beside what it measured: begun, changed, lost, kept, ended. Kept in its
// store; a log, of which nothing is taken out but checkpoints that are gone.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dentate::link {

enum class EventKind {
  Started,
  Resumed,     // what was measured after that meta-step was measured again
  Lesions,     // these are in force from the next meta-step on
  Rates,       // eta_alpha or eta_m, likewise
  Inhibition,  // of a layer
  Branched,    // from here on it is a run of its own
  Checkpoint,  // is kept
  Diverged,    // one network; the others go on
  Edited,      // config.json, by somebody else
  Finished,
  Stopped,  // before its end
};

[[nodiscard]] std::string_view nameOf(EventKind kind);
[[nodiscard]] std::optional<EventKind> eventNamed(std::string_view name);
[[nodiscard]] std::int64_t secondsNow();

struct Event {
  EventKind kind = EventKind::Started;
  std::int64_t step = 0;  // meta-steps that every network in hand had done; of one, its own
  std::string text = {};  // in words; may be empty
  std::optional<std::size_t> replica = std::nullopt;  // none: all of them
  std::int64_t time = secondsNow();                   // since 1970, UTC
  bool operator==(const Event&) const = default;
};
using EventsPtr = std::shared_ptr<const std::vector<Event>>;

// "2026-03-01 12:00:00"; UTC.
[[nodiscard]] std::string timeInWords(const Event& event);
// "2026-03-01 12:00:00  meta-step 40   lesions      layer h1, 40 %, most active first"; UTC.
[[nodiscard]] std::string inWords(const Event& event);

}  // namespace dentate::link
