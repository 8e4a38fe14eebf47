#include "ui/file_popup.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "engine/spec/experiment_json.h"
#include "imgui_stdlib.h"
#include "ui/plot_export.h"
#include "ui/widgets.h"

namespace dentate::ui {

namespace fs = std::filesystem;

spec::Status openExperiment(Session& session, const fs::path& file) {
  auto spec = spec::loadExperiment(file);
  if (!spec) return spec.error();
  session.guard.wishPreset(std::move(*spec), file);
  return std::nullopt;
}

void FilePopup::askOpen(const Session& session) {
  mode_ = Mode::Open;
  opening_ = true;
  error_.clear();
  path_ = (session.draft.file().empty() ? session.configs : session.draft.file()).string();
}

void FilePopup::askSave(const Session& session) {
  mode_ = Mode::Save;
  opening_ = true;
  error_.clear();
  path_ = (session.output / "experiment.json").string();
}

bool FilePopup::act(const PanelContext& context) {
  Session& session = context.session;
  std::error_code ignored;
  const fs::path whole = fs::absolute(path_, ignored);  // holds wherever the next start is
  const fs::path file = whole.empty() ? fs::path(path_) : whole;
  if (mode_ == Mode::Open) {
    const auto failed = openExperiment(session, file);
    if (failed) error_ = failed->text();
    return !failed;
  }
  fs::create_directories(file.parent_path(), ignored);
  if (const auto failed = writeText(file, spec::writeExperiment(session.draft.spec()))) {
    error_ = failed->text();
    return false;
  }
  session.draft.markSaved(file);
  session.log.notice("Experiment", "saved to " + file.string());
  return true;
}

void FilePopup::draw(const PanelContext& context) {
  if (mode_ == Mode::None) return;
  const char* title = mode_ == Mode::Open ? kOpenTitle : kSaveTitle;
  if (!beginDialog(title, opening_)) {
    mode_ = Mode::None;
    return;
  }
  ImGui::SetNextItemWidth(context.look.px(520));
  if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
  const bool entered = ImGui::InputText("##path", &path_, ImGuiInputTextFlags_EnterReturnsTrue);
  std::error_code ignored;  // a name that cannot be: saving it says so
  const bool replaces = mode_ == Mode::Save && fs::exists(path_, ignored);
  if (replaces) ImGui::TextDisabled("This file exists; what it holds is replaced.");
  const auto problem = context.session.draft.problem();
  if (mode_ == Mode::Save && problem)
    ImGui::TextDisabled("It cannot be opened again before this is mended: %s",
                        problem->what.c_str());
  if (!error_.empty()) errorText(context.look, error_);
  const char* go = mode_ == Mode::Open ? "Open###go" : replaces ? "Replace###go" : "Save###go";
  const bool done = (ImGui::Button(go) || entered) && act(context);
  ImGui::SameLine();
  if (ImGui::Button("Cancel###cancel") || done || ImGui::IsKeyPressed(ImGuiKey_Escape)) {
    ImGui::CloseCurrentPopup();
    mode_ = Mode::None;
  }
  ImGui::EndPopup();
}

}  // namespace dentate::ui
