#include "app/summary_table.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "engine/measure/statistics.h"
#include "engine/spec/graph.h"
#include "engine/spec/inhibition.h"
#include "engine/spec/replicas.h"
#include "engine/spec/spelling.h"

namespace dentate::app {
namespace {

using Summaries = std::vector<const run::ReplicaSummary*>;

// One number of a replica's summary.
struct Number {
  std::string name, heading;  // in a row of its own, above a column
  std::function<double(const run::ReplicaSummary&)> of;
};

std::string lesioned(spec::Pathway lesion) {
  return lesion == spec::Pathway::None ? "intact" : "without " + std::string(spec::spell(lesion));
}

// Of the items that the replay memory holds, and of the others.
void addItems(const run::ReplicaSummary& first, std::vector<Number>& out) {
  const auto share = [](double of) { return of < 0 ? std::nan("") : of; };
  for (const auto& [lesion, unused] : first.items) {
    const auto without = lesioned(lesion);
    out.push_back(
        {"items in memory " + without, "in memory " + without,
         [share, key = lesion](const auto& s) { return share(s.items.at(key).inMemory()); }});
    out.push_back(
        {"items outside " + without, "outside " + without,
         [share, key = lesion](const auto& s) { return share(s.items.at(key).outsideMemory()); }});
  }
}

void addAccuracies(const run::ReplicaSummary& first, std::vector<Number>& out) {
  for (const auto& [lesion, unused] : first.category_accuracy) {
    const auto without = lesioned(lesion);
    out.push_back({"category accuracy " + without, "category " + without,
                   [key = lesion](const auto& s) { return s.category_accuracy.at(key); }});
    out.push_back({"item accuracy " + without, "item " + without,
                   [key = lesion](const auto& s) { return s.item_accuracy.at(key); }});
  }
}

std::vector<Number> numbersOf(const spec::ExperimentSpec& spec, const run::ReplicaSummary& first) {
  std::vector<Number> out{{"RA", "RA", [](const auto& s) { return s.ra; }},
                          {"LA", "LA", [](const auto& s) { return s.la; }},
                          {"BTI", "BTI", [](const auto& s) { return s.bti; }}};
  addAccuracies(first, out);
  addItems(first, out);
  std::vector<std::string> hidden;
  std::vector<std::size_t> places;
  for (std::size_t l = 0; l < spec.network.layers.size(); ++l) {
    if (spec.network.layers[l].role != spec::LayerRole::Hidden) continue;
    hidden.push_back(spec.network.layers[l].name);
    places.push_back(l);
  }
  for (std::size_t l = 0; l < hidden.size(); ++l)
    out.push_back({"active fraction " + hidden[l], "active " + hidden[l],
                   [l](const auto& s) { return s.active_fraction[l]; }});
  for (std::size_t l = 0; l < hidden.size(); ++l)
    out.push_back(
        {"dead units " + hidden[l], "dead " + hidden[l], [place = places[l]](const auto& s) {
           const auto& dead = s.sparsity.dead;
           return place < dead.size() ? static_cast<double>(dead[place]) : std::nan("");
         }});
  for (std::size_t l = 0; l < hidden.size(); ++l)
    out.push_back({"m " + hidden[l], "m " + hidden[l],
                   [l, layer = spec.network.layers[places[l]]](const auto& s) {
                     const auto kind = spec::inhibitionOf(layer, s.compared());
                     return spec::learnsM(kind, s.condition) ? s.m[l] : std::nan("");
                   }});
  out.push_back({"frozen paths", "frozen", [&spec](const auto& s) {
                   return static_cast<double>(run::frozenPaths(spec, s).size());
                 }});
  for (std::size_t p = 0; p < spec.network.paths.size(); ++p) {
    const auto& path = spec.network.paths[p];
    out.push_back({"alpha " + path.from + " > " + path.to, "α " + spec::pathName(path),
                   [p](const auto& s) { return s.alpha[p]; }});
  }
  return out;
}

measure::MeanSem over(const Summaries& summaries, const Number& number) {
  std::vector<double> values;
  for (const auto* s : summaries) values.push_back(number.of(*s));
  return measure::meanSem(values);
}

std::string formatted(const char* format, double a, double b) {
  char text[64];
  std::snprintf(text, sizeof text, format, a, b);
  return text;
}

void printBlock(const Summaries& summaries, const std::vector<Number>& numbers) {
  for (const auto& number : numbers) {
    const auto [mean, sem] = over(summaries, number);
    if (number.name.starts_with("m ") && std::isnan(mean)) continue;
    const std::string value = std::isnan(mean)       ? "       –"
                              : summaries.size() > 1 ? formatted("%8.4f ± %.4f", mean, sem)
                                                     : formatted("%8.4f", mean, 0);
    std::printf("  %-26s %s\n", number.name.c_str(), value.c_str());
  }
}

// Characters of UTF-8 text.
std::size_t lengthOf(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

void printRows(const std::vector<std::vector<std::string>>& rows) {
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c) {
      std::size_t width = 0;
      for (const auto& other : rows) width = std::max(width, lengthOf(other[c]));
      line += row[c] + std::string(width - lengthOf(row[c]) + 2, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    std::printf("%s\n", line.c_str());
  }
}

std::vector<std::string> rowOf(const Summaries& summaries, const std::vector<Number>& numbers) {
  const auto& first = *summaries.front();
  std::vector<std::string> row{std::string(spec::spell(first.condition))};
  if (first.inhibition) row.emplace_back(spec::spell(*first.inhibition));
  if (first.corrections) row.emplace_back(spec::spell(*first.corrections));
  row.push_back(formatted("%g", first.alpha0, 0));
  row.push_back(std::to_string(summaries.size()));
  for (const auto& number : numbers) {
    const auto [mean, sem] = over(summaries, number);
    const bool fine = number.heading.starts_with("α");  // learning rates may be small
    const bool several = summaries.size() > 1;
    const char* const format = several ? (fine ? "%.4f±%.4f" : "%.3f±%.3f") : "%.4f";
    row.push_back(std::isnan(mean) ? "–" : formatted(format, mean, sem));
  }
  return row;
}

}  // namespace

void printSummary(const spec::ExperimentSpec& spec, const run::Record& record) {
  std::vector<run::ReplicaSummary> finished;
  for (const auto& s : record.summaries)
    if (s.finished) finished.push_back(s);
  if (finished.empty()) return;
  const auto numbers = numbersOf(spec, finished.front());
  std::vector<Summaries> cells;  // summaries lie by replica, so cells lie side by side
  for (const auto& s : finished) {
    const bool same = !cells.empty() && cells.back().front()->compared() == s.compared() &&
                      cells.back().front()->alpha0 == s.alpha0;
    if (!same) cells.emplace_back();
    cells.back().push_back(&s);
  }
  const auto& first = finished.front();
  const char* const how = spec.replicas.seeds > 1 ? " (mean ± SEM over seeds)" : "";
  if (cells.size() == 1) {
    std::printf("%s, %s, alpha0 %g, %s%s\n", spec.name.c_str(),
                std::string(spec::spell(first.condition)).c_str(), first.alpha0,
                spec::replicasInWords(spec).c_str(), how);
    printBlock(cells.front(), numbers);
    return;
  }
  std::printf("%s, %s%s\n", spec.name.c_str(), spec::replicasInWords(spec).c_str(), how);
  std::vector<std::vector<std::string>> rows{{"condition"}};
  if (first.inhibition) rows.front().emplace_back("inhibition");
  if (first.corrections) rows.front().emplace_back("corrections");
  for (const char* const name : {"alpha0", "n"}) rows.front().emplace_back(name);
  for (const auto& number : numbers) rows.front().push_back(number.heading);
  for (const auto& cell : cells) rows.push_back(rowOf(cell, numbers));
  printRows(rows);
}

}  // namespace dentate::app
