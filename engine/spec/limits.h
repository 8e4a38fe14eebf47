// What may stand at a key of an experiment file, in words; from the schema.
#pragma once
#include <string>
#include <string_view>

namespace dentate::spec {

// "a whole number from 1 to 1,000" for "rule.batch"; empty where no such key holds a single value.
[[nodiscard]] std::string limitsOf(std::string_view key);

}  // namespace dentate::spec
