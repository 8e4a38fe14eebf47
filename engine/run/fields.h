// Fields of a document that comes from outside, JSON or CBOR (RFC 8949), read one by one. A field
// that is missing, of another type or out of its range spoils the document. Internal to engine/run.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace dentate::run {

class Document;

// An object of a document, which outlives it.
class Fields {
 public:
  [[nodiscard]] bool has(const char* key) const;
  [[nodiscard]] Fields object(const char* key) const;
  [[nodiscard]] std::vector<Fields> objects(const char* key) const;
  // In [least, most].
  [[nodiscard]] std::int64_t whole(const char* key, std::int64_t least, std::int64_t most) const;
  // From 0 to `most`.
  [[nodiscard]] std::vector<std::int64_t> wholes(const char* key, std::int64_t most) const;
  [[nodiscard]] double number(const char* key) const;
  [[nodiscard]] bool flag(const char* key) const;
  [[nodiscard]] std::string text(const char* key) const;
  [[nodiscard]] std::vector<double> numbers(const char* key) const;
  // As many as `count`, or none.
  [[nodiscard]] std::vector<double> numbers(const char* key, std::size_t count) const;
  [[nodiscard]] std::vector<std::uint8_t> bytes(const char* key) const;
  [[nodiscard]] std::vector<std::vector<std::uint8_t>> manyBytes(const char* key) const;
  void require(bool holds) const;

 private:
  friend class Document;
  Fields(const void* json, bool& good);
  const void* json_;  // a value of the JSON library, which stays out of headers
  bool* good_;
};

class Document {
 public:
  static Document ofText(const std::string& text);
  // Refuses what nests deeper, or claims to have more entries, than any of ours.
  static Document ofBytes(std::span<const std::uint8_t> bytes);

  [[nodiscard]] Fields root() { return {json_.get(), good_}; }
  [[nodiscard]] bool good() const { return good_; }

 private:
  explicit Document(std::shared_ptr<const void> json, bool good)
      : json_(std::move(json)), good_(good) {}
  std::shared_ptr<const void> json_;
  bool good_;
};

}  // namespace dentate::run
