#include "ui/event_list.h"

#include "ui/actions.h"
#include "ui/comparison.h"
#include "ui/csv_cells.h"
#include "ui/format.h"

namespace dentate::ui {

std::vector<const link::Event*> eventsOf(const link::RunEntry& run, const std::string& filter) {
  std::vector<const link::Event*> found;
  if (!run.events) return found;
  for (const auto& event : *run.events)
    if (matches(std::string(link::nameOf(event.kind)) + " " + eventText(run, event), filter))
      found.push_back(&event);
  return found;
}

std::string eventText(const link::RunEntry& run, const link::Event& event) {
  if (!event.replica || !run.spec || spec::replicaCount(*run.spec) < 2) return event.text;
  return networkName(*run.spec, spec::variantOf(*run.spec, *event.replica)) + ": " + event.text;
}

std::string eventLines(const std::vector<const link::Event*>& events) {
  std::string lines;
  for (const auto* event : events) lines += link::inWords(*event) + "\n";
  return lines;
}

std::string eventsCsv(const link::RunEntry& run, const std::vector<const link::Event*>& events) {
  std::string out = "time_utc,meta_step,task,event,network,text\n";
  const auto in_task = static_cast<double>(run.spec ? spec::stepsPerTask(*run.spec) : 1);
  for (const auto* event : events)
    out += link::timeInWords(*event) + "," + std::to_string(event->step) + "," +
           editable(static_cast<double>(event->step) / in_task) + "," +
           std::string(link::nameOf(event->kind)) + "," +
           (event->replica ? std::to_string(*event->replica) : "") + "," + quoted(event->text) +
           "\n";
  return out;
}

}  // namespace dentate::ui
