// Fields of a JSON value that comes from outside, read one by one. A field that is missing, of
// another type or out of its range spoils all that is read from the same value. Internal to
// engine/run.
#pragma once
#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace dentate::run {

class Fields {
 public:
  // `good` becomes false where something is wrong; both outlive this.
  Fields(const nlohmann::json& of, bool& good) : of_(&of), good_(&good) { require(of.is_object()); }

  [[nodiscard]] bool has(const char* key) const { return of_->contains(key); }
  [[nodiscard]] Fields object(const char* key) const { return {value(key), *good_}; }
  [[nodiscard]] std::vector<Fields> objects(const char* key) const {
    std::vector<Fields> all;
    for (const auto& each : array(key)) all.emplace_back(each, *good_);
    return all;
  }

  [[nodiscard]] std::int64_t whole(const char* key, std::int64_t least, std::int64_t most) const {
    const auto& held = value(key);
    require(held.is_number_integer());
    const auto number = held.is_number_integer() ? held.get<std::int64_t>() : least;
    require(number >= least && number <= most);
    return std::clamp(number, least, most);
  }
  [[nodiscard]] std::size_t index(const char* key, std::size_t end) const {
    require(end > 0);
    return static_cast<std::size_t>(
        whole(key, 0, end > 0 ? static_cast<std::int64_t>(end) - 1 : 0));
  }
  [[nodiscard]] double number(const char* key) const { return numberOf(value(key)); }
  [[nodiscard]] bool flag(const char* key) const {
    const auto& held = value(key);
    require(held.is_boolean());
    return held.is_boolean() && held.get<bool>();
  }
  [[nodiscard]] std::string text(const char* key) const {
    const auto& held = value(key);
    require(held.is_string());
    return held.is_string() ? held.get<std::string>() : std::string();
  }
  [[nodiscard]] std::vector<double> numbers(const char* key) const {
    std::vector<double> all;
    for (const auto& each : array(key)) all.push_back(numberOf(each));
    return all;
  }
  // As many as `count`, or none.
  [[nodiscard]] std::vector<double> numbers(const char* key, std::size_t count) const {
    auto all = numbers(key);
    require(all.empty() || all.size() == count);
    return all;
  }
  [[nodiscard]] const std::vector<std::uint8_t>& bytes(const char* key) const {
    return bytesOf(value(key));
  }
  [[nodiscard]] std::vector<std::vector<std::uint8_t>> manyBytes(const char* key) const {
    std::vector<std::vector<std::uint8_t>> all;
    for (const auto& each : array(key)) all.push_back(bytesOf(each));
    return all;
  }
  void require(bool holds) const { *good_ = *good_ && holds; }

 private:
  [[nodiscard]] const nlohmann::json& value(const char* key) const {
    static const nlohmann::json kNothing;
    const auto found = of_->find(key);
    require(found != of_->end());
    return found != of_->end() ? *found : kNothing;
  }
  [[nodiscard]] const nlohmann::json& array(const char* key) const {
    static const nlohmann::json kNone = nlohmann::json::array();
    const auto& held = value(key);
    require(held.is_array());
    return held.is_array() ? held : kNone;
  }
  [[nodiscard]] double numberOf(const nlohmann::json& held) const {
    require(held.is_number());
    return held.is_number() ? held.get<double>() : 0;
  }
  [[nodiscard]] const std::vector<std::uint8_t>& bytesOf(const nlohmann::json& held) const {
    static const std::vector<std::uint8_t> kNone;
    require(held.is_binary());
    return held.is_binary() ? held.get_binary() : kNone;
  }

  const nlohmann::json* of_;
  bool* good_;
};

}  // namespace dentate::run
