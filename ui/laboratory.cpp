#include "ui/laboratory.h"

#include <algorithm>
#include <cstdio>
#include <tuple>
#include <utility>

#include "ui/dropped.h"
#include "ui/experiment_fields.h"
#include "ui/fonts.h"
#include "ui/runs_panel.h"
#include "ui/session_memory.h"
#include "ui/theme.h"
#include "ui/transport_panel.h"
#include "ui/units_panel.h"
#include "ui/widgets.h"

namespace dentate::ui {

spec::Result<std::unique_ptr<Laboratory>> Laboratory::open(const LaboratorySetup& setup,
                                                           link::Channel& channel, Window& window) {
  auto fonts = loadFonts(setup.assets / "fonts");
  if (!fonts) return fonts.error();
  auto [settings, broken] = setup.settings.empty()
                                ? std::pair<Settings, std::optional<spec::Error>>()
                                : loadSettings(setup.settings);
  std::unique_ptr<Laboratory> out(new Laboratory(setup, channel, window, *fonts, settings));
  if (broken) out->session_.log.error(*broken);
  out->begin(setup);
  return out;
}

Laboratory::Laboratory(const LaboratorySetup& setup, link::Channel& channel, Window& window,
                       Fonts fonts, Settings settings)
    : channel_(channel),
      window_(window),
      now_(channel.snapshots.get()),
      settings_(std::move(settings)),
      settings_folder_(setup.settings),
      keeper_(setup.settings),
      fonts_(fonts),
      workspaces_(settings_.workspace, settings_.layouts) {
  emit_ = [this](const link::Command& command) {
    return last_ticket_ = channel_.commands.put(command);
  };
  session_.configs = setup.configs;
  session_.output = setup.output;
  session_.rules = setup.rules;
  session_.sources = setup.sources;
  session_.data = setup.data;
  recall(settings_, session_);
  workspaces_.recallFronts(settings_.fronts);
  presets_ = readPresets(setup.configs);
  for (const PanelEntry& entry : panelRegistry()) panels_.push_back(entry.make());
  hovered_panel_ = panels_.size();
}

void Laboratory::begin(const LaboratorySetup& setup) {
  session_.draft.open(setup.experiment, setup.experiment_file);
  if (setup.reopen_last) recallDraft(settings_, settings_folder_, session_);
  const double limit = settings_.speed_limit.value_or(setup.speed_limit);
  if (limit > 0) emit_(link::SetSpeed{limit});
  // Edits that cannot run, a network half drawn, wait in the draft.
  const Draft& draft = session_.draft;
  const spec::ExperimentSpec& spec = draft.problem() ? draft.preset() : draft.spec();
  if (settings_folder_.empty()) {
    emit_(link::Load{spec});
  } else {
    const auto restoring = emit_(link::Restore{(settings_folder_ / "session").string(), spec});
    if (!setup.reopen_last) opens_after_ = restoring;
  }
  const auto networks = static_cast<std::size_t>(spec::replicaCount(spec));
  if (setup.reopen_last && settings_.replica.value_or(networks) < networks)
    emit_(link::SelectReplica{*settings_.replica});
  if (settings_.width > 0 && settings_.height > 0)
    window_.resize(settings_.width, settings_.height);
}

Laboratory::~Laboratory() { remember(); }

const Panel* Laboratory::panel(const std::string& title) const {
  for (std::size_t i = 0; i < panels_.size(); ++i)
    if (title == panelRegistry()[i].title) return panels_[i].get();
  return nullptr;
}

void Laboratory::remember() {
  note(session_, *now_, settings_);
  settings_.workspace = workspaces_.name();
  settings_.layouts = workspaces_.layouts();
  settings_.fronts = workspaces_.fronts();
  std::tie(settings_.width, settings_.height) = window_.size();
  auto failed = keeper_.keep(settings_, unsavedEdits(session_.draft));
  if (failed && failed != not_kept_) session_.log.error(*failed);
  not_kept_ = std::move(failed);
}

// A kill or a power cut then costs what was done in the last second.
void Laboratory::rememberChanges() {
  const auto now = std::chrono::steady_clock::now();
  if (!drawn_since_ || now < next_look_) return;
  drawn_since_ = false;
  next_look_ = now + std::chrono::seconds(1);
  remember();
}

void Laboratory::setTheme(figure::Theme theme) { settings_.theme = theme; }

void Laboratory::setScale(int percent) {
  settings_.scale = std::clamp(percent, kSmallestScale, kLargestScale);
}

void Laboratory::refusePlotRequest() {
  if (std::exchange(session_.plots.asked, PlotRequest::None) != PlotRequest::None)
    session_.log.notice("Plot", "Point at a plot first");
}

void Laboratory::receive() {
  now_ = channel_.snapshots.get();
  histories_.take(*now_, channel_.metrics.drain());
  if (now_->failure != failure_) {
    failure_ = now_->failure;
    if (failure_) session_.log.error(*failure_);
  }
  if (now_->notice != notice_) {
    notice_ = now_->notice;
    if (!notice_.empty()) session_.log.notice("Run", notice_);
  }
  if (opens_after_ > 0 && now_->applied >= opens_after_) {
    opens_after_ = 0;
    const Draft& draft = session_.draft;
    if (now_->spec && *now_->spec != draft.spec())
      session_.guard.wishPreset(draft.spec(), draft.file());
  }
  session_.lesions.follow(*now_);
  session_.units.follow(*now_);
  session_.run_edits.follow(*now_);
  recallPin(settings_, *now_, session_);
  takeFetched();
  updateGuard();
}

// A preset is opened in the Experiment panel when its load is granted, not before.
void Laboratory::updateGuard() {
  session_.guard.update(*now_, emit_, session_.log);
  auto preset = session_.guard.takeGranted();
  if (!preset) return;
  session_.draft.open(std::move(preset->spec), std::move(preset->file));
  session_.rates_sent = preset->ticket;
}

void Laboratory::takeDropped() {
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) session_.hint = {};
  const auto paths = window_.takeDropped();
  if (paths.empty()) return;
  session_.hint = {};
  if (const auto failed = takeDropped(paths.front())) {
    session_.log.error(*failed);
    session_.hint = {failed->text(), /*wrong=*/true};
  }
  const std::string rest = notTaken(paths);
  if (rest.empty()) return;
  session_.log.notice("Drop", rest);
  if (!session_.hint.wrong) session_.hint.text = rest;
}

spec::Status Laboratory::takeDropped(const std::filesystem::path& path) {
  const auto what = whatIsDropped(path);
  if (!what) return what.error();
  switch (*what) {
    case Dropped::Experiment:
      return openExperiment(session_, path);
    case Dropped::Picture:
      session_.picture_dropped = path;
      session_.panel_asked = UnitsPanel::kTitle;
      return std::nullopt;
    case Dropped::SavedRun:
      emit_(link::OpenRun{path.string()});
      session_.panel_asked = RunsPanel::kTitle;
      return std::nullopt;
    case Dropped::IdxFolder:
      return takeData({spec::DatasetKind::Idx, path.string()}, "Drop");
    case Dropped::Cifar10:
      return takeData({spec::DatasetKind::Cifar10, path.string()}, "Drop");
    case Dropped::Cifar100:
      return takeData({spec::DatasetKind::Cifar100, path.string()}, "Drop");
    case Dropped::Omniglot:
      return takeData({spec::DatasetKind::Omniglot, path.string()}, "Drop");
    case Dropped::ImageFolder:
      return takeData({spec::DatasetKind::Images, path.string()}, "Drop");
  }
  return std::nullopt;
}

spec::Status Laboratory::takeData(const spec::DataSpec& data, const char* how) {
  Draft& draft = session_.draft;
  if (!chooseData(draft, data)) {
    spec::Error refused = draft.refused(pathField().key)->error;
    draft.undo();  // nothing was typed that could be mended
    return refused;
  }
  session_.hint.text = "The draft's data are now " + data.path + "; a restart learns them";
  session_.log.notice(how, session_.hint.text);
  return std::nullopt;
}

// What is whole becomes the draft's data, where they are still to be of its kind.
void Laboratory::takeFetched() {
  const auto& fetch = now_->fetch;
  if (!fetch || fetch->running || fetch->number == fetched_) return;
  fetched_ = fetch->number;
  if (fetch->failure) return session_.log.error(*fetch->failure);
  if (fetch->path.empty()) return session_.log.notice("Fetch", fetch->source.name + " is stopped");
  if (wantedData(session_.draft).dataset != fetch->source.kind)
    return session_.log.notice("Fetch", fetch->source.name + " is in " + fetch->path);
  session_.hint = {};
  if (const auto refused = takeData({fetch->source.kind, fetch->path}, "Fetch"))
    session_.log.error(*refused);
}

void Laboratory::restyle() {
  const float scale = window_.contentScale() * static_cast<float>(settings_.scale) / 100.0F;
  if (look_.scale == scale && look_.theme == settings_.theme && look_.fonts.text != nullptr) return;
  look_ = applyTheme(settings_.theme, scale, fonts_);
}

bool Laboratory::isBusy() const {
  return isMoving(now_->phase) || now_->phase == link::Phase::Loading ||
         now_->applied < last_ticket_ || now_ != shown_;
}

bool Laboratory::frame() {
  receive();
  restyle();
  rememberChanges();
  workspaces_.prepare();
  if (!window_.beginFrame(isBusy())) return true;
  shown_ = now_;
  drawn_since_ = true;
  if (window_.closeAsked()) {
    window_.keepOpen();
    session_.guard.wishQuit();
    updateGuard();
  }
  takeDropped();
  const PanelContext context{*now_, histories_, look_, emit_, session_};
  const auto list = actions(context);
  runShortcuts(list);
  if (!session_.plots.pointed) refusePlotRequest();  // the key is for what the pointer is over
  drawMenuBar(context, list, workspaces_);
  palette_.draw(list, look_.scale);  // before the plots: what it asks of them is done at once
  workspaces_.draw(look_);
  session_.pointed = nullptr;
  session_.plots.pointed = false;
  session_.own_undo = false;
  session_.watch = {};
  drawPanels(context);
  sendWatch();
  refusePlotRequest();
  drawPopups(context, list);
  window_.setTitle(experimentTitle(*now_, session_.draft) + " – Dentate");
  window_.endFrame(look_.base());
  return !session_.guard.quitGranted();
}

void Laboratory::sendWatch() {
  if (session_.watch == watched_) return;
  watched_ = session_.watch;
  emit_(link::SetWatch{watched_});
}

void Laboratory::drawPopups(const PanelContext& context, const std::vector<Action>& list) {
  files_.draw(context);
  run_popup_.draw(context);
  workspace_popup_.draw(look_, workspaces_);
  keyboard_.draw(list, look_);
  explain_.draw(look_);
  session_.guard.draw(*now_, emit_, session_.output, look_);
}

void Laboratory::drawPanels(const PanelContext& context) {
  hovered_panel_ = panels_.size();
  if (!session_.panel_asked.empty()) workspaces_.setOpen(session_.panel_asked, true);
  for (std::size_t i = 0; i < panels_.size(); ++i)
    if (workspaces_.isOpen(panelRegistry()[i].title)) drawPanel(context, i);
}

void Laboratory::drawPanel(const PanelContext& context, std::size_t index) {
  const PanelEntry& entry = panelRegistry()[index];
  if (session_.panel_asked == entry.title) {
    session_.panel_asked.clear();
    ImGui::SetNextWindowFocus();  // brings its tab to the front
  }
  bool open = true;
  const bool hidden = entry.placeIn(workspaces_.current()) == Place::Hidden;
  ImGui::SetNextWindowSize({look_.px(480), look_.px(320)}, ImGuiCond_FirstUseEver);
  const ImGuiWindowFlags flags =
      ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoScrollbar |
      ImGuiWindowFlags_NoScrollWithMouse |
      (workspaces_.isSettling() ? ImGuiWindowFlags_NoFocusOnAppearing : ImGuiWindowFlags_None);
  if (ImGui::Begin(entry.title, hidden ? &open : nullptr, flags)) {
    const ImVec2 low = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
    const ImVec2 high{low.x + size.x, low.y + size.y};
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(low, high, look_.panel(), look_.px(4));
    list.AddRect(low, high, look_.line(0.8F), look_.px(4), look_.hairline());
    if (ImGui::IsWindowHovered(ImGuiHoveredFlags_RootAndChildWindows)) hovered_panel_ = index;
    panels_[index]->draw(context);
  }
  ImGui::End();
  if (!open) workspaces_.setOpen(entry.title, false);
}

int runLaboratory(const LaboratorySetup& setup, link::Channel& channel) {
  const auto refuse = [](const spec::Error& error) {
    std::fprintf(stderr, "dentate: %s\n", error.text().c_str());
    return 2;
  };
  auto window = Window::open(setup.window);
  if (!window) return refuse(window.error());
  auto laboratory = Laboratory::open(setup, channel, **window);
  if (!laboratory) return refuse(laboratory.error());
  while ((*laboratory)->frame()) {
  }
  return 0;
}

}  // namespace dentate::ui
