#include "ui/fetch_row.h"

#include <filesystem>
#include <system_error>

#include "ui/experiment_fields.h"
#include "ui/format.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

namespace fs = std::filesystem;

std::string megabytes(std::uint64_t bytes) {
  constexpr double kMega = 1e6;
  return number(static_cast<double>(bytes) / kMega);
}

// "www.cs.toronto.edu"
std::string hostOf(const std::string& url) {
  const auto begin = url.find("//") + 2;
  return url.substr(begin, url.find('/', begin) - begin);
}

// Where the last fetch was of this source and did not end well; null elsewhere.
const link::FetchView* lastOf(const link::Snapshot& now, const spec::Source& source) {
  const bool same = now.fetch && now.fetch->source.name == source.name && now.fetch->path.empty();
  return same ? &*now.fetch : nullptr;
}

}  // namespace

void FetchRow::draw(const PanelContext& context) {
  const auto& now = context.now;
  if (now.fetch && now.fetch->running) return drawProgress(context);
  const auto wanted = wantedData(context.session.draft);
  if (isThere(wanted.path)) return;
  const auto folder =
      wanted.path.empty() ? context.session.data : fs::path(wanted.path).parent_path();
  for (const auto& source : context.session.sources)
    if (source.kind == wanted.dataset) drawOffer(context, source, folder.string());
}

void FetchRow::drawProgress(const PanelContext& context) {
  const auto& fetch = *context.now.fetch;
  const auto all = fetch.source.bytes();
  ImGui::TextDisabled("Fetching %s", fetch.source.name.c_str());
  tip(("From " + hostOf(fetch.source.files.front().url) + " into " + fetch.folder +
       "; the run goes on meanwhile")
          .c_str());
  const float stop = context.look.px(64);
  const std::string text = megabytes(fetch.done) + " of " + megabytes(all) + " MB";
  const float share =
      all > 0 ? static_cast<float>(static_cast<double>(fetch.done) / static_cast<double>(all)) : 0;
  ImGui::PushStyleColor(ImGuiCol_PlotHistogram, context.look.accent());
  ImGui::ProgressBar(share, {-stop - ImGui::GetStyle().ItemSpacing.x, 0}, text.c_str());
  ImGui::PopStyleColor();
  ImGui::SameLine();
  ImGui::BeginDisabled(context.now.applied < sent_);
  if (ImGui::Button("Stop###stop-fetch", {stop, 0})) sent_ = context.emit(link::StopFetch{});
  ImGui::EndDisabled();
  tip("What has come is kept, and gone on with the next time");
}

void FetchRow::drawOffer(const PanelContext& context, const spec::Source& source,
                         const std::string& folder) {
  const auto* last = lastOf(context.now, source);
  const bool begun = last != nullptr && last->done > 0;
  const std::string size = begun ? megabytes(last->done) + " of " + megabytes(source.bytes())
                                 : megabytes(source.bytes());
  const std::string label = (begun ? "Go on fetching " : "Fetch ") + source.name + ", " + size +
                            " MB###fetch-" + source.name;
  ImGui::BeginDisabled(context.now.applied < sent_);
  if (ImGui::Button(label.c_str(), {-1, 0})) sent_ = context.emit(link::Fetch{source, folder});
  ImGui::EndDisabled();
  tip(("Downloads it from " + hostOf(source.files.front().url) + " to\n" +
       source.pathBelow(folder) + "\nchecks its SHA-256 and chooses it; the run goes on meanwhile")
          .c_str());
  if (last != nullptr && last->failure) errorText(context.look, last->failure->what);
}

// Looked for once a second: what is fetched or put there by hand is seen.
bool FetchRow::isThere(const std::string& path) {
  const auto now = std::chrono::steady_clock::now();
  if (path == looked_at_ && now < next_look_) return there_;
  looked_at_ = path;
  next_look_ = now + std::chrono::seconds(1);
  std::error_code ignored;
  there_ = !path.empty() && fs::exists(path, ignored);
  return there_;
}

}  // namespace dentate::ui
