#include "ui/transport_panel.h"

#include <algorithm>
#include <cmath>

#include "ui/caption.h"
#include "ui/experiment_fields.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

using link::Phase;

constexpr double kFastestLimit = 1000;  // meta-steps a second; beyond it, no limit
constexpr float kFullFrom = 0.97F;      // the slider's last stretch means no limit
constexpr double kSpeedInterval = 0.1;  // s between commands while the slider is dragged
constexpr float kFactWidth = 132;
constexpr float kButtonHeight = 56, kSmallButton = 64, kPlayButton = 96;

constexpr float kLeastProgress = 130;

constexpr const char* kEndHint =
    "The run is over. Again runs it once more, Ctrl+S saves it, Ctrl+O opens another.";
constexpr const char* kHint = "F1 explains what is under the pointer. Ctrl+P finds every command.";

// A button with its name below it.
bool transportButton(const Look& look, const char* label, const char* below, float width,
                     bool accent) {
  ImGui::BeginGroup();
  if (accent) {
    ImGui::PushStyleColor(ImGuiCol_Button, look.accent());
    ImGui::PushStyleColor(ImGuiCol_ButtonHovered,
                          pack(mix(look.ground.accent, look.ground.text, 0.12F)));
    ImGui::PushStyleColor(ImGuiCol_Text, IM_COL32(255, 255, 255, 255));
  }
  ImGui::PushFont(nullptr, kBigSize * 0.8F);
  const bool pressed = ImGui::Button(label, {look.px(width), look.px(kButtonHeight)});
  ImGui::PopFont();
  if (accent) ImGui::PopStyleColor(3);
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  put(*ImGui::GetWindowDrawList(), textInk(look, look.quiet()),
      {(low.x + high.x) / 2, high.y + look.px(6)}, below, 0.5F);
  ImGui::EndGroup();
  return pressed;
}

struct Fact {
  const char* title;
  std::string number;
  const char* unit;
  const char* term;  // of its hover card
};

// A big number under its title and above its unit.
void bigFact(const PanelContext& context, const Fact& fact) {
  const Look& look = context.look;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Ink quiet = textInk(look, look.quiet());
  put(list, quiet, at, fact.title);
  put(list, bigInk(look, look.text()), {at.x, at.y + look.textHeight() + look.px(6)}, fact.number);
  const float below = at.y + look.px(kButtonHeight + 6);
  put(list, quiet, {at.x, below}, fact.unit);
  hoverPlace(context, at, {at.x + widthOf(quiet, fact.unit), below + look.textHeight()}, fact.term);
}

}  // namespace

double speedAt(float t) {
  if (t >= kFullFrom) return 0;
  return std::pow(kFastestLimit, static_cast<double>(std::max(0.0F, t) / kFullFrom));
}

float speedPosition(double limit) {
  if (limit <= 0) return 1;
  const double t = std::log(std::clamp(limit, 1.0, kFastestLimit)) / std::log(kFastestLimit);
  return static_cast<float>(t) * kFullFrom * 0.9999F;
}

std::string speedText(double limit) {
  if (limit <= 0) return "full";
  return limit < 1.5 ? "1 step/s" : number(limit) + " steps/s";
}

bool canRun(Phase phase) {
  return phase == Phase::Ready || phase == Phase::Paused || phase == Phase::Running ||
         phase == Phase::Evaluating;
}

std::string whyNotRun(const link::Snapshot& now, const Draft& draft) {
  if (canRun(now.phase) || now.phase == Phase::Finished) return "";
  if (now.phase == Phase::Loading) return "The data and the networks are being made";
  if (const auto why = draft.whyNotLearn(); !why.empty()) return "It cannot be learned: " + why;
  if (now.failure) return now.failure->text();
  return "Nothing is loaded yet: choose an experiment";
}

std::string whatWaits(const link::Snapshot& now, const Draft& draft) {
  if (now.spec && draft.hasRefused())
    return "The edited experiment waits for " +
           (isFetching(now, draft) ? now.fetch->source.name : std::string("a refused value"));
  const auto why = now.spec ? draft.whyNotLearn() : std::string();
  return why.empty() ? "" : "The edited experiment waits: " + why;
}

std::vector<double> taskEnds(const link::Snapshot& now) {
  constexpr std::int64_t kMostTicks = 60;
  if (!now.spec || now.spec->stream.tasks > kMostTicks) return {};
  const auto tasks = static_cast<double>(now.spec->stream.tasks);
  const auto steps = static_cast<double>(now.total_steps);
  const auto networks = static_cast<double>(now.variants.size());
  // Of one network; the bar counts tests only where it counts the work of several.
  const double work = networks > 1 ? static_cast<double>(now.in_all) / networks : steps;
  double tests = 0;  // after every task but the last, whose tests may be more
  if (now.spec->evaluate == spec::Evaluate::Matrix) tests = tasks;
  if (now.spec->evaluate == spec::Evaluate::Diagonal) tests = 1;
  tests = std::min(tests, std::max(0.0, work - steps) / tasks);
  std::vector<double> shares;
  for (double task = 1; task < tasks; ++task)
    shares.push_back((task * (steps / tasks + tests)) / work);
  const double end = (steps + (tasks - 1) * tests) / work;
  if (end < 0.995) shares.push_back(end);
  return shares;
}

void TransportPanel::draw(const PanelContext& context) {
  const Look& look = context.look;
  const float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const auto part = [&](float x) { ImGui::SetCursorScreenPos({at.x + x, at.y}); };
  drawButtons(context);
  const float buttons = look.px(kPlayButton + 3 * kSmallButton + 3 * 8 + 24);
  const float speed = std::clamp(width * 0.16F, look.px(130), look.px(240));
  part(buttons);
  drawSpeed(context, speed);
  const float progress_at = buttons + speed + look.px(32), fact = look.px(kFactWidth);
  // What there is no room for beside the progress is left out: the device first.
  const float spare = width - progress_at - look.px(32 + kLeastProgress);
  const int facts = std::clamp(static_cast<int>(std::floor(spare / fact)), 0, 3);
  const float facts_width = facts > 0 ? fact * static_cast<float>(facts) + look.px(32) : 0;
  part(progress_at);
  drawProgress(context, std::max(look.px(60), width - progress_at - facts_width));
  part(width - fact * static_cast<float>(facts));
  if (facts > 0) drawSpeedNow(context);
  part(width - fact * static_cast<float>(facts - 1));
  if (facts > 1) drawWork(context);
  part(width - fact);
  if (facts > 2) drawDevice(context, fact);
  const float below = look.px(kButtonHeight + 6) + look.textHeight() + look.px(10);
  ImGui::SetCursorScreenPos({at.x, at.y + below});
  drawHint(context);
}

void TransportPanel::drawHint(const PanelContext& context) const {
  const auto& now = context.now;
  const auto& hint = context.session.hint;
  if (hint.wrong) return errorText(context.look, hint.text);
  if (now.failure) return errorText(context.look, now.failure->text());
  if (ImGui::GetContentRegionAvail().y < context.look.textHeight()) return ImGui::Dummy({1, 1});
  if (const auto folder = context.session.guard.savingTo(); !folder.empty())
    return ImGui::TextDisabled("Saving the run to %s …", folder.c_str());
  if (const auto waits = whatWaits(now, context.session.draft); !waits.empty())
    return errorText(context.look,
                     cut(textInk(context.look, 0), waits,
                         ImGui::GetContentRegionAvail().x - 2 * context.look.textHeight()));
  if (!hint.text.empty()) return ImGui::TextDisabled("%s", hint.text.c_str());
  std::string text = now.notice.empty() ? kHint : now.notice;
  if (now.phase == Phase::Finished)
    text = (now.notice.empty() ? "" : now.notice + ". ") + std::string(kEndHint);
  ImGui::TextDisabled("%s", text.c_str());
}

void TransportPanel::drawButtons(const PanelContext& context) {
  const auto& now = context.now;
  const bool playing = playing_.shown(isMoving(now.phase), now.applied);
  const bool over = now.phase == Phase::Finished;
  ImGui::BeginDisabled(!canRun(now.phase) && !over);
  const char* label = playing ? "\uf04c###play" : "\uf04b###play";
  if (transportButton(context.look, label,
                      over      ? "Again"
                      : playing ? "Pause"
                                : "Play",
                      kPlayButton, true)) {
    if (over)
      context.session.guard.wishAgain();
    else
      playing_.sent(!playing, playing ? context.emit(link::Pause{}) : context.emit(link::Play{}));
  }
  ImGui::EndDisabled();
  const Draft& draft = context.session.draft;
  std::string about = whyNotRun(now, draft);
  if (about.empty())
    about = over ? "Run this experiment once more, from its first meta-step"
                 : "Run and pause (space bar)";
  if (const auto waits = whatWaits(now, draft); !waits.empty())
    about += "\nIt runs " + now.spec->name + ", as it was loaded. " + waits;
  if (ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip | ImGuiHoveredFlags_AllowWhenDisabled))
    ImGui::SetTooltip("%s", about.c_str());
  ImGui::BeginDisabled(!canRun(now.phase));
  ImGui::SameLine();
  if (transportButton(context.look, "\uf051###step", "Step .", kSmallButton, false))
    context.emit(link::StepMeta{});
  tip("One meta-step (.)");
  ImGui::SameLine();
  if (transportButton(context.look, "\uf050###task", "Task ⇧.", kSmallButton, false))
    context.emit(link::StepTask{});
  tip("To the end of the task (Shift+.)");
  ImGui::EndDisabled();
  ImGui::SameLine();
  ImGui::BeginDisabled(!now.spec || now.phase == Phase::Loading ||
                       (now.step == 0 && now.phase != Phase::Failed));
  if (transportButton(context.look, "\uf01e###reset", "Reset", kSmallButton, false))
    context.session.guard.wish(link::Reset{});
  ImGui::EndDisabled();
  tip("Begin this experiment anew");
}

void TransportPanel::drawSpeed(const PanelContext& context, float width) {
  const Look& look = context.look;
  const auto& now = context.now;
  float position = speed_.shown(speedPosition(now.speed_limit), now.applied);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Ink quiet = textInk(look, look.quiet()), mono = monoInk(look, look.text());
  const std::string limit = speedText(speedAt(position));
  const bool roomy = widthOf(quiet, "Speed limit ") + widthOf(mono, limit) < width;
  put(list, quiet, at, roomy ? "Speed limit" : "Limit");
  put(list, mono, {at.x + width, at.y}, limit, 1);
  ImGui::SetCursorScreenPos({at.x, at.y + look.textHeight() + look.px(6)});
  if (thinSlider(look, "##speed", &position, width)) speed_.touch(position);
  const bool released = ImGui::IsItemDeactivatedAfterEdit();
  const bool due = speed_.waiting() && ImGui::IsItemActive() && position != speed_sent_ &&
                   ImGui::GetTime() - speed_sent_at_ >= kSpeedInterval;
  if (released || due) {
    const auto ticket = context.emit(link::SetSpeed{speedAt(position)});
    if (released) speed_.sent(position, ticket);
    speed_sent_ = position;
    speed_sent_at_ = ImGui::GetTime();
  }
  tip("Meta-steps a second, at most; at the right end as fast as it goes");
  const float y = at.y + look.px(kButtonHeight + 6);
  put(list, textInk(look, look.quiet()), {at.x, y}, "slow");
  put(list, textInk(look, look.quiet()), {at.x + width, y}, "full", 1);
}

void TransportPanel::drawProgress(const PanelContext& context, float width) const {
  const Look& look = context.look;
  const auto& now = context.now;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Ink quiet = textInk(look, look.quiet());
  put(list, quiet, at, "Progress");
  const bool batch = now.variants.size() > 1 && now.in_all > 0;
  const double total =
      static_cast<double>(std::max<std::int64_t>(1, batch ? now.in_all : now.total_steps));
  const auto done = static_cast<float>(
      std::clamp(static_cast<double>(batch ? now.done : now.step) / total, 0.0, 1.0));
  const float top = at.y + look.textHeight() + look.px(14), high = look.px(12);
  list.AddRectFilled({at.x, top}, {at.x + width, top + high}, look.track(), look.px(4));
  list.AddRectFilled({at.x, top}, {at.x + width * done, top + high}, look.accent(), look.px(4));
  const auto tasks = now.spec ? now.spec->stream.tasks : 0;
  for (const double share : taskEnds(now)) {
    const float x = std::round(at.x + width * static_cast<float>(share));
    list.AddRectFilled({x - look.px(1), top}, {x + look.px(1), top + high}, look.panel());
  }
  const float y = at.y + look.px(kButtonHeight + 6);
  const Ink mono = monoInk(look, look.text());
  std::string text = count(now.step) + " of " + count(now.total_steps) + " meta-steps";
  if (now.spec && shownTask(now) < tasks) text += " · task " + count(shownTask(now) + 1);
  const std::string left = duration(now.seconds_left);
  const bool moving = isMoving(now.phase) && !left.empty();
  const bool saving = !context.session.guard.savingTo().empty();
  const std::string state = saving                           ? "saving …"
                            : now.phase == Phase::Finished   ? "finished"
                            : now.phase == Phase::Evaluating ? "measuring accuracy"
                            : now.phase == Phase::Paused     ? "paused"
                            : now.phase == Phase::Loading    ? "loading …"
                            : moving                         ? left + " left"
                                                             : "";
  put(list, quiet, {at.x + width, at.y}, state, 1);
  Notes texts{text, count(now.step) + " of " + count(now.total_steps)};
  if (batch) {  // networks may be at different steps
    const std::string done_by =
        wholePercent(static_cast<double>(done)) +
        (shownTask(now) < tasks ? " · task " + count(shownTask(now) + 1) : "");
    texts = {plural(static_cast<std::int64_t>(now.variants.size()), "network", "networks") + " · " +
                 done_by,
             done_by};
  }
  text = fitting(mono, texts, width);
  put(list, mono, {at.x, y}, text);
  hoverPlace(context, {at.x, y}, {at.x + widthOf(mono, text), y + look.textHeight()}, "meta-step");
}

void TransportPanel::drawSpeedNow(const PanelContext& context) const {
  const auto& now = context.now;
  const bool known = isMoving(now.phase) && now.meta_steps_per_second > 0;
  bigFact(context, {"Speed now", known ? number(now.meta_steps_per_second) : "–", "meta-steps/s",
                    "meta-step"});
}

// What the sparsity that the network has learned saves.
void TransportPanel::drawWork(const PanelContext& context) const {
  const auto& now = context.now;
  bigFact(context, {"Work", now.step > 0 ? wholePercent(now.work) : "–", "of a dense net", "work"});
}

void TransportPanel::drawDevice(const PanelContext& context, float width) const {
  const Look& look = context.look;
  const auto& now = context.now;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Ink quiet = textInk(look, look.quiet()), text = textInk(look, look.text());
  put(list, quiet, at, "Device");
  hoverPlace(context, at, {at.x + width, at.y + look.px(kButtonHeight)}, "device");
  put(list, text, {at.x, at.y + look.textHeight() + look.px(13)},
      cut(text, now.device.empty() ? "–" : now.device, width));
  if (now.variants.empty()) return;
  const std::string seeds =
      now.variants.size() > 1
          ? plural(static_cast<std::int64_t>(now.variants.size()), "network", "networks")
          : "seed " + std::to_string(now.variants.front().seed);
  const float y = at.y + look.px(kButtonHeight + 6);
  put(list, quiet, {at.x, y}, cut(quiet, seeds, width));
  hoverPlace(context, {at.x, y}, {at.x + widthOf(quiet, seeds), y + look.textHeight()}, "seeds");
}

}  // namespace dentate::ui
