#include "ui/data_panel.h"

#include <algorithm>

#include "ui/caption.h"
#include "ui/format.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

std::string labels(const link::StreamImage& image) {
  std::string out = image.category >= 0 ? std::to_string(image.category) : "";
  if (image.item >= 0) out += (out.empty() ? "item " : ", item ") + std::to_string(image.item);
  return out;
}

// Whether the next image has the same item label.
bool sharesItem(const link::StreamView& view, std::size_t i) {
  return i + 1 < view.images.size() && view.images[i].item >= 0 &&
         view.images[i].item == view.images[i + 1].item;
}

// ", 5 an item"; empty where no images share an item label.
std::string setsInWords(const spec::StreamSpec& stream) {
  return stream.samples_per_item > 1 ? ", " + count(stream.samples_per_item) + " an item" : "";
}

}  // namespace

void DataPanel::draw(const PanelContext& context) {
  const auto& now = context.now;
  if (!now.spec) {
    panelTitle(context, kTitle, "");
    return emptyPanel(context.look, "The images of the stream appear here. Choose an experiment.");
  }
  const auto tasks = now.spec->stream.tasks;
  if (follow_) request_.task = std::min(shownTask(now), tasks - 1);
  request_.task = std::clamp<std::int64_t>(request_.task, 0, tasks - 1);
  context.session.watch.stream = request_;
  const auto& view = now.views.stream;
  if (!view || view->run != now.run) {
    panelTitle(context, kTitle, "");
    return emptyPanel(context.look, "The images of the stream appear here in a moment.");
  }
  panelTitle(context, kTitle,
             plural(tasks, "task", "tasks") + " of " +
                 plural(now.spec->stream.samples_per_task, "image", "images") +
                 setsInWords(now.spec->stream));
  drawStrip(context, *view);
  drawChoices(context, *view);
  drawGrid(context, *view);
}

void DataPanel::show(std::size_t place, const link::StreamImage& image,
                     const link::StreamView& view) {
  if (pictures_.size() <= place) pictures_.resize(place + 1);
  pictures_[place].show(image.pixels, view.width, view.height);
}

// One image a task; a click chooses the task.
void DataPanel::drawStrip(const PanelContext& context, const link::StreamView& view) {
  const Look& look = context.look;
  const auto tasks = view.begins.size();
  const float width = ImGui::GetContentRegionAvail().x;
  const float pitch = std::clamp(width / static_cast<float>(tasks), look.px(18), look.px(64));
  const float side = pitch - look.px(4);
  ImGui::BeginChild("strip", {width, side + look.px(22)}, ImGuiChildFlags_None,
                    ImGuiWindowFlags_HorizontalScrollbar);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (std::size_t t = 0; t < tasks; ++t) {
    show(t, view.begins[t], view);
    if (t > 0) ImGui::SameLine(0, look.px(4));
    const ImVec2 low = ImGui::GetCursorScreenPos(), high{low.x + side, low.y + side};
    list.AddRectFilled(low, high, IM_COL32(0, 0, 0, 255), look.px(2));
    if (!pictures_[t].empty()) list.AddImage(pictures_[t].reference(), low, high);
    const bool chosen = static_cast<std::int64_t>(t) == view.request.task;
    list.AddRect(low, high, chosen ? look.accent() : look.line(), look.px(2),
                 chosen ? look.px(2) : look.hairline());
    ImGui::PushID(static_cast<int>(t));
    if (ImGui::InvisibleButton("task", {side, side})) {
      request_.task = static_cast<std::int64_t>(t);
      request_.first = 0;
      follow_ = false;
    }
    ImGui::PopID();
    tip(("Task " + std::to_string(t + 1) + ": " + view.transforms[t]).c_str());
  }
  ImGui::EndChild();
}

void DataPanel::drawChoices(const PanelContext& context, const link::StreamView& view) {
  const auto task = static_cast<std::size_t>(view.request.task);
  ImGui::AlignTextToFramePadding();
  ImGui::Text("Task %s: %s", count(view.request.task + 1).c_str(),
              task < view.transforms.size() ? view.transforms[task].c_str() : "");
  ImGui::SameLine(0, context.look.px(24));
  if (ImGui::RadioButton("learned", !request_.tests)) request_ = {false, request_.task};
  tip("The images that are learned, in their order");
  ImGui::SameLine();
  if (ImGui::RadioButton("tested", request_.tests)) request_ = {true, request_.task};
  tip("The images that the task is tested on");
  ImGui::SameLine(0, context.look.px(24));
  ImGui::Checkbox("follow the run", &follow_);
  tip("Show the task that is being learned");
  ImGui::SameLine(0, context.look.px(24));
  ImGui::SetNextItemWidth(context.look.px(100));
  ImGui::SliderFloat("##size", &side_, 28, 112, "");
  tip("Size of the images");
}

void DataPanel::drawGrid(const PanelContext& context, const link::StreamView& view) {
  const Look& look = context.look;
  ImGui::BeginChild("grid");
  const float side = look.px(side_), pitch = side + look.px(6);
  const float text = look.textHeight();
  const float row = side + text + look.px(6);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const auto columns = static_cast<std::size_t>(
      std::max(1.0F, std::floor(ImGui::GetContentRegionAvail().x / pitch)));
  const std::size_t rows = (view.images.size() + columns - 1) / columns;
  ImGui::Dummy({1, row * static_cast<float>(rows)});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float top = list.GetClipRectMin().y, bottom = list.GetClipRectMax().y;
  for (std::size_t i = 0; i < view.images.size(); ++i) {
    const ImVec2 low{at.x + pitch * static_cast<float>(i % columns),
                     at.y + row * static_cast<float>(i / columns)};
    if (low.y > bottom || low.y + row < top) continue;
    const ImVec2 high{low.x + side, low.y + side};
    show(view.begins.size() + i, view.images[i], view);
    const auto& picture = pictures_[view.begins.size() + i];
    list.AddRectFilled(low, high, IM_COL32(0, 0, 0, 255), look.px(2));
    if (!picture.empty()) list.AddImage(picture.reference(), low, high);
    const Ink quiet = monoInk(look, look.quiet());
    const auto& image = view.images[i];
    if (sharesItem(view, i) && (i + 1) % columns > 0)
      list.AddRectFilled({high.x, low.y + side / 2 - look.px(2)},
                         {low.x + pitch, low.y + side / 2 + look.px(2)}, look.quiet());
    put(list, quiet, {low.x, high.y + look.px(1)},
        image.category >= 0 ? std::to_string(image.category) : std::to_string(image.item));
    if (ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(low, high))
      ImGui::SetTooltip("image %s of %s: %s%s",
                        count(view.request.first + static_cast<std::int64_t>(i) + 1).c_str(),
                        count(view.in_task).c_str(), labels(image).c_str(),
                        sharesItem(view, i) || (i > 0 && sharesItem(view, i - 1))
                            ? "\nImages with a bar between them share their item label"
                            : "");
  }
  const auto shown = view.request.first + static_cast<std::int64_t>(view.images.size());
  ImGui::BeginDisabled(view.request.first == 0);
  if (ImGui::Button("Earlier"))
    request_.first = std::max<std::int64_t>(0, request_.first - request_.count);
  ImGui::EndDisabled();
  ImGui::SameLine();
  ImGui::BeginDisabled(shown >= view.in_task);
  if (ImGui::Button("Later")) request_.first += request_.count;
  ImGui::EndDisabled();
  ImGui::SameLine();
  ImGui::TextDisabled("%s to %s of %s", count(view.request.first + 1).c_str(), count(shown).c_str(),
                      count(view.in_task).c_str());
  ImGui::EndChild();
}

}  // namespace dentate::ui
