#include "engine/spec/problems.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <utility>

#include "engine/spec/ranges.h"
#include "engine/spec/shape.h"

namespace dentate::spec {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// A network being checked: the ends of its paths, kNone where a path is left out of the graph.
struct Checked {
  const NetworkSpec& network;
  std::vector<Problem> problems;
  std::vector<std::size_t> source, target;  // by path
  std::optional<std::size_t> input;
  bool has_output = false;

  void atLayer(std::size_t layer, std::string what) {
    problems.push_back({layer, std::nullopt, std::move(what)});
  }
  void atPath(std::size_t path, std::string what) {
    problems.push_back({std::nullopt, path, std::move(what)});
  }
  void atAll(std::string what) {
    problems.push_back({std::nullopt, std::nullopt, std::move(what)});
  }
};

void checkSizes(Checked& c) {
  eachKey<NetworkSpec>([&](const auto& key) {
    if ((c.network.*key.field).size() > key.high)
      c.atAll("Expected at most " + grouped(static_cast<std::int64_t>(key.high)) + " " +
              std::string(key.name));
  });
}

void checkLayers(Checked& c) {
  std::map<LayerRole, std::size_t> roles;
  std::set<std::string> names;
  for (std::size_t i = 0; i < c.network.layers.size(); ++i) {
    const auto& layer = c.network.layers[i];
    if (const auto wrong = misfit(layer, "")) c.atLayer(i, wrong->path + ": " + wrong->what);
    if (!names.insert(layer.name).second)
      c.atLayer(i, "Another layer is called " + inQuotes(layer.name) + " too");
    if (layer.role == LayerRole::Hidden) continue;
    if (layer.role == LayerRole::Bias && layer.units != 1)
      c.atLayer(i, "units: expected 1, the one unit of a bias");
    const auto [first, added] = roles.emplace(layer.role, i);
    if (!added)
      c.atLayer(i, "One " + std::string(spell(layer.role)) + " layer is enough, and " +
                       inQuotes(c.network.layers[first->second].name) + " is one");
  }
  if (roles.contains(LayerRole::Input)) c.input = roles[LayerRole::Input];
  c.has_output = roles.contains(LayerRole::Category) || roles.contains(LayerRole::Item);
  if (!c.input) c.atAll("No input: add a layer of role input");
  if (!c.has_output) c.atAll("No output: add a layer of role category or item");
}

std::size_t indexOf(const NetworkSpec& network, const std::string& name) {
  for (std::size_t i = 0; i < network.layers.size(); ++i)
    if (network.layers[i].name == name) return i;
  return kNone;
}

// What keeps a path out of the graph; empty where nothing does.
std::string pathProblem(const NetworkSpec& network, const PathSpec& path, std::size_t from,
                        std::size_t to) {
  for (const auto& [index, name] : {std::pair{from, &path.from}, std::pair{to, &path.to}})
    if (index == kNone) return "No layer is called " + inQuotes(*name);
  if (isOutput(network.layers[from].role))
    return inQuotes(path.from) + " is an output: it ends here";
  if (const auto role = network.layers[to].role; isSource(role))
    return inQuotes(path.to) + " is the " + std::string(spell(role)) + ": nothing leads into it";
  return "";
}

void checkPaths(Checked& c) {
  std::set<std::pair<std::size_t, std::size_t>> seen;
  for (std::size_t i = 0; i < c.network.paths.size(); ++i) {
    const auto& path = c.network.paths[i];
    const std::size_t from = indexOf(c.network, path.from), to = indexOf(c.network, path.to);
    std::string wrong = pathProblem(c.network, path, from, to);
    if (wrong.empty() && !seen.insert({from, to}).second)
      wrong =
          "A path from " + inQuotes(path.from) + " to " + inQuotes(path.to) + " is there already";
    c.source.push_back(wrong.empty() ? from : kNone);
    c.target.push_back(wrong.empty() ? to : kNone);
    if (!wrong.empty()) {
      c.atPath(i, std::move(wrong));
    } else if (const auto value = misfit(path, "")) {
      c.atPath(i, value->path + ": " + value->what);
    }
  }
}

// Layers that `from` reaches over the paths of the graph, against them where `back` is set.
std::vector<bool> reach(const Checked& c, const std::vector<std::size_t>& from, bool back) {
  std::vector<bool> reached(c.network.layers.size(), false);
  for (const std::size_t layer : from) reached[layer] = true;
  for (bool more = true; more;) {
    more = false;
    for (std::size_t p = 0; p < c.source.size(); ++p) {
      if (c.source[p] == kNone) continue;
      const std::size_t begin = back ? c.target[p] : c.source[p];
      const std::size_t end = back ? c.source[p] : c.target[p];
      if (!reached[begin] || reached[end]) continue;
      reached[end] = more = true;
    }
  }
  return reached;
}

// The paths of a way from `from` to `to`; empty where they are the same layer, none where there is
// no way. `out` has the paths that may be walked, by their source.
std::optional<std::vector<std::size_t>> wayBetween(
    const Checked& c, std::size_t from, std::size_t to,
    const std::vector<std::vector<std::size_t>>& out) {
  std::vector<std::size_t> into(c.network.layers.size(), kNone);  // path by which it was reached
  std::vector<std::size_t> front{from};
  for (std::size_t next = 0; next < front.size() && front[next] != to; ++next)
    for (const std::size_t p : out[front[next]]) {
      if (c.target[p] == from || into[c.target[p]] != kNone) continue;
      into[c.target[p]] = p;
      front.push_back(c.target[p]);
    }
  if (from != to && into[to] == kNone) return std::nullopt;
  std::vector<std::size_t> way;
  for (std::size_t at = to; at != from; at = c.source[into[at]]) way.push_back(into[at]);
  return std::vector(way.rbegin(), way.rend());
}

// Lays the paths one after the other, in the order in which they were drawn; one that closes a cycle
// is named, and left out.
void checkCycles(Checked& c) {
  std::vector<std::vector<std::size_t>> out(c.network.layers.size());
  for (std::size_t p = 0; p < c.source.size(); ++p) {
    if (c.source[p] == kNone) continue;
    const auto way = wayBetween(c, c.target[p], c.source[p], out);
    if (!way) {
      out[c.source[p]].push_back(p);
      continue;
    }
    std::string text = c.network.paths[p].to;
    for (const std::size_t step : *way) text += " → " + c.network.paths[step].to;
    c.atPath(p, "This path closes a cycle: " + text + " → " + c.network.paths[p].to);
  }
}

void checkReach(Checked& c) {
  std::vector<std::size_t> outputs;
  for (std::size_t i = 0; i < c.network.layers.size(); ++i)
    if (isOutput(c.network.layers[i].role)) outputs.push_back(i);
  const auto reached = c.input ? reach(c, {*c.input}, false) : std::vector<bool>();
  const auto leads = reach(c, outputs, true);
  for (std::size_t i = 0; i < c.network.layers.size(); ++i) {
    const bool source = isSource(c.network.layers[i].role);
    if (c.input && !reached[i] && !source) c.atLayer(i, "No way leads here from the input");
    if (c.has_output && !leads[i]) c.atLayer(i, "No way leads from here to an output");
  }
}

void checkShapes(Checked& c) {
  for (auto& [layer, path, key, what] : shapeProblems(c.network)) {
    std::string text = layer ? std::string(key) + ": " + what : std::move(what);
    text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    c.problems.push_back({layer, path, std::move(text)});
  }
}

}  // namespace

std::vector<Problem> networkProblems(const NetworkSpec& network) {
  Checked c{network, {}, {}, {}, std::nullopt, false};
  checkSizes(c);
  checkLayers(c);
  checkPaths(c);
  checkCycles(c);
  checkReach(c);
  checkShapes(c);
  return std::move(c.problems);
}

}  // namespace dentate::spec
