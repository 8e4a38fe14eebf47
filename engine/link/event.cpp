#include "engine/link/event.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <utility>

namespace dentate::link {
namespace {

constexpr std::array<std::pair<EventKind, std::string_view>, 11> kNames{{
    {EventKind::Started, "started"},
    {EventKind::Resumed, "resumed"},
    {EventKind::Lesions, "lesions"},
    {EventKind::Rates, "rates"},
    {EventKind::Inhibition, "inhibition"},
    {EventKind::Branched, "branched"},
    {EventKind::Checkpoint, "checkpoint"},
    {EventKind::Diverged, "diverged"},
    {EventKind::Edited, "edited"},
    {EventKind::Finished, "finished"},
    {EventKind::Stopped, "stopped"},
}};

}  // namespace

std::string_view nameOf(EventKind kind) {
  return std::find_if(kNames.begin(), kNames.end(),
                      [=](const auto& entry) { return entry.first == kind; })
      ->second;
}

std::optional<EventKind> eventNamed(std::string_view name) {
  for (const auto& [kind, own] : kNames)
    if (own == name) return kind;
  return std::nullopt;
}

std::int64_t secondsNow() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string timeInWords(const Event& event) {
  const auto at = static_cast<std::time_t>(event.time);
  std::tm utc{};
  gmtime_r(&at, &utc);
  char when[32];
  std::strftime(when, sizeof when, "%Y-%m-%d %H:%M:%S", &utc);
  return when;
}

std::string inWords(const Event& event) {
  char place[96];
  const auto kind = nameOf(event.kind);
  std::snprintf(place, sizeof place, "  meta-step %-6lld %-10.*s",
                static_cast<long long>(event.step), static_cast<int>(kind.size()), kind.data());
  auto out = timeInWords(event) + place;
  if (event.replica) out += "  network " + std::to_string(*event.replica) + ":";
  if (!event.text.empty()) out += (event.replica ? " " : "  ") + event.text;
  out.erase(out.find_last_not_of(' ') + 1);
  return out;
}

}  // namespace dentate::link
