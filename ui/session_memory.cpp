#include "ui/session_memory.h"

#include <optional>
#include <vector>

#include "engine/spec/experiment_json.h"
#include "engine/spec/spelling.h"

namespace dentate::ui {
namespace {

// "s+lr", "s+lr, k_wta", "s+lr, corrected".
std::string keyOf(const spec::Compared& compared) {
  std::string key(spec::spell(compared.condition));
  if (compared.inhibition) key += ", " + std::string(spec::spell(*compared.inhibition));
  if (compared.corrections) key += ", " + std::string(spec::spell(*compared.corrections));
  return key;
}

// Every value, and none.
template <class E>
std::vector<std::optional<E>> eachOf() {
  std::vector<std::optional<E>> all{std::nullopt};
  for (const auto& entry : spec::spellings<E>()) all.emplace_back(entry.value);
  return all;
}

}  // namespace

void note(const Session& session, const link::Snapshot& now, Settings& settings) {
  settings.experiment = session.draft.file().string();
  if (now.applied > 0) settings.speed_limit = now.speed_limit;
  if (!now.variants.empty()) settings.replica = now.replica;
  settings.hidden_conditions.clear();
  for (const auto& compared : session.comparison.hidden)
    settings.hidden_conditions.insert(keyOf(compared));
  settings.alpha0 = session.comparison.alpha0;
  settings.head = session.comparison.head;
  settings.plots = session.plots.choices;
  settings.figure = session.plots.figure;
  settings.nodes = session.nodes;
  settings.units = session.units.kept();
  settings.lesions = session.lesions.kept();
  if (now.spec) {
    const auto& pin = session.plots.pin;
    settings.pinned = pin && pin->begun == now.begun ? std::optional(pin->step) : std::nullopt;
  }
}

void recallPin(Settings& settings, const link::Snapshot& now, Session& session) {
  if (!session.pin_recalled || !now.spec) return;
  session.pin_recalled = false;
  if (settings.pinned && *settings.pinned <= now.step)
    session.plots.pin = PlotDesk::Pin{*settings.pinned, now.begun};
}

void recall(const Settings& settings, Session& session) {
  const auto take = [&](const spec::Compared& compared) {
    if (settings.hidden_conditions.contains(keyOf(compared)))
      session.comparison.hidden.insert(compared);
  };
  for (const auto& condition : spec::spellings<spec::Condition>())
    for (const auto kind : eachOf<spec::Inhibition>())
      for (const auto corrections : eachOf<spec::Corrections>())
        take({condition.value, kind, corrections});
  session.comparison.alpha0 = settings.alpha0;
  session.comparison.head = settings.head;
  session.plots.choices = settings.plots;
  session.plots.figure = settings.figure;
  session.nodes = settings.nodes;
  session.units.recall(settings.units);
  session.lesions.recall(settings.lesions);
  session.pin_recalled = settings.pinned.has_value();
}

void recallDraft(const Settings& settings, const std::filesystem::path& folder, Session& session) {
  if (!settings.experiment.empty()) {
    if (auto last = spec::loadExperiment(settings.experiment))
      session.draft.open(*last, settings.experiment);
    else
      session.log.error(last.error());
  }
  auto [edits, broken] = loadDraft(folder);
  if (broken) session.log.error(*broken);
  if (edits) session.draft.resume(std::move(*edits));
}

std::optional<spec::ExperimentSpec> unsavedEdits(const Draft& draft) {
  if (draft.spec() == draft.preset()) return std::nullopt;
  return draft.spec();
}

}  // namespace dentate::ui
