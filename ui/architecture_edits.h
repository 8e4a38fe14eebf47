// Edits of a network while it is drawn: each takes a network and gives another. Pure functions; the
// panel hands what they give to the draft, which keeps the steps of undo.
//
// A layer is known by its name and a path by its two ends, so that a selection outlives an edit.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/spec/experiment.h"

namespace dentate::ui {

struct Ends {
  std::string from, to;
  auto operator<=>(const Ends&) const = default;
};

// Parts of a network.
struct Picked {
  std::vector<std::string> layers;
  std::vector<Ends> paths;
  [[nodiscard]] std::size_t size() const { return layers.size() + paths.size(); }
  bool operator==(const Picked&) const = default;
};

// What was copied: layers, and the paths among them.
struct Clip {
  std::vector<spec::LayerSpec> layers;
  std::vector<spec::PathSpec> paths;
};

[[nodiscard]] const spec::LayerSpec* layerNamed(const spec::NetworkSpec& network,
                                                const std::string& name);
[[nodiscard]] const spec::PathSpec* pathBetween(const spec::NetworkSpec& network, const Ends& ends);
// Those parts that the network has.
[[nodiscard]] Picked stillThere(const spec::NetworkSpec& network, const Picked& picked);

// `wish`, or where a layer is called so, `wish` counted on: "h1" becomes "h2", "large" "large2".
[[nodiscard]] std::string freeName(const spec::NetworkSpec& network, const std::string& wish);
// A new layer of that role, with a free name and as many units as data and labels ask for.
[[nodiscard]] spec::LayerSpec newLayer(const spec::ExperimentSpec& spec, spec::LayerRole role);

// A hidden layer as one of another kind, with the numbers that one is begun with: a convolutional one
// of 32 channels, kernel 3, stride 2 and padding 1, which halves its source.
[[nodiscard]] spec::LayerSpec withKind(spec::LayerSpec layer, spec::LayerKind kind);

[[nodiscard]] spec::NetworkSpec withLayer(spec::NetworkSpec network, spec::LayerSpec layer);
// A layer takes its paths along.
[[nodiscard]] spec::NetworkSpec without(spec::NetworkSpec network, const Picked& picked);
// Replaces the layer of that name; where `layer` is called otherwise, its paths follow.
[[nodiscard]] spec::NetworkSpec withLayerAs(spec::NetworkSpec network, const std::string& name,
                                            const spec::LayerSpec& layer);
[[nodiscard]] spec::NetworkSpec withPath(spec::NetworkSpec network, const Ends& ends);
[[nodiscard]] spec::NetworkSpec withPathAs(spec::NetworkSpec network, const Ends& ends,
                                           const spec::PathSpec& path);

// Why the layer cannot be called so; empty where it can.
[[nodiscard]] std::string whyNotName(const spec::NetworkSpec& network, const std::string& name,
                                     const std::string& wish);
// Why these cannot be connected; empty where they can. A path that closes a cycle can be drawn: its
// reason then stands beside it.
[[nodiscard]] std::string whyNotPath(const spec::NetworkSpec& network, const Ends& ends);

[[nodiscard]] Clip copied(const spec::NetworkSpec& network, const Picked& picked);
struct Pasted {
  spec::NetworkSpec network;
  std::vector<std::string> layers;  // names of the new layers, in the order of the clip
};
[[nodiscard]] Pasted pasted(spec::NetworkSpec network, const Clip& clip);

}  // namespace dentate::ui
