#include <nlohmann/json.hpp>

#include "engine/spec/experiment_json.h"
#include "engine/spec/keys.h"

namespace dentate::spec {
namespace {

using Json = nlohmann::ordered_json;

template <class S>
Json typeOf(const Whole<S>& key) {
  return {{"type", "integer"}, {"minimum", key.low}, {"maximum", key.high}};
}

template <class S, class V>
Json typeOf(const Real<S, V>& key) {
  Json out;
  out["type"] = key.kNullable ? Json{"number", "null"} : Json("number");
  out[key.low_end == Low::Included ? "minimum" : "exclusiveMinimum"] = key.low;
  out["maximum"] = key.high;
  return out;
}

template <class S>
Json typeOf(const Flag<S>& /*key*/) {
  return {{"type", "boolean"}};
}

template <class S>
Json typeOf(const Text<S>& key) {  // maxLength counts characters, `high` bytes: never stricter
  return {{"type", "string"}, {"minLength", key.low}, {"maxLength", key.high}};
}

template <class S, class E>
Json typeOf(const Choice<S, E>& /*key*/) {
  Json words = Json::array();
  for (const auto& entry : spellings<E>()) words.push_back(entry.text);
  return {{"type", "string"}, {"enum", words}};
}

template <class S, class V, class Leaf>
Json typeOf(const Values<S, V, Leaf>& key) {
  return {{"type", "array"},
          {"maxItems", key.high},
          {"uniqueItems", true},
          {"items", typeOf(key.each)}};
}

template <class S>
Json objectOf() {
  const S defaults;
  Json properties = Json::object(), required = Json::array();
  eachKey<S>([&](const auto& key) {
    using K = std::decay_t<decltype(key)>;
    Json entry;
    if constexpr (kIsGroup<K>) {
      entry = objectOf<typename K::Inner>();
    } else if constexpr (kIsList<K>) {
      entry = {{"type", "array"}, {"maxItems", key.high}, {"items", objectOf<typename K::Inner>()}};
    } else if constexpr (kIsValues<K>) {
      entry = typeOf(key);
      entry["default"] = Json::parse(key.written(defaults.*key.field));
    } else {
      entry = typeOf(key);
      const auto& value = defaults.*key.field;
      if (key.fits(value)) {
        entry["default"] = Json::parse(key.written(value));
      } else {
        required.push_back(key.name);  // the default is not allowed: it stands for "not given"
      }
    }
    entry["description"] = key.about;
    properties[std::string(key.name)] = std::move(entry);
  });
  Json out{{"type", "object"}, {"additionalProperties", false}, {"properties", properties}};
  if (!required.empty()) out["required"] = required;
  return out;
}

}  // namespace

std::string experimentSchema() {
  Json out{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
           {"title", "Dentate experiment"}};
  out.update(objectOf<ExperimentSpec>());
  return out.dump(/*indent=*/2) + "\n";
}

}  // namespace dentate::spec
