// What happened to a run, in words and as a table: what Log lists of it.
#pragma once
#include <string>
#include <vector>

#include "engine/link/snapshot.h"

namespace dentate::ui {

// Events of a run, oldest first, whose kind, network or text has every word of `filter`. The run
// must outlive them.
[[nodiscard]] std::vector<const link::Event*> eventsOf(const link::RunEntry& run,
                                                       const std::string& filter);
// "input → h1 cut"; "s+lr, seed 3: the meta-loss is not finite" where it is of one network of several.
[[nodiscard]] std::string eventText(const link::RunEntry& run, const link::Event& event);
// A line each, as `dentate info FOLDER` prints them.
[[nodiscard]] std::string eventLines(const std::vector<const link::Event*>& events);
// Columns time_utc, meta_step, task, event, network, text; network is empty where it is of all, else
// its number from 0.
[[nodiscard]] std::string eventsCsv(const link::RunEntry& run,
                                    const std::vector<const link::Event*>& events);

}  // namespace dentate::ui
