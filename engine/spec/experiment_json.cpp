#include "engine/spec/experiment_json.h"

#include <algorithm>
#include <fstream>
#include <system_error>

#include "engine/spec/graph.h"
#include "engine/spec/rare_keys.h"
#include "engine/spec/read.h"
#include "engine/spec/shape.h"

namespace dentate::spec {
namespace {

std::string placeIn(std::string_view origin, int line, std::string_view path) {
  std::string where(origin);
  if (line > 0) where += ":" + std::to_string(line);
  if (!path.empty() && !where.empty()) where += ": ";
  return where.append(path);
}

Error configError(std::string_view origin, const JsonProblem& problem) {
  return {Error::Kind::Config, placeIn(origin, problem.line, problem.path), problem.what};
}

template <class S, class Key>
bool isLeftOut(const S& spec, const Key& key) {
  static const S kDefault{};
  const auto& rare = kWrittenWhereSet<S>;
  return std::ranges::find(rare, key.name) != rare.end() && spec.*key.field == kDefault.*key.field;
}

// An object over several lines, its lists with one entry a line.
template <class S>
void writeObject(const S& spec, const std::string& indent, std::string& out);

// An entry of a list, on one line.
template <class S>
void writeEntry(const S& spec, std::string& out) {
  const char* between = "{";
  eachKey<S>([&](const auto& key) {
    if (isLeftOut(spec, key)) return;
    out += between + jsonString(key.name) + ": " + key.written(spec.*key.field);
    between = ", ";
  });
  out += "}";
}

template <class T>
void writeList(const std::vector<T>& entries, const std::string& indent, std::string& out) {
  const char* between = "[\n";
  for (const auto& entry : entries) {
    out += between + indent + "  ";
    writeEntry(entry, out);
    between = ",\n";
  }
  out += entries.empty() ? "[]" : "\n" + indent + "]";
}

template <class S>
void writeObject(const S& spec, const std::string& indent, std::string& out) {
  const std::string inner = indent + "  ";
  const char* between = "{\n";
  eachKey<S>([&](const auto& key) {
    using K = std::decay_t<decltype(key)>;
    if (isLeftOut(spec, key)) return;
    out += between + inner + jsonString(key.name) + ": ";
    between = ",\n";
    const auto& value = spec.*key.field;
    if constexpr (kIsGroup<K>) {
      writeObject(value, inner, out);
    } else if constexpr (kIsList<K>) {
      writeList(value, inner, out);
    } else {
      out += key.written(value);
    }
  });
  out += "\n" + indent + "}";
}

}  // namespace

std::string unknownKey(std::string_view name, const std::vector<std::string>& here) {
  std::vector<std::string> everywhere;
  pathsOf<ExperimentSpec>("", everywhere);
  for (const auto& path : everywhere) {  // the right key in the wrong place
    if (path.size() > name.size() && path.ends_with("." + std::string(name)))
      return "unknown key here; did you mean " + inQuotes(path) + "?";
  }
  if (const auto close = nearest(name, here))
    return "unknown key; did you mean " + inQuotes(*close) + "?";
  std::vector<std::string> words;
  words.reserve(here.size());
  for (const auto& word : here) words.push_back(inQuotes(word));
  return "unknown key; known here are " + listed(words, "and");
}

namespace {

enum class Check { Keys, Whole };

// The child of an object; null where there is none.
const JsonNode* childOf(const JsonNode* node, std::string_view key) {
  if (!node) return nullptr;
  const auto found = std::ranges::find(node->children, key, &JsonNode::key);
  return found == node->children.end() ? nullptr : &*found;
}

// What the text gives is checked, what it leaves out follows.
void fitUnitsNotGiven(const JsonNode& root, NetworkSpec& network) {
  NetworkSpec fitting = network;
  fitUnits(fitting);
  const auto* const layers = childOf(childOf(&root, "network"), "layers");
  for (std::size_t l = 0; l < network.layers.size(); ++l)
    if (!childOf(&layers->children[l], "units")) network.layers[l].units = fitting.layers[l].units;
}

Result<ExperimentSpec> parse(std::string_view text, std::string_view origin, Check check) {
  const auto parsed = parseJson(text);
  if (const auto* problem = std::get_if<JsonProblem>(&parsed)) return configError(origin, *problem);
  const auto& root = std::get<JsonNode>(parsed);

  Reader reader;
  ExperimentSpec spec;
  if (!reader.object(root, "", spec)) return configError(origin, reader.problem());
  fitUnitsNotGiven(root, spec.network);
  if (check == Check::Keys) return spec;
  if (auto refused = checkExperiment(spec)) {
    refused->where = placeIn(origin, lineOf(root, refused->where), refused->where);
    return *std::move(refused);
  }
  return spec;
}

Result<ExperimentSpec> load(const std::filesystem::path& file, Check check) {
  const auto fail = [&](const char* what) { return Error{Error::Kind::Io, file.string(), what}; };
  std::error_code failed;
  const auto status = std::filesystem::status(file, failed);
  if (status.type() == std::filesystem::file_type::not_found) return fail("no such file");
  if (std::filesystem::is_directory(status)) return fail("expected a file, found a folder");
  std::ifstream in(file, std::ios::binary);
  std::string text(kLargestText + 1, '\0');  // one more than allowed, to tell that it is too large
  if (in) in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!in && !in.eof()) return fail("cannot be read");
  text.resize(static_cast<std::size_t>(in.gcount()));
  return parse(text, file.string(), check);
}

}  // namespace

Result<ExperimentSpec> parseExperiment(std::string_view text, std::string_view origin) {
  return parse(text, origin, Check::Whole);
}

Result<ExperimentSpec> loadExperiment(const std::filesystem::path& file) {
  return load(file, Check::Whole);
}

Result<ExperimentSpec> loadUnfinished(const std::filesystem::path& file) {
  return load(file, Check::Keys);
}

std::string writeExperiment(const ExperimentSpec& spec) {
  std::string out;
  writeObject(spec, "", out);
  return out + "\n";
}

}  // namespace dentate::spec
