#include "engine/spec/json_text.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "engine/spec/words.h"

namespace dentate::spec {
namespace {

using Kind = JsonNode::Kind;
constexpr std::size_t kDeepest = 64;
constexpr std::size_t kMostValues = 200'000;

// The line that the parser has read up to.
struct Cursor {
  int line = 1;
  bool at_break = false;  // the last character read was the end of `line` - 1
  // A number and some errors are known only after the character behind them, so a line break that
  // was just read does not count.
  [[nodiscard]] int current() const { return at_break ? line - 1 : line; }
};

// Walks over the text for nlohmann's parser and moves the cursor along.
class LineIterator {
 public:
  // NOLINTBEGIN(readability-identifier-naming): the standard's names
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;
  // NOLINTEND(readability-identifier-naming)

  LineIterator(const char* at, Cursor* cursor) : at_(at), cursor_(cursor) {}
  reference operator*() const { return *at_; }
  LineIterator& operator++() {
    cursor_->at_break = *at_ == '\n';
    if (cursor_->at_break) ++cursor_->line;
    ++at_;
    return *this;
  }
  LineIterator operator++(int) {
    const LineIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const LineIterator& other) const { return at_ == other.at_; }
  bool operator!=(const LineIterator& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  Cursor* cursor_;
};

// nlohmann's "parse error at line 1, column 5: syntax error while parsing value - invalid literal;
// last read: '{"a": x'; expected '}'" without its place and the text read, which may be anything.
std::string plainReason(const std::string& message) {
  const auto begin = message.find("syntax error");
  std::string reason = begin == std::string::npos ? message : message.substr(begin);
  const auto read = reason.find("; last read: '");
  if (read == std::string::npos) return reason;
  const auto expected = reason.rfind("; expected ");
  const bool tail = expected != std::string::npos && expected > read;
  return reason.substr(0, read) + (tail ? reason.substr(expected) : "");
}

// Takes the parser's events; each says whether to go on.
class TreeBuilder {
 public:
  explicit TreeBuilder(const Cursor& cursor) : cursor_(cursor) {}

  // NOLINTBEGIN(readability-identifier-naming): nlohmann's names
  bool null() { return leaf(Kind::Null); }
  bool boolean(bool truth) {
    if (!leaf(Kind::Bool)) return false;
    last_->truth = truth;
    return true;
  }
  bool number_integer(std::int64_t whole) {
    if (!leaf(Kind::Whole)) return false;
    last_->whole = whole;
    last_->real = static_cast<double>(whole);
    last_->text = std::to_string(whole);
    return true;
  }
  bool number_unsigned(std::uint64_t whole) {
    constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (whole <= kMost) return number_integer(static_cast<std::int64_t>(whole));
    return number_float(static_cast<double>(whole), std::to_string(whole));
  }
  bool number_float(double real, const std::string& written) {
    if (!leaf(Kind::Real)) return false;
    last_->real = real;
    last_->text = written;
    return true;
  }
  bool string(std::string& text) {
    if (!leaf(Kind::Text)) return false;
    last_->text = std::move(text);
    return true;
  }
  bool binary(const nlohmann::json::binary_t& /*bytes*/) { return fail("binary data"); }
  bool start_object(std::size_t /*size*/) { return open(Kind::Object); }
  bool start_array(std::size_t /*size*/) { return open(Kind::List); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(std::string& name) {
    key_ = std::move(name);
    key_line_ = cursor_.current();
    if (keys_.back().insert(key_).second) return true;
    problem_ = {key_line_, below(path(), key_), "key given twice"};
    return false;
  }
  bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                   const nlohmann::json::exception& error) {
    constexpr int kNumberTooLarge = 406;
    if (error.id == kNumberTooLarge) return fail("expected a finite number");
    return fail("cannot be read as JSON: " + plainReason(error.what()));
  }
  // NOLINTEND(readability-identifier-naming)

  [[nodiscard]] JsonNode takeRoot() { return std::move(root_); }
  [[nodiscard]] const JsonProblem& problem() const { return problem_; }

 private:
  bool fail(std::string what) {
    const bool in_object = !open_.empty() && open_.back()->kind == Kind::Object && !key_.empty();
    problem_ = {cursor_.current(), in_object ? below(path(), key_) : path(), std::move(what)};
    return false;
  }

  bool leaf(Kind kind) {
    if (++values_ > kMostValues)
      return fail("expected at most " + grouped(kMostValues) + " values in one file");
    if (open_.empty()) {
      last_ = &root_;
    } else {
      last_ = &open_.back()->children.emplace_back();
      if (open_.back()->kind == Kind::Object) {
        last_->key = std::move(key_);
        last_->key_line = key_line_;
      }
    }
    key_.clear();
    last_->kind = kind;
    last_->line = cursor_.current();
    return true;
  }

  bool open(Kind kind) {
    if (open_.size() >= kDeepest) {
      const std::string most = std::to_string(kDeepest);
      problem_ = {cursor_.current(), "", "expected at most " + most + " levels of brackets"};
      return false;
    }
    if (!leaf(kind)) return false;
    open_.push_back(last_);  // stays where it is: its parent gets no other child while it is open
    keys_.emplace_back();
    return true;
  }

  bool close() {
    open_.pop_back();
    keys_.pop_back();
    key_.clear();
    return true;
  }

  // Key path of the innermost open value.
  [[nodiscard]] std::string path() const {
    std::string out;
    for (std::size_t i = 1; i < open_.size(); ++i) {
      const auto& parent = *open_[i - 1];
      out = parent.kind == Kind::List ? below(out, parent.children.size() - 1)
                                      : below(out, open_[i]->key);
    }
    return out;
  }

  const Cursor& cursor_;
  JsonNode root_;
  JsonNode* last_ = nullptr;
  std::vector<JsonNode*> open_;              // from the root inwards
  std::vector<std::set<std::string>> keys_;  // of each open value, to find duplicates
  std::string key_;                          // given, its value not yet
  int key_line_ = 0;
  std::size_t values_ = 0;
  JsonProblem problem_;
};

int lineAt(std::string_view text, std::size_t offset) {
  return 1 + static_cast<int>(std::count(text.begin(),
                                         text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

// The child that `path` goes on with, and how many characters of the path name it.
std::pair<const JsonNode*, std::size_t> childOn(const JsonNode& node, std::string_view path) {
  std::pair<const JsonNode*, std::size_t> best{nullptr, 0};
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const auto& child = node.children[i];
    const std::string step = node.kind == Kind::List ? below("", i) : child.key;
    if (step.size() <= best.second || path.substr(0, step.size()) != step) continue;
    const auto next = path.substr(step.size(), 1);
    if (next.empty() || next == "." || next == "[") best = {&child, step.size()};
  }
  return best;
}

}  // namespace

std::variant<JsonNode, JsonProblem> parseJson(std::string_view text) {
  if (text.size() > kLargestText) return JsonProblem{0, "", "expected at most 16 MB of text"};
  if (const auto bad = firstBadByte(text)) {
    const char* what = text[*bad] == '\0' ? "expected text, found a NUL byte"
                                          : "expected UTF-8 text, found a byte that is none";
    return JsonProblem{lineAt(text, *bad), "", what};
  }
  Cursor cursor;
  TreeBuilder builder(cursor);
  const LineIterator begin(text.data(), &cursor), end(text.data() + text.size(), &cursor);
  const bool whole =
      nlohmann::json::sax_parse(begin, end, &builder, nlohmann::json::input_format_t::json,
                                /*strict=*/true, /*ignore_comments=*/true);
  if (!whole) return builder.problem();
  return builder.takeRoot();
}

int lineOf(const JsonNode& root, std::string_view path) {
  const JsonNode* node = &root;
  for (;;) {
    if (!path.empty() && path.front() == '.') path.remove_prefix(1);
    const auto [child, used] = childOn(*node, path);
    if (child == nullptr) return node->key_line > 0 ? node->key_line : node->line;
    path.remove_prefix(used);
    node = child;
  }
}

std::string shown(const JsonNode& node) {
  switch (node.kind) {
    case Kind::Null:
      return "null";
    case Kind::Bool:
      return node.truth ? "true" : "false";
    case Kind::Whole:
    case Kind::Real:
      return node.text.size() <= 40 ? node.text : node.text.substr(0, 40) + "…";
    case Kind::Text:
      return inQuotes(node.text);
    case Kind::List:
      return "a list";
    case Kind::Object:
      return "an object";
  }
  return "?";
}

std::string below(std::string_view path, std::string_view key) {
  constexpr std::size_t kShownKey = 60;
  std::string out(path);
  if (!out.empty()) out += '.';
  if (key.size() <= kShownKey) return out.append(key);
  const std::string cut = inQuotes(key);
  return out + cut.substr(1, cut.size() - 2);
}

std::string below(std::string_view path, std::size_t index) {
  return std::string(path) + "[" + std::to_string(index) + "]";
}

}  // namespace dentate::spec
