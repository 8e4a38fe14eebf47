#include "ui/guard.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <ctime>
#include <utility>
#include <variant>
#include <vector>

#include "imgui.h"
#include "ui/format.h"
#include "ui/log_book.h"
#include "ui/look.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

std::string slug(const std::string& name) {
  std::string out;
  for (const char c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0)
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else if (!out.empty() && out.back() != '-')
      out += '-';
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out.empty() ? "run" : out;
}

std::string stamp() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm local{};
  localtime_r(&now, &local);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d-%H%M%S", &local);
  return text;
}

// "main", "main and branch 1", "main, branch 1 and branch 2".
std::string inWords(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i)
    out += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return out;
}

}  // namespace

bool Guard::begin(Words words) {
  if (after_save_) return false;
  drop();
  words_ = words;
  return true;
}

void Guard::wish(link::Command command) {
  const bool reset = std::holds_alternative<link::Reset>(command);
  if (begin(reset ? Words{"Reset", "reset"} : Words{"Loading", "load"}))
    command_ = std::move(command);
}

void Guard::wishAgain() {
  if (!begin({"Learning again", "learn again"})) return;
  command_ = link::Reset{};
  then_play_ = true;
}

void Guard::wishLearn(spec::ExperimentSpec drawn) {
  if (!begin({"Learning this network", "learn"})) return;
  command_ = link::Load{std::move(drawn)};
  then_play_ = true;
}

void Guard::wishPreset(spec::ExperimentSpec preset, std::filesystem::path file) {
  if (!begin({"Loading", "load"})) return;
  command_ = link::Load{std::move(preset)};
  file_ = std::move(file);
}

void Guard::wishQuit() {
  if (begin({"Quitting", "quit"})) quit_ = true;
}

std::int64_t Guard::unsavedSteps(const link::RunEntry& run) const {
  const auto held = [this](std::uint64_t number) {
    const auto found = saved_.find(number);
    return found == saved_.end() ? 0 : found->second;
  };
  const auto shared = run.from == 0 ? 0 : std::min(run.from_step, held(run.from));
  return std::max<std::int64_t>(0, run.step - std::max(held(run.run), shared));
}

std::int64_t Guard::unsavedSteps(const link::Snapshot& now) const {
  std::int64_t most = 0;
  for (const auto& run : now.runs)
    if (run.live()) most = std::max(most, unsavedSteps(run));
  return most;
}

// What is kept comes back at the next start.
bool Guard::losesAnything(const link::Snapshot& now) const {
  return unsavedSteps(now) > 0 && !(quit_ && now.kept);
}

void Guard::save(const link::RunEntry& run, const link::Emit& emit,
                 const std::filesystem::path& output) {
  std::string name = slug(run.spec ? run.spec->name : "run");
  if (run.from != 0) name += "-" + slug(run.name);
  const std::string folder = (output / (name + "-" + stamp())).string();
  saving_ = Saving{emit(link::SaveRun{folder, run.run}), run.run, folder};
}

void Guard::saveShown(const link::Snapshot& now, const link::Emit& emit,
                      const std::filesystem::path& output) {
  for (const auto& run : now.runs)
    if (run.run == now.run) save(run, emit, output);
}

// They may go on learning meanwhile.
void Guard::saveAll(const link::Snapshot& now, const link::Emit& emit,
                    const std::filesystem::path& output) {
  output_ = output;
  to_save_.clear();
  for (const auto& run : now.runs)
    if (run.live() && unsavedSteps(run) > 0) to_save_.push_back(run.run);
  if (!saving_) saveWaiting(now, emit);
}

void Guard::saveWaiting(const link::Snapshot& now, const link::Emit& emit) {
  if (to_save_.empty()) return;
  const auto next = to_save_.front();
  to_save_.erase(to_save_.begin());
  for (const auto& run : now.runs)
    if (run.run == next) save(run, emit, output_);
}

bool Guard::saveNext(const link::Snapshot& now, const link::Emit& emit) {
  for (const auto& run : now.runs) {
    if (!run.live() || unsavedSteps(run) == 0) continue;
    save(run, emit, output_);
    return true;
  }
  return false;
}

void Guard::grant(const link::Emit& emit) {
  if (quit_) quit_granted_ = true;
  const link::Ticket ticket = command_ ? emit(*command_) : 0;
  if (then_play_) emit(link::Play{});
  if (!file_.empty()) granted_ = Preset{std::get<link::Load>(*command_).experiment, file_, ticket};
  drop();
}

void Guard::drop() {
  command_.reset();
  file_.clear();
  then_play_ = quit_ = asking_ = after_save_ = false;
}

void Guard::update(const link::Snapshot& now, const link::Emit& emit, LogBook& log) {
  if (saving_ && now.applied >= saving_->ticket) {
    const bool failed = now.failed == saving_->ticket;
    if (!failed) {
      for (const auto& run : now.runs)
        if (run.run == saving_->run) saved_[run.run] = run.saved_step;
      log.notice("Save", "the run is saved to " + saving_->folder);
    }
    saving_.reset();
    if (failed) to_save_.clear();
    saveWaiting(now, emit);
    if (after_save_ && failed) drop();  // the error is shown; nothing is thrown away
    if (after_save_ && !saving_ && !saveNext(now, emit)) grant(emit);
  }
  if (!command_ && !quit_) return;
  if (!asking_ && !after_save_ && !losesAnything(now)) grant(emit);
}

// True when one was pressed.
bool Guard::drawButtons(const link::Snapshot& now, const link::Emit& emit,
                        const std::filesystem::path& output) {
  const std::string verb = words_.verb;
  const std::string save = "Save and " + verb + "###save_first";
  const std::string discard = "Do not save, " + verb + "###discard";
  // The key that asked the question does not answer it. With the keyboard on a button, ImGui
  // presses that one.
  const bool entered = !ImGui::IsWindowAppearing() && !ImGui::GetIO().NavVisible &&
                       (ImGui::IsKeyPressed(ImGuiKey_Enter, /*repeat=*/false) ||
                        ImGui::IsKeyPressed(ImGuiKey_KeypadEnter, /*repeat=*/false));
  const bool save_first = ImGui::Button(save.c_str()) || entered;
  ImGui::SetItemDefaultFocus();
  ImGui::SameLine();
  const bool go = ImGui::Button(discard.c_str());
  ImGui::SameLine();
  const bool cancel = ImGui::Button("Cancel###cancel") || ImGui::IsKeyPressed(ImGuiKey_Escape);
  if (save_first) {
    output_ = output;
    after_save_ = true;
    asking_ = false;
    emit(link::Pause{});  // what is saved is then all there is
    if (!saving_ && !saveNext(now, emit)) grant(emit);
  } else if (go) {
    grant(emit);
  } else if (cancel) {
    drop();
  }
  return save_first || go || cancel;
}

void Guard::draw(const link::Snapshot& now, const link::Emit& emit,
                 const std::filesystem::path& output, const Look& look) {
  if ((!command_ && !quit_) || after_save_) return;
  if (!asking_ && !losesAnything(now)) return;  // the next update() grants it
  bool opening = !std::exchange(asking_, true);
  if (!beginDialog(kTitle, opening)) return drop();  // closed with Escape
  std::vector<std::string> names;
  for (const auto& run : now.runs)
    if (run.live() && unsavedSteps(run) > 0) names.push_back(run.name);
  if (names.empty()) {  // a save has ended meanwhile: the next update() grants it
    asking_ = false;
    ImGui::CloseCurrentPopup();
    return ImGui::EndPopup();
  }
  const std::int64_t lost = unsavedSteps(now);
  ImGui::Text("%s discards %s of %s that %s not saved.", words_.subject,
              plural(lost, "meta-step", "meta-steps").c_str(), inWords(names).c_str(),
              lost == 1 ? "was" : "were");
  ImGui::Dummy({look.px(420), look.px(4)});
  if (drawButtons(now, emit, output)) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

}  // namespace dentate::ui
