// --set and the comparison of two experiments: both walk over every single value of a spec.
#include <functional>

#include "engine/spec/experiment_json.h"
#include "engine/spec/graph.h"
#include "engine/spec/read.h"
#include "engine/spec/shape.h"

namespace dentate::spec {
namespace {

// One value of a spec that --set can name.
struct Slot {
  std::string path;      // "network.layers[1].units"
  std::string alias;     // "network.layers.h1.units"; the path again outside of lists
  bool in_list = false;  // belongs to one entry of a list
  bool text = false;     // takes text, or a list of texts
  bool values = false;   // takes a list of plain values
  std::function<bool(Reader&, const JsonNode&)> assign;
};

std::string entryName(const LayerSpec& layer) { return layer.name; }
std::string entryName(const PathSpec& path) { return path.from + ":" + path.to; }

// The slots refer into `spec`.
template <class S>
void collectSlots(S& spec, const std::string& path, const std::string& alias, bool in_list,
                  std::vector<Slot>& out) {
  eachKey<S>([&](const auto& key) {
    using K = std::decay_t<decltype(key)>;
    auto& value = spec.*key.field;
    const std::string here = below(path, key.name), other = below(alias, key.name);
    if constexpr (kIsGroup<K>) {
      collectSlots(value, here, other, in_list, out);
      return;
    } else {
      Slot slot{here,
                other,
                in_list,
                /*text=*/false,
                kIsValues<K>,
                [&key, &value, here](auto& reader, auto& node) {
                  return reader.value(key, node, here, value);
                }};
      if constexpr (kIsValues<K>) {
        slot.text = std::decay_t<decltype(key.each)>::kText;
      } else if constexpr (!kIsList<K>) {
        slot.text = K::kText;
      }
      out.push_back(std::move(slot));
    }
    if constexpr (kIsList<K>) {
      for (std::size_t i = 0; i < value.size(); ++i)
        collectSlots(value[i], below(here, i), below(other, entryName(value[i])), true, out);
    }
  });
}

bool endsWithKey(const std::string& path, std::string_view key) {
  return path.size() > key.size() && path.ends_with(key) &&
         path[path.size() - key.size() - 1] == '.';
}

Error ambiguous(std::string_view key, const std::vector<const Slot*>& found) {
  constexpr std::size_t kListed = 6;
  std::vector<std::string> paths;
  for (const auto* slot : found) {
    if (paths.size() < kListed) paths.push_back(slot->path);
  }
  std::string all = listed(paths, "or");
  if (found.size() > kListed) all += ", and " + std::to_string(found.size() - kListed) + " more";
  return {Error::Kind::Usage, std::string(key), "names several keys; give one of " + all};
}

Error unknown(std::string_view key, const std::vector<Slot>& slots) {
  std::vector<std::string> members;
  for (const auto& slot : slots) {
    if (!slot.in_list && slot.path.starts_with(std::string(key) + "."))
      members.push_back(slot.path);
  }
  if (!members.empty())
    return {Error::Kind::Usage, std::string(key),
            "names a group of keys; give one of " + listed(members, "or")};
  std::vector<std::string> words;
  for (const auto& slot : slots) {
    if (slot.in_list) continue;
    words.push_back(slot.path);
    words.push_back(slot.path.substr(slot.path.rfind('.') + 1));
  }
  std::string what = "unknown key";
  if (const auto close = nearest(key, words)) {
    what += "; did you mean " + inQuotes(*close) + "?";
  } else {
    what += "; expected a path like rule.alpha0 or network.layers.h1.units";
  }
  return {Error::Kind::Usage, below("", key), what};
}

// A whole path, else a last part; keys outside of lists before those of their entries, and single
// values before lists of them: alpha0 is rule.alpha0.
Result<const Slot*> findSlot(std::string_view key, const std::vector<Slot>& slots) {
  std::vector<const Slot*> single, values, listed_ones;
  for (const auto& slot : slots) {
    if (slot.path == key || slot.alias == key) return &slot;
    if (endsWithKey(slot.path, key) || endsWithKey(slot.alias, key))
      (slot.in_list ? listed_ones : slot.values ? values : single).push_back(&slot);
  }
  const auto& found = !single.empty() ? single : !values.empty() ? values : listed_ones;
  if (found.empty()) return unknown(key, slots);
  if (found.size() > 1) return ambiguous(key, found);
  return found.front();
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const auto begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

// JSON, or text without its quotes.
JsonNode valueNode(std::string_view text, bool wants_text) {
  auto parsed = parseJson(text);
  auto* node = std::get_if<JsonNode>(&parsed);
  if (node != nullptr && (!wants_text || node->kind == JsonNode::Kind::Text))
    return std::move(*node);
  JsonNode plain;
  plain.kind = JsonNode::Kind::Text;
  plain.text = text;
  return plain;
}

// A JSON list, or its values with commas between them.
JsonNode listNode(std::string_view text, bool wants_text) {
  if (text.starts_with('[')) return valueNode(text, /*wants_text=*/false);
  JsonNode list;
  list.kind = JsonNode::Kind::List;
  while (!text.empty()) {
    const auto comma = text.find(',');
    list.children.push_back(valueNode(trimmed(text.substr(0, comma)), wants_text));
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
  }
  return list;
}

Status assign(ExperimentSpec& spec, std::string_view assignment) {
  const auto equals = assignment.find('=');
  if (equals == std::string_view::npos || trimmed(assignment.substr(0, equals)).empty())
    return Error{Error::Kind::Usage, "", "expected key=value, got " + inQuotes(assignment)};
  std::vector<Slot> slots;
  collectSlots(spec, "", "", /*in_list=*/false, slots);
  const auto slot = findSlot(trimmed(assignment.substr(0, equals)), slots);
  if (!slot) return slot.error();
  Reader reader;
  const auto text = trimmed(assignment.substr(equals + 1));
  const auto node =
      (*slot)->values ? listNode(text, (*slot)->text) : valueNode(text, (*slot)->text);
  if ((*slot)->assign(reader, node)) return std::nullopt;
  return Error{Error::Kind::Config, reader.problem().path, reader.problem().what};
}

template <class S>
void collectChanges(const S& a, const S& b, const std::string& path,
                    std::vector<std::string>& out) {
  eachKey<S>([&](const auto& key) {
    using K = std::decay_t<decltype(key)>;
    const auto &before = a.*key.field, &after = b.*key.field;
    const std::string here = below(path, key.name);
    if constexpr (kIsGroup<K>) {
      collectChanges(before, after, here, out);
    } else if constexpr (kIsList<K>) {
      if (before.size() != after.size()) {
        out.push_back(here);  // entries have no fellow to compare with
        return;
      }
      for (std::size_t i = 0; i < before.size(); ++i)
        collectChanges(before[i], after[i], below(here, i), out);
    } else if (before != after) {
      out.push_back(here);
    }
  });
}

// Of convolutional layers whose units nobody set.
void fitUnitsNotSet(const ExperimentSpec& before, ExperimentSpec& changed) {
  NetworkSpec fitting = changed.network;
  fitUnits(fitting);
  const auto& layers = before.network.layers;
  for (std::size_t l = 0; l < fitting.layers.size(); ++l)
    if (l >= layers.size() || changed.network.layers[l].units == layers[l].units)
      changed.network.layers[l].units = fitting.layers[l].units;
}

}  // namespace

Result<ExperimentSpec> setKeys(const ExperimentSpec& spec,
                               const std::vector<std::string>& assignments) {
  ExperimentSpec changed = spec;
  for (const auto& assignment : assignments) {
    if (auto refused = assign(changed, assignment)) return *std::move(refused);
  }
  fitUnitsNotSet(spec, changed);
  if (auto refused = checkExperiment(changed)) return *std::move(refused);
  return changed;
}

Result<ExperimentSpec> setKey(const ExperimentSpec& spec, std::string_view assignment) {
  return setKeys(spec, {std::string(assignment)});
}

std::vector<std::string> changedKeys(const ExperimentSpec& a, const ExperimentSpec& b) {
  std::vector<std::string> out;
  collectChanges(a, b, "", out);
  return out;
}

}  // namespace dentate::spec
