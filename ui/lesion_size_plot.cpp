#include "ui/lesion_size_plot.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "ui/csv_cells.h"
#include "ui/format.h"
#include "ui/heads.h"
#include "ui/placed_numbers.h"

namespace dentate::ui {
namespace {

using spec::LesionPart;

Moments meanAt(const std::vector<std::vector<double>>& values, std::size_t share) {
  Moments moments;
  for (const auto& of_replica : values)
    if (of_replica[share] >= 0) moments.add(of_replica[share]);  // neither -1 nor NaN
  return moments;
}

std::vector<Moments> meansOf(const link::LesionCurve& curve, Head head) {
  std::vector<Moments> values;
  for (std::size_t s = 0; s < curve.shares.size(); ++s)
    values.push_back(meanAt(head == Head::Category ? curve.category : curve.item, s));
  return values;
}

const link::LesionCurve* curveOf(const TestedRun& run, const std::string& part) {
  for (const auto& curve : run.curves->curves)
    if (curve.part == part) return &curve;
  return nullptr;
}

bool isLayer(const link::LesionCurve& curve) {
  return curve.lesions.front().part == LesionPart::Layer;
}

// In its run's network: a pathway is dashed.
figure::Style styleOf(const TestedRun& run, const link::LesionCurve& curve, figure::Theme on) {
  const auto& network = run.spec->network;
  const auto& first = curve.lesions.front();
  if (!isLayer(curve)) return figure::pathStyle(network, first.index, on);
  figure::Style own{figure::layerColor(network, first.index, on)};
  if (curve.lesions.size() > 1) own.dash = figure::Dash::Dashed;
  return own;
}

struct Part {
  const TestedRun& first;  // that has it
  const link::LesionCurve& curve;
};

// Of all runs; networks may differ, and parts are the same by name.
std::vector<Part> partsOf(const LesionSizes& of) {
  std::vector<Part> parts;
  for (const TestedRun& run : of.runs)
    for (const auto& curve : run.curves->curves) {
      const bool known = std::any_of(parts.begin(), parts.end(), [&](const Part& part) {
        return part.curve.part == curve.part;
      });
      if (!known && isLayer(curve) == (of.parts == CurveParts::Layers))
        parts.push_back({run, curve});
    }
  return parts;
}

std::string labelOf(const Part& part) {
  if (isLayer(part.curve)) return part.curve.part;
  return figure::pathLabel(part.first.spec->network, part.curve.lesions.front().index);
}

std::vector<double> percents(const link::LesionCurve& curve) {
  std::vector<double> places;
  for (const double share : curve.shares) places.push_back(100 * share);
  return places;
}

// The difference to the first run, at the shares that both have.
std::vector<Moments> differences(const link::LesionCurve& curve, const link::LesionCurve* first,
                                 Head head) {
  std::vector<Moments> values = meansOf(curve, head);
  for (std::size_t s = 0; s < values.size(); ++s) {
    Moments other;
    for (std::size_t t = 0; first != nullptr && t < first->shares.size(); ++t)
      if (first->shares[t] == curve.shares[s])
        other = meanAt(head == Head::Category ? first->category : first->item, t);
    values[s] = other.n > 0 && values[s].n > 0 ? difference(values[s], other) : Moments();
  }
  return values;
}

void addPart(const LesionSizes& of, const Part& part, figure::Theme theme, PlotContent& content,
             PlacedNumbers& numbers) {
  const std::string label = labelOf(part);
  const bool several = of.runs.size() > 1;
  for (const TestedRun& run : of.runs) {
    const auto* const curve = curveOf(run, part.curve.part);
    if (curve == nullptr || (several && of.difference && &run == &of.runs.front())) continue;
    const auto style = [&](figure::Theme on) {
      const auto own = styleOf(part.first, part.curve, on);
      return several ? own.with(run.stroke) : own;
    };
    auto values = several && of.difference
                      ? differences(*curve, curveOf(of.runs.front(), part.curve.part), of.head)
                      : meansOf(*curve, of.head);
    PlotCurve drawn{several ? label + " " + run.name : label, style(theme),
                    numbers.add(percents(*curve), std::move(values)), style(figure::Theme::Light)};
    drawn.layer = several ? label : "";
    drawn.featured = run.shown;
    content.curves.push_back(std::move(drawn));
  }
}

PlotCurve chanceCurve(double chance, figure::Theme theme, PlacedNumbers& numbers) {
  const auto style = [](figure::Theme on) {
    return figure::Style{figure::ground(on).quiet, figure::Dash::Dotted};
  };
  Moments value;
  value.add(chance);
  PlotCurve curve{"chance", style(theme), numbers.add({0, 100}, {value, value}),
                  style(figure::Theme::Light)};
  curve.level = true;
  curve.term = "chance";
  return curve;
}

bool alike(const link::LesionCurvesRequest& a, const link::LesionCurvesRequest& b) {
  return a.order == b.order && (a.order != spec::LesionOrder::Random || a.seed == b.seed);
}

}  // namespace

TestedRuns testedRuns(const link::Snapshot& now, const Comparison& comparison) {
  TestedRuns out;
  const auto runs = shownRuns(now, comparison);
  out.compared = runs.size() > 1;
  // The shown one tells which order of units it is.
  const auto shown = now.views.lesionCurvesOf(now.run);
  for (const auto& [entry, stroke] : runs) {
    auto curves = now.views.lesionCurvesOf(entry->run);
    const auto* const like = shown                ? shown.get()
                             : out.tested.empty() ? curves.get()
                                                  : out.tested.front().curves.get();
    if (!curves || curves->curves.empty() || !alike(curves->request, like->request))
      out.missing.push_back(entry->name);
    else
      out.tested.push_back(
          {entry->name, stroke, entry->spec, std::move(curves), entry->run == now.run});
  }
  return out;
}

std::string testedNote(const std::vector<TestedRun>& runs) {
  std::size_t least = runs.front().curves->replicas.size(), most = least;
  for (const TestedRun& run : runs) {
    least = std::min(least, run.curves->replicas.size());
    most = std::max(most, run.curves->replicas.size());
  }
  const char* const each = runs.size() > 1 ? " each" : "";
  if (most < 2) return std::string("one network") + each;
  if (least < most)
    return "mean ± SEM, n = " + std::to_string(least) + " to " + std::to_string(most);
  return "mean ± SEM, n = " + std::to_string(most) + each;
}

bool isMeasured(const std::vector<TestedRun>& runs, Head head) {
  return std::any_of(runs.begin(), runs.end(), [&](const TestedRun& run) {
    const auto& first = run.curves->curves.front();
    return meanAt(head == Head::Category ? first.category : first.item, 0).n > 0;
  });
}

PlotContent lesionContent(const LesionSizes& of, figure::Theme theme) {
  const bool category = of.head == Head::Category, layers = of.parts == CurveParts::Layers;
  const bool several = of.runs.size() > 1;
  PlotContent content;
  content.id = category ? "lesion_curves_category" : "lesion_curves_item";
  content.title = category ? "Category accuracy by lesion size" : "Item accuracy by lesion size";
  content.term = category ? "category accuracy" : "item accuracy";
  content.y_label = std::string(content.term) + " (share correct)";
  content.x_label = layers ? "units silenced (%)" : "units of the source cut off (%)";
  content.tasks = 100;
  content.note = testedNote(of.runs);
  content.of = content.x_label;
  for (const TestedRun& run : of.runs)
    content.of += " " + run.name + std::to_string(run.curves->request.press);
  content.compares = several;
  const auto numbers = std::make_shared<PlacedNumbers>();
  for (const Part& part : partsOf(of)) addPart(of, part, theme, content, *numbers);
  if (several && of.difference) {
    content.from_zero = false;
    content.note += ", difference to " + nameInNote(of.runs.front().name);
    content.of += " difference";
  } else if (const auto& network = of.runs.front().spec->network; hasHead(network, of.head)) {
    content.curves.push_back(chanceCurve(chanceOf(network, of.head), theme, *numbers));
  }
  content.numbers = numbers;
  content.csv = [runs = of.runs] { return lesionCurvesCsv(runs); };
  content.csv_item = "CSV, every part, both outputs";
  return content;
}

std::string lesionCurvesCsv(const std::vector<TestedRun>& runs) {
  const bool several = runs.size() > 1;
  std::string text = several ? "run," : "";
  text += "part,share,category mean,category sem,item mean,item sem,n\n";
  for (const TestedRun& run : runs)
    for (const auto& curve : run.curves->curves) {
      const auto category = meansOf(curve, Head::Category), item = meansOf(curve, Head::Item);
      for (std::size_t s = 0; s < curve.shares.size(); ++s) {
        if (several) text += quoted(run.name) + ",";
        text += quoted(curve.part) + "," + editable(curve.shares[s]);
        for (const auto& value : {category[s], item[s]}) {
          text += "," + (value.n > 0 ? editable(value.mean) : std::string());
          text += "," + (value.n > 1 ? editable(value.sem()) : std::string());
        }
        text += "," + std::to_string(std::max(category[s].n, item[s].n)) + "\n";
      }
    }
  return text;
}

}  // namespace dentate::ui
