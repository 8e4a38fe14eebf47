// What of a sitting goes into the settings, and comes from them at the next start.
#pragma once
#include "ui/panel.h"
#include "ui/settings.h"

namespace dentate::ui {

void note(const Session& session, const link::Snapshot& now, Settings& settings);
// All but the draft.
void recall(const Settings& settings, Session& session);
// The moment that was pinned, once the run that comes back has reached it; then it is forgotten.
void recallPin(Settings& settings, const link::Snapshot& now, Session& session);
// The draft: its preset by the file that the settings name, and the unsaved edits that `folder`
// holds. Errors go to the session's log; the draft then stays what it is.
void recallDraft(const Settings& settings, const std::filesystem::path& folder, Session& session);
// None where the draft is as its preset.
[[nodiscard]] std::optional<spec::ExperimentSpec> unsavedEdits(const Draft& draft);

}  // namespace dentate::ui
