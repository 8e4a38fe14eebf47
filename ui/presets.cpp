#include "ui/presets.h"

#include <algorithm>
#include <cmath>
#include <system_error>

#include "engine/spec/experiment_json.h"
#include "engine/spec/replicas.h"
#include "ui/format.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

namespace fs = std::filesystem;

// "20 tasks, s+lr, 3 hidden layers".
std::string describe(const spec::ExperimentSpec& spec) {
  const auto hidden =
      std::count_if(spec.network.layers.begin(), spec.network.layers.end(),
                    [](const auto& layer) { return layer.role == spec::LayerRole::Hidden; });
  return plural(spec.stream.tasks, "task", "tasks") + " · " +
         plural(hidden, "hidden layer", "hidden layers");
}

// Multiply-adds of a meta-step of all networks.
double effortOf(const spec::ExperimentSpec& spec) {
  return static_cast<double>(spec::replicaCount(spec)) *
         spec::denseMultiplyAdds(spec.network, spec.rule.replay, spec.rule.batch);
}

}  // namespace

Presets readPresets(const fs::path& folder) {
  Presets out;
  std::vector<fs::path> files;
  std::error_code problem;
  for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end;
       entry.increment(problem))
    if (entry->path().extension() == ".json") files.push_back(entry->path());
  if (problem)
    out.broken.push_back({spec::Error::Kind::Io, folder.string(),
                          "the folder of presets cannot be read: " + problem.message()});
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    auto spec = spec::loadExperiment(file);
    if (!spec) {
      out.broken.push_back(spec.error());
      continue;
    }
    Preset preset{file, std::move(*spec), std::nullopt};
    if (auto graph = spec::makeGraph(preset.spec.network)) preset.graph = *graph;
    out.all.push_back(std::move(preset));
  }
  // Those that learn fastest first: they are what one begins with.
  std::stable_sort(out.all.begin(), out.all.end(), [](const auto& a, const auto& b) {
    return effortOf(a.spec) < effortOf(b.spec);
  });
  return out;
}

void drawNetworkPicture(const Look& look, const Preset& preset, ImVec2 low, ImVec2 high) {
  if (!preset.graph) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto& network = preset.spec.network;
  const auto& graph = *preset.graph;
  const std::size_t last = *std::max_element(graph.depth.begin(), graph.depth.end());
  std::vector<ImVec2> centre(network.layers.size());
  const auto lane = [&](std::size_t i) {
    const auto& layer = network.layers[i];
    if (layer.role == spec::LayerRole::Category)
      return preset.spec.stream.labels == spec::Labels::Dual ? -0.26F : 0.0F;
    if (layer.role == spec::LayerRole::Item) return 0.26F;
    if (layer.role == spec::LayerRole::Bias) return 0.42F;  // below the input
    return layer.pathway == spec::Pathway::Large   ? -0.26F
           : layer.pathway == spec::Pathway::Small ? 0.26F
                                                   : 0.0F;
  };
  const float w = high.x - low.x, h = high.y - low.y;
  for (std::size_t i = 0; i < centre.size(); ++i) {
    const auto column =
        static_cast<float>(spec::isOutput(network.layers[i].role) ? last : graph.depth[i]);
    centre[i] = {low.x + w * (column + 0.5F) / static_cast<float>(last + 1),
                 low.y + h * (0.5F + lane(i))};
  }
  for (std::size_t p = 0; p < network.paths.size(); ++p)
    list.AddLine(centre[graph.source[p]], centre[graph.target[p]],
                 pack(figure::pathStyle(network, p, look.theme).color, 0.7F), look.px(1.5F));
  for (std::size_t i = 0; i < centre.size(); ++i) {
    const auto units = static_cast<float>(std::max<std::int64_t>(1, network.layers[i].units));
    const float most = std::abs(lane(i)) > 0 ? 0.19F : 0.42F;
    const float half =
        std::max(look.px(3), h * most * std::min(1.0F, std::log10(units + 1) / 3.0F));
    const bool input = network.layers[i].role == spec::LayerRole::Input;
    const ImU32 color = input ? look.quiet() : pack(figure::layerColor(network, i, look.theme));
    list.AddRectFilled({std::round(centre[i].x - look.px(4)), std::round(centre[i].y - half)},
                       {std::round(centre[i].x + look.px(4)), std::round(centre[i].y + half)},
                       color, look.px(2));
  }
}

bool presetRow(const Look& look, const Preset& preset, bool chosen) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = look.px(52);
  const std::string id = "##" + preset.file.stem().string();
  const bool clicked =
      ImGui::Selectable(id.c_str(), chosen, ImGuiSelectableFlags_None, {width, height});
  if (ImGui::BeginItemTooltip()) {
    ImGui::PushTextWrapPos(look.px(360));
    ImGui::TextUnformatted(preset.spec.name.c_str());
    if (!preset.spec.description.empty())
      ImGui::TextDisabled("%s", preset.spec.description.c_str());
    ImGui::TextDisabled("%s", preset.file.string().c_str());
    ImGui::PopTextWrapPos();
    ImGui::EndTooltip();
  }
  const float picture = look.px(84);
  drawNetworkPicture(look, preset, {at.x, at.y + look.px(6)},
                     {at.x + picture, at.y + height - look.px(6)});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Ink text = textInk(look, look.text()), quiet = textInk(look, look.quiet());
  const float left = at.x + picture + look.px(10), room = width - picture - look.px(14);
  put(list, text, {left, at.y + look.px(7)}, cut(text, preset.spec.name, room));
  put(list, quiet, {left, at.y + look.px(27)},
      fitting(quiet, {describe(preset.spec), plural(preset.spec.stream.tasks, "task", "tasks")},
              room));
  return clicked;
}

}  // namespace dentate::ui
