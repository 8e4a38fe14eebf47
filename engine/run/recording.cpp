#include "engine/run/recording.h"

#include <cmath>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "engine/spec/templates.h"

namespace dentate::run {
namespace {

using nlohmann::json;
using spec::Error;
using std::to_string;

constexpr std::int64_t kMaxUnits = 100'000;
constexpr std::uintmax_t kMaxBytes = 512U << 20U;

// Thrown inside this file only; parseRecording turns it into a value.
struct Refused {
  std::string key, why;
};

const json& at(const json& in, const std::string& key, const std::string& place) {
  if (!in.is_object() || !in.contains(key)) throw Refused{place + key, "this key is missing"};
  return in.at(key);
}

double number(const json& value, const std::string& place) {
  if (!value.is_number() || !std::isfinite(value.get<double>()))
    throw Refused{place, "expected a finite number, got " + value.dump().substr(0, 40)};
  return value.get<double>();
}

std::int64_t whole(const json& value, const std::string& place, std::int64_t low,
                   std::int64_t high) {
  if (!value.is_number_integer() || value.get<double>() < static_cast<double>(low) ||
      value.get<double>() > static_cast<double>(high))
    throw Refused{place, "expected a whole number from " + to_string(low) + " to " +
                             to_string(high) + ", got " + value.dump().substr(0, 40)};
  return value.get<std::int64_t>();
}

bool isNothing(const json& value) { return value.is_null() || (value.is_array() && value.empty()); }

bool flag(const json& value, const std::string& place) {
  if (!value.is_boolean())
    throw Refused{place, "expected true or false, got " + value.dump().substr(0, 40)};
  return value.get<bool>();
}

const json& list(const json& value, const std::string& place,
                 std::optional<std::size_t> length = {}) {
  if (!value.is_array()) throw Refused{place, "expected a list"};
  if (length && value.size() != *length)
    throw Refused{place,
                  "expected " + to_string(*length) + " values, got " + to_string(value.size())};
  return value;
}

template <class T>
std::vector<T> numbers(const json& value, const std::string& place,
                       std::optional<std::size_t> length = {}) {
  std::vector<T> out;
  for (const auto& each : list(value, place, length)) {
    const auto here = place + "[" + to_string(out.size()) + "]";
    out.push_back(static_cast<T>(number(each, here)));
    if (!std::isfinite(out.back()))
      throw Refused{here, "expected a number that single precision holds, got " + each.dump()};
  }
  return out;
}

// Of a quantity that the condition does not learn, whatever stands there is passed over.
std::vector<double> learned(bool is_learned, const json& in, const std::string& key,
                            const std::string& place, std::size_t length) {
  if (!is_learned) return {};
  return numbers<double>(at(in, key, place), place + key, length);
}

std::vector<std::int32_t> labels(const json& value, const std::string& place, std::int64_t count,
                                 std::int64_t classes) {
  std::vector<std::int32_t> out;
  for (const auto& each : list(value, place, static_cast<std::size_t>(count)))
    out.push_back(static_cast<std::int32_t>(whole(each, place, 0, classes - 1)));
  return out;
}

class Reader {
 public:
  explicit Reader(const json& root) : root_(root) {}

  Recording read() {
    if (root_.contains("name") && root_.at("name").is_string()) made_.name = root_.at("name");
    readConfig();
    readNetwork();
    readWeights();
    const auto& steps = list(at(root_, "steps", ""), "steps");
    for (std::size_t i = 0; i < steps.size(); ++i)
      made_.steps.push_back(readStep(steps[i], "steps[" + to_string(i) + "]."));
    if (made_.steps.empty()) throw Refused{"steps", "expected at least one meta-step"};
    const auto& heads =
        list(at(root_, "final_weights_head", ""), "final_weights_head", made_.weights.size());
    for (const auto& head : heads)
      made_.final_weights_head.push_back(numbers<double>(head, "final_weights_head"));
    for (std::size_t p = 0; p < made_.weights.size(); ++p)
      if (heads[p].empty() || heads[p].size() > made_.weights[p].size())
        throw Refused{"final_weights_head[" + to_string(p) + "]",
                      "expected at least one value and no more than the matrix has"};
    readProbes();
    return std::move(made_);
  }

 private:
  void readConfig() {
    const auto& config = at(root_, "config", "");
    const auto key = [&](const char* name) -> const json& { return at(config, name, "config."); };
    auto& rule = made_.rule;
    inputs_ = whole(key("inputs"), "config.inputs", 1, kMaxUnits);
    categories_ = whole(key("categories"), "config.categories", 1, kMaxUnits);
    items_ = whole(key("items"), "config.items", 0, kMaxUnits);
    units_ = whole(key("hidden_units"), "config.hidden_units", 1, kMaxUnits / 5);
    layers_ = whole(key("hidden_layers"), "config.hidden_layers", 1, 1000);
    two_path_ = flag(key("two_path"), "config.two_path");
    rule.condition = readCondition(key("condition"));
    rule.alpha0 = number(key("alpha_init"), "config.alpha_init");
    if (spec::learnsAlpha(rule.condition))
      rule.alpha_lr = number(key("alpha_lr"), "config.alpha_lr");
    if (spec::learnsM(rule.condition)) {
      rule.m0 = number(key("inhibition_init"), "config.inhibition_init");
      rule.m_lr = number(key("inhibition_lr"), "config.inhibition_lr");
    }
    rule.order = flag(key("second_order"), "config.second_order") ? 2 : 1;
    if (flag(key("sync_update"), "config.sync_update")) {
      rule.update = spec::Update::Synchronous;
      rule.weight_lr = number(key("weight_lr"), "config.weight_lr");
    }
    rule.clip_norm = number(key("clip_norm"), "config.clip_norm");
    rule.k_fraction = number(key("k_fraction"), "config.k_fraction");
    if (rule.clip_norm <= 0) throw Refused{"config.clip_norm", "expected a number above 0"};
    if (rule.k_fraction <= 0 || rule.k_fraction > 1)
      throw Refused{"config.k_fraction", "expected a number above 0, at most 1"};
    made_.normalise_input = flag(key("normalize_inputs"), "config.normalize_inputs");
    if (flag(key("bias"), "config.bias"))
      throw Refused{"config.bias",
                    "networks with biases are not part of the model; expected false"};
  }

  static spec::Condition readCondition(const json& value) {
    const auto is = [&](const char* name) { return value.is_string() && value == name; };
    if (is("baseline") || is("base")) return spec::Condition::Baseline;
    if (is("s")) return spec::Condition::S;
    if (is("lr")) return spec::Condition::Lr;
    if (is("s+lr")) return spec::Condition::SLr;
    throw Refused{"config.condition",
                  "expected baseline, s, lr or s+lr, got " + value.dump().substr(0, 40)};
  }

  // The files say how many matrices there are; of a two-path network that, and not hidden_layers,
  // tells the number of plain layers (hidden_layers counts the split as one more layer).
  void readNetwork() {
    const auto matrices =
        static_cast<std::int64_t>(list(at(root_, "weights", ""), "weights").size());
    std::int64_t plain = layers_;
    if (two_path_) {
      plain = matrices - (items_ > 0 ? 6 : 4);
      if (plain < 1 || (plain != layers_ && plain != layers_ - 1))
        throw Refused{"weights", "expected the matrices of a two-path network of " +
                                     to_string(layers_) + " hidden layers, got " +
                                     to_string(matrices)};
      made_.network = spec::splitNetwork(inputs_, plain, units_, categories_, items_);
    } else {
      made_.network = spec::layeredNetwork(inputs_, plain, units_, categories_);
      if (items_ > 0) addItemHead();
      if (matrices != static_cast<std::int64_t>(made_.network.paths.size()))
        throw Refused{"weights", "expected " + to_string(made_.network.paths.size()) +
                                     " matrices, got " + to_string(matrices)};
    }
    for (std::size_t l = 0; l < made_.network.layers.size(); ++l)
      if (made_.network.layers[l].role == spec::LayerRole::Hidden) made_.hidden.push_back(l);
  }

  void addItemHead() {
    auto& network = made_.network;
    spec::LayerSpec head;
    head.name = "item";
    head.role = spec::LayerRole::Item;
    head.units = items_;
    spec::PathSpec path;
    path.from = network.paths.back().from;
    path.to = head.name;
    network.layers.push_back(std::move(head));
    network.paths.push_back(std::move(path));
  }

  void readWeights() {
    const auto& matrices = root_.at("weights");
    for (std::size_t p = 0; p < matrices.size(); ++p) {
      const std::string place = "weights[" + to_string(p) + "].";
      const auto shape = labels(at(matrices[p], "shape", place), place + "shape", 2, kMaxUnits + 1);
      const auto units = unitsOf(made_.network.paths[p].to);
      const auto sources = unitsOf(made_.network.paths[p].from);
      if (shape[0] != units || shape[1] != sources)
        throw Refused{place + "shape", "expected [" + to_string(units) + ", " + to_string(sources) +
                                           "] for the path from " + made_.network.paths[p].from +
                                           " to " + made_.network.paths[p].to};
      made_.weights.push_back(numbers<float>(at(matrices[p], "values", place), place + "values",
                                             static_cast<std::size_t>(units * sources)));
    }
  }

  [[nodiscard]] std::int64_t unitsOf(const std::string& layer) const {
    for (const auto& each : made_.network.layers)
      if (each.name == layer) return each.units;
    return 0;
  }

  // null where a meta-step replayed nothing.
  RecordedSamples readSamples(const json& in, const std::string& place, bool may_be_empty) {
    if (may_be_empty && (in.is_null() || isNothing(at(in, "category", place)))) return {};
    RecordedSamples out;
    out.count =
        static_cast<std::int64_t>(list(at(in, "category", place), place + "category").size());
    if (out.count == 0 && !may_be_empty) throw Refused{place + "category", "expected a sample"};
    out.category = labels(in.at("category"), place + "category", out.count, categories_);
    out.x = numbers<float>(at(in, "x", place), place + "x",
                           static_cast<std::size_t>(out.count * inputs_));
    if (items_ > 0) out.item = labels(at(in, "item", place), place + "item", out.count, items_);
    return out;
  }

  RecordedStep readStep(const json& in, const std::string& place) {
    const std::size_t paths = made_.network.paths.size();
    RecordedStep out;
    out.batch = readSamples(at(in, "batch", place), place + "batch.", false);
    out.replay = readSamples(at(in, "replay", place), place + "replay.", true);
    out.meta_loss = number(at(in, "meta_loss", place), place + "meta_loss");
    const auto byPath = [&](const char* key) {
      return numbers<double>(at(in, key, place), place + key, paths);
    };
    out.weight_grad_norms = byPath("weight_grad_norms");
    out.weight_norms = byPath("weight_norms");
    out.alpha = byPath("alpha");
    const bool m_learned = spec::learnsM(made_.rule.condition);
    const auto hidden = made_.hidden.size();
    out.alpha_grad =
        learned(spec::learnsAlpha(made_.rule.condition), in, "alpha_grad", place, paths);
    out.inhibition = learned(m_learned, in, "inhibition", place, hidden);
    out.inhibition_grad = learned(m_learned, in, "inhibition_grad", place, hidden);
    return out;
  }

  void readProbes() {
    made_.probe_x = numbers<float>(at(root_, "probe_x", ""), "probe_x");
    const auto count = static_cast<std::int64_t>(made_.probe_x.size()) / inputs_;
    if (count < 1 || count * inputs_ != static_cast<std::int64_t>(made_.probe_x.size()))
      throw Refused{"probe_x", "expected whole stimuli of " + to_string(inputs_) + " values, got " +
                                   to_string(made_.probe_x.size()) + " values"};
    made_.probe_count = count;
    const auto& probe = at(root_, "probe", "");
    made_.probes.push_back(readProbe(probe, spec::Pathway::None, "", count));
    if (!two_path_) return;
    made_.probes.push_back(readProbe(probe, spec::Pathway::Large, "_lesion_large", count));
    made_.probes.push_back(readProbe(probe, spec::Pathway::Small, "_lesion_small", count));
  }

  RecordedProbe readProbe(const json& in, spec::Pathway lesion, const std::string& suffix,
                          std::int64_t count) {
    RecordedProbe out{lesion, {}, {}, {}};
    const auto logits = [&](const std::string& head, std::int64_t units) {
      return numbers<double>(at(in, head + suffix, "probe."), "probe." + head + suffix,
                             static_cast<std::size_t>(count * units));
    };
    out.category = logits("category", categories_);
    if (items_ > 0) out.item = logits("item", items_);
    const auto active = "proportion_active" + suffix;
    if (in.contains(active) || !two_path_)
      out.proportion_active =
          numbers<double>(at(in, active, "probe."), "probe." + active, made_.hidden.size());
    return out;
  }

  const json& root_;
  Recording made_;
  std::int64_t inputs_ = 0, categories_ = 0, items_ = 0, units_ = 0, layers_ = 0;
  bool two_path_ = false;
};

}  // namespace

spec::Result<Recording> parseRecording(std::string_view text, std::string_view origin) {
  const auto fail = [&](const std::string& key, std::string why) {
    return Error{Error::Kind::Recording, std::string(origin) + (key.empty() ? "" : ": " + key),
                 std::move(why)};
  };
  const json root = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (root.is_discarded()) return fail("", "not valid JSON; is the file cut off?");
  if (!root.is_object()) return fail("", "expected one JSON object");
  try {
    return Reader(root).read();
  } catch (const Refused& refused) {
    return fail(refused.key, refused.why);
  }
}

spec::Result<Recording> loadRecording(const std::filesystem::path& file) {
  std::error_code bad;
  const auto size = std::filesystem::file_size(file, bad);
  if (bad) return Error{Error::Kind::Io, file.string(), "cannot be read: " + bad.message()};
  if (size > kMaxBytes)
    return Error{Error::Kind::Recording, file.string(), "expected at most 512 MB"};
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in.good() && !in.eof()) return Error{Error::Kind::Io, file.string(), "cannot be read"};
  return parseRecording(text, file.string());
}

}  // namespace dentate::run
