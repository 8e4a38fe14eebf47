#include "engine/run/fields.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace dentate::run {
namespace {

using nlohmann::json;

// Reading what goes beyond these bounds would take memory without end.
class Bounds : public nlohmann::json_sax<json> {
 public:
  explicit Bounds(std::size_t bytes) : bytes_(bytes) {}
  bool null() override { return true; }
  bool boolean(bool /*value*/) override { return true; }
  bool number_integer(number_integer_t /*value*/) override { return true; }
  bool number_unsigned(number_unsigned_t /*value*/) override { return true; }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return true; }
  bool string(string_t& /*value*/) override { return true; }
  bool binary(binary_t& /*value*/) override { return true; }
  bool start_object(std::size_t entries) override { return enter(entries); }
  bool key(string_t& /*value*/) override { return true; }
  bool end_object() override { return leave(); }
  bool start_array(std::size_t entries) override { return enter(entries); }
  bool end_array() override { return leave(); }
  bool parse_error(std::size_t /*at*/, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*why*/) override {
    return false;
  }

 private:
  bool enter(std::size_t entries) { return entries <= bytes_ && ++depth_ <= kDeepest; }
  bool leave() { return depth_-- > 0; }

  static constexpr int kDeepest = 8;
  std::size_t bytes_;
  int depth_ = 0;
};

const json& of(const void* value) { return *static_cast<const json*>(value); }

const json& valueOf(const void* object, const char* key) {
  static const json kNothing;
  const auto& held = of(object);
  const auto found = held.find(key);
  return found == held.end() ? kNothing : *found;
}

const json& arrayOf(const void* object, const char* key) {
  static const json kNone = json::array();
  const auto& held = valueOf(object, key);
  return held.is_array() ? held : kNone;
}

}  // namespace

Document Document::ofText(const std::string& text) {
  auto read =
      std::make_shared<const json>(json::parse(text, /*cb=*/nullptr, /*allow_exceptions=*/false));
  const bool good = !read->is_discarded();
  return Document(std::move(read), good);
}

Document Document::ofBytes(std::span<const std::uint8_t> bytes) {
  Bounds bounds(bytes.size());
  if (!json::sax_parse(bytes.begin(), bytes.end(), &bounds, json::input_format_t::cbor))
    return Document(std::make_shared<const json>(), false);
  auto read = std::make_shared<const json>(
      json::from_cbor(bytes.begin(), bytes.end(), /*strict=*/true, /*allow_exceptions=*/false));
  const bool good = !read->is_discarded();
  return Document(std::move(read), good);
}

Fields::Fields(const void* json, bool& good) : json_(json), good_(&good) {
  require(of(json).is_object());
}

void Fields::require(bool holds) const { *good_ = *good_ && holds; }

bool Fields::has(const char* key) const { return of(json_).contains(key); }

Fields Fields::object(const char* key) const { return {&valueOf(json_, key), *good_}; }

std::vector<Fields> Fields::objects(const char* key) const {
  require(valueOf(json_, key).is_array());
  std::vector<Fields> all;
  for (const auto& each : arrayOf(json_, key)) all.push_back(Fields(&each, *good_));
  return all;
}

std::int64_t Fields::whole(const char* key, std::int64_t least, std::int64_t most) const {
  const auto& held = valueOf(json_, key);
  require(held.is_number_integer());
  const auto number = held.is_number_integer() ? held.get<std::int64_t>() : least;
  require(number >= least && number <= most);
  return std::clamp(number, least, most);
}

std::vector<std::int64_t> Fields::wholes(const char* key, std::int64_t most) const {
  require(valueOf(json_, key).is_array());
  std::vector<std::int64_t> all;
  for (const auto& each : arrayOf(json_, key)) {
    const auto number = each.is_number_integer() ? each.get<std::int64_t>() : -1;
    require(number >= 0 && number <= most);
    all.push_back(std::clamp<std::int64_t>(number, 0, most));
  }
  return all;
}

double Fields::number(const char* key) const {
  const auto& held = valueOf(json_, key);
  require(held.is_number());
  return held.is_number() ? held.get<double>() : 0;
}

bool Fields::flag(const char* key) const {
  const auto& held = valueOf(json_, key);
  require(held.is_boolean());
  return held.is_boolean() && held.get<bool>();
}

std::string Fields::text(const char* key) const {
  const auto& held = valueOf(json_, key);
  require(held.is_string());
  return held.is_string() ? held.get<std::string>() : std::string();
}

std::vector<double> Fields::numbers(const char* key) const {
  require(valueOf(json_, key).is_array());
  std::vector<double> all;
  for (const auto& each : arrayOf(json_, key)) {
    require(each.is_number());
    all.push_back(each.is_number() ? each.get<double>() : 0);
  }
  return all;
}

std::vector<double> Fields::numbers(const char* key, std::size_t count) const {
  auto all = numbers(key);
  require(all.empty() || all.size() == count);
  return all;
}

std::vector<std::uint8_t> Fields::bytes(const char* key) const {
  const auto& held = valueOf(json_, key);
  require(held.is_binary());
  if (!held.is_binary()) return {};
  return held.get_binary();
}

std::vector<std::vector<std::uint8_t>> Fields::manyBytes(const char* key) const {
  require(valueOf(json_, key).is_array());
  std::vector<std::vector<std::uint8_t>> all;
  for (const auto& each : arrayOf(json_, key)) {
    require(each.is_binary());
    if (each.is_binary()) all.push_back(each.get_binary());
  }
  return all;
}

}  // namespace dentate::run
