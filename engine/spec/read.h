// From a JSON tree to the structs of an experiment. Internal to engine/spec.
#pragma once
#include <string>
#include <vector>

#include "engine/spec/keys.h"

namespace dentate::spec {

// Names of the keys of S.
template <class S>
[[nodiscard]] std::vector<std::string> namesOf() {
  std::vector<std::string> names;
  eachKey<S>([&](const auto& key) { names.emplace_back(key.name); });
  return names;
}

// Paths of all leaves and lists below S, entries of lists left out: "rule.alpha0", "network.paths".
template <class S>
void pathsOf(const std::string& path, std::vector<std::string>& out) {
  eachKey<S>([&](const auto& key) {
    using K = std::decay_t<decltype(key)>;
    if constexpr (kIsGroup<K>) {
      pathsOf<typename K::Inner>(below(path, key.name), out);
    } else {
      out.push_back(below(path, key.name));
    }
  });
}

// "unknown key; did you mean ...?", from the keys beside it and the keys elsewhere.
[[nodiscard]] std::string unknownKey(std::string_view name, const std::vector<std::string>& here);

// Each read returns whether it went well, and keeps the first problem where it did not. Values that
// a text leaves out stay as they are in `out`.
class Reader {
 public:
  template <class S>
  bool object(const JsonNode& node, const std::string& path, S& out) {
    if (node.kind != JsonNode::Kind::Object)
      return refuse(node.line, path, "expected an object, got " + shown(node));
    for (const auto& child : node.children) {
      bool known = false, well = true;
      eachKey<S>([&](const auto& key) {
        if (key.name != child.key) return;
        known = true;
        well = value(key, child, below(path, key.name), out.*key.field);
      });
      if (!known)
        return refuse(child.key_line, below(path, child.key), unknownKey(child.key, namesOf<S>()));
      if (!well) return false;
    }
    return true;
  }

  template <class K, class V>
  bool value(const K& key, const JsonNode& node, const std::string& path, V& out) {
    if constexpr (kIsGroup<K>) {
      return object(node, path, out);
    } else if constexpr (kIsList<K>) {
      return list(key, node, path, out);
    } else if constexpr (kIsValues<K>) {
      return values(key, node, path, out);
    } else {
      auto given = key.convert(node);
      if (!given || !key.fits(*given))
        return refuse(node.line, path, "expected " + key.expected() + ", got " + shown(node));
      out = std::move(*given);
      return true;
    }
  }

  [[nodiscard]] const JsonProblem& problem() const { return problem_; }

 private:
  // The values replace those that were there.
  template <class K, class V>
  bool values(const K& key, const JsonNode& node, const std::string& path, std::vector<V>& out) {
    if (node.kind != JsonNode::Kind::List)
      return refuse(node.line, path, "expected a list, got " + shown(node));
    if (node.children.size() > key.high)
      return refuse(node.line, path,
                    key.tooMany() + ", got " + std::to_string(node.children.size()));
    std::vector<V> given;
    for (const auto& child : node.children) {
      const auto value = key.each.convert(child);
      const std::string here = below(path, given.size());
      if (!value || !key.each.fits(*value))
        return refuse(child.line, here,
                      "expected " + key.each.expected() + ", got " + shown(child));
      given.push_back(*value);
      if (auto wrong = key.misfit(given, given.size() - 1))
        return refuse(child.line, here, *std::move(wrong));
    }
    out = std::move(given);
    return true;
  }

  // The entries replace those that were there.
  template <class K, class T>
  bool list(const K& key, const JsonNode& node, const std::string& path, std::vector<T>& out) {
    if (node.kind != JsonNode::Kind::List)
      return refuse(node.line, path, "expected a list, got " + shown(node));
    if (node.children.size() > key.high) {
      return refuse(node.line, path,
                    "expected at most " + grouped(static_cast<std::int64_t>(key.high)) +
                        " entries, got " + std::to_string(node.children.size()));
    }
    out.assign(node.children.size(), T{});
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (!object(node.children[i], below(path, i), out[i])) return false;
    }
    return true;
  }

  bool refuse(int line, const std::string& path, std::string what) {
    problem_ = {line, path, std::move(what)};
    return false;
  }

  JsonProblem problem_;
};

}  // namespace dentate::spec
