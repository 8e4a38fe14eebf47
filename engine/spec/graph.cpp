#include "engine/spec/graph.h"

#include <algorithm>
#include <functional>
#include <map>
#include <queue>
#include <string>
#include <utility>

#include "engine/spec/ranges.h"
#include "engine/spec/spelling.h"

namespace dentate::spec {
namespace {

using Names = std::map<std::string, std::size_t>;  // index of the layer of a name

Error refuse(const std::string& where, std::string what) {
  return {Error::Kind::Config, below("network", where), std::move(what)};
}

std::string layerKey(std::size_t i, const char* key) { return below(below("layers", i), key); }
std::string pathKey(std::size_t i, const char* key) { return below(below("paths", i), key); }

Status readNames(const NetworkSpec& network, Names& names) {
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const auto& name = network.layers[i].name;
    const auto [first, added] = names.emplace(name, i);
    if (!added) {
      return refuse(layerKey(i, "name"), "expected a name of its own, but network.layers[" +
                                             std::to_string(first->second) + "] is " +
                                             inQuotes(name) + " too");
    }
  }
  return std::nullopt;
}

// One input, an output, at most one output of each role and one bias, of one unit.
Status checkRoles(const NetworkSpec& network, Graph& graph) {
  std::map<LayerRole, std::size_t> found;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const auto role = network.layers[i].role;
    if (role == LayerRole::Hidden) continue;
    if (role == LayerRole::Bias && network.layers[i].units != 1)
      return refuse(layerKey(i, "units"), "expected 1, the one unit of a bias, got " +
                                              std::to_string(network.layers[i].units));
    const auto [first, added] = found.emplace(role, i);
    if (!added) {
      return refuse(layerKey(i, "role"),
                    "expected one layer of role " + jsonString(spell(role)) + ", but " +
                        inQuotes(network.layers[first->second].name) + " is one already");
    }
  }
  const auto input = found.find(LayerRole::Input);
  if (input == found.end()) return refuse("layers", "expected a layer of role \"input\"");
  if (!found.contains(LayerRole::Category) && !found.contains(LayerRole::Item))
    return refuse("layers", "expected an output: a layer of role \"category\" or \"item\"");
  graph.input = input->second;
  return std::nullopt;
}

Status findLayer(const std::string& name, const std::string& where, const Names& names,
                 std::size_t& out) {
  const auto found = names.find(name);
  if (found != names.end()) {
    out = found->second;
    return std::nullopt;
  }
  std::vector<std::string> known;
  for (const auto& entry : names) known.push_back(entry.first);
  const auto close = nearest(name, known);
  return refuse(where, "expected the name of a layer, got " + inQuotes(name) +
                           (close ? "; did you mean " + inQuotes(*close) + "?" : ""));
}

Status connect(const NetworkSpec& network, const Names& names, Graph& graph) {
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> seen;
  graph.incoming.resize(network.layers.size());
  graph.outgoing.resize(network.layers.size());
  for (std::size_t i = 0; i < network.paths.size(); ++i) {
    const auto& path = network.paths[i];
    std::size_t from = 0, to = 0;
    if (auto refused = findLayer(path.from, pathKey(i, "from"), names, from)) return refused;
    if (auto refused = findLayer(path.to, pathKey(i, "to"), names, to)) return refused;
    if (isOutput(network.layers[from].role)) {
      return refuse(pathKey(i, "from"),
                    "expected an input or hidden layer, got the output " + inQuotes(path.from));
    }
    const auto role = network.layers[to].role;
    if (isSource(role)) {
      return refuse(pathKey(i, "to"), "expected a hidden or output layer, got the " +
                                          std::string(spell(role)) + " " + inQuotes(path.to));
    }
    const auto [first, added] = seen.emplace(std::pair{from, to}, i);
    if (!added) {
      return refuse(below("paths", i), "expected one path from " + inQuotes(path.from) + " to " +
                                           inQuotes(path.to) + ", but network.paths[" +
                                           std::to_string(first->second) + "] is one already");
    }
    graph.source.push_back(from);
    graph.target.push_back(to);
    graph.outgoing[from].push_back(i);
    graph.incoming[to].push_back(i);
  }
  return std::nullopt;
}

// Where every layer left in a partial order lies on a cycle or behind one: walks back along
// `incoming` until a layer comes twice.
Error cycleAmong(const NetworkSpec& network, const Graph& graph, const std::vector<bool>& done) {
  std::size_t at = 0;
  while (done[at]) ++at;
  std::vector<std::size_t> way;                            // paths, against their direction
  std::vector<std::size_t> met(done.size(), done.size());  // position in `way`, by layer
  while (met[at] == done.size()) {
    met[at] = way.size();
    for (const std::size_t path : graph.incoming[at]) {
      if (done[graph.source[path]]) continue;
      way.push_back(path);
      at = graph.source[path];
      break;
    }
  }
  std::string text = network.layers[at].name;
  for (std::size_t i = way.size(); i-- > met[at];) text += " → " + network.paths[way[i]].to;
  const std::size_t closing =
      *std::max_element(way.begin() + static_cast<std::ptrdiff_t>(met[at]), way.end());
  return refuse(below("paths", closing),
                "expected no cycle, but " + text + " is one; cut one of its paths");
}

// Of several layers that could come next, the first of the file does.
Status sortLayers(const NetworkSpec& network, Graph& graph) {
  const std::size_t count = network.layers.size();
  std::vector<std::size_t> waiting(count);  // incoming paths whose source is not placed yet
  std::vector<bool> done(count, false);
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  graph.depth.assign(count, 0);
  for (std::size_t i = 0; i < count; ++i) {
    waiting[i] = graph.incoming[i].size();
    if (waiting[i] == 0) ready.push(i);
  }
  while (!ready.empty()) {
    const std::size_t layer = ready.top();
    ready.pop();
    done[layer] = true;
    graph.order.push_back(layer);
    for (const std::size_t path : graph.outgoing[layer]) {
      const std::size_t target = graph.target[path];
      graph.depth[target] = std::max(graph.depth[target], graph.depth[layer] + 1);
      if (--waiting[target] == 0) ready.push(target);
    }
  }
  if (graph.order.size() < count) return cycleAmong(network, graph, done);
  return std::nullopt;
}

// Every layer lies on a way from the input to an output, a bias at the beginning of one to it.
Status checkReach(const NetworkSpec& network, const Graph& graph) {
  std::vector<bool> reached(network.layers.size(), false), leads(network.layers.size(), false);
  reached[graph.input] = true;
  for (const std::size_t layer : graph.order) {
    for (const std::size_t path : graph.outgoing[layer])
      if (reached[layer]) reached[graph.target[path]] = true;
  }
  for (auto layer = graph.order.rbegin(); layer != graph.order.rend(); ++layer) {
    if (isOutput(network.layers[*layer].role)) leads[*layer] = true;
    for (const std::size_t path : graph.incoming[*layer])
      if (leads[*layer]) leads[graph.source[path]] = true;
  }
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const std::string name = inQuotes(network.layers[i].name);
    if (!reached[i] && network.layers[i].role != LayerRole::Bias)
      return refuse(below("layers", i),
                    "expected a way from the input to " + name + ", found none");
    if (!leads[i])
      return refuse(below("layers", i),
                    "expected a way from " + name + " to an output, found none");
  }
  return std::nullopt;
}

Status findShapes(const NetworkSpec& network, Graph& graph) {
  const auto problems = shapeProblems(network);
  if (!problems.empty()) {
    const auto& [layer, path, key, what] = problems.front();
    return refuse(layer ? below(below("layers", *layer), key) : below("paths", *path), what);
  }
  const auto maps = mapsOf(network);
  for (std::size_t l = 0; l < maps.size(); ++l)
    graph.shape.push_back(maps[l].value_or(Shape{network.layers[l].units, 1, 1}));
  return std::nullopt;
}

}  // namespace

Result<Graph> makeGraph(const NetworkSpec& network) {
  if (const auto problem = misfit(network, "network"))
    return Error{Error::Kind::Config, problem->path, problem->what};
  Graph graph;
  Names names;
  Status refused = readNames(network, names);
  if (!refused) refused = checkRoles(network, graph);
  if (!refused) refused = connect(network, names, graph);
  if (!refused) refused = sortLayers(network, graph);
  if (!refused) refused = checkReach(network, graph);
  if (!refused) refused = findShapes(network, graph);
  if (refused) return *std::move(refused);
  return graph;
}

std::string pathName(const PathSpec& path) { return path.from + ">" + path.to; }

std::int64_t parameterCount(const NetworkSpec& network) {
  double count = 0;
  for (const auto& path : network.paths) count += weightsOf(network, path);
  return static_cast<std::int64_t>(count);
}

double denseMultiplyAdds(const NetworkSpec& network, std::int64_t replay, std::int64_t batch) {
  const auto samples = static_cast<double>(replay + batch), steps = static_cast<double>(batch);
  const auto fromInput = [&](const PathSpec& path) {
    return std::ranges::any_of(network.layers, [&](const LayerSpec& layer) {
      return layer.name == path.from && layer.role == LayerRole::Input;
    });
  };
  double sum = 0;
  for (const auto& path : network.paths)
    sum += (fromInput(path) ? 2 * samples : 3 * samples * steps + 2 * steps) *
           multiplyAddsOf(network, path);
  return sum;
}

}  // namespace dentate::spec
