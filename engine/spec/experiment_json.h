// Experiment files: strict JSON in both directions.
//
// Refused, with file, line, key path, expectation and the nearest known key: an unknown key, a key
// given twice, a wrong type, a value out of range, a network that is no valid graph. A key left out
// takes its default, but the units of a convolutional layer, which follow. Writing gives every key,
// those of k and of convolution where they are not at their default; reading what was written gives the same value, bit
// for bit. Comments (// and /* */) are read over.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/spec/experiment.h"
#include "engine/spec/result.h"

namespace dentate::spec {

// `origin` names the text in errors: a path, or "the editor".
Result<ExperimentSpec> parseExperiment(std::string_view text, std::string_view origin);
Result<ExperimentSpec> loadExperiment(const std::filesystem::path& file);
// One that is still being edited: its keys and values are checked, not whether it can run.
Result<ExperimentSpec> loadUnfinished(const std::filesystem::path& file);

// Two-space indented, every key, final newline.
[[nodiscard]] std::string writeExperiment(const ExperimentSpec& spec);

// "key=value" of --set and of the Experiment panel. `key` is a path ("rule.alpha0",
// "network.layers[1].units", "network.layers.h1.units", "network.paths.h1:h2.alpha0") or a last
// part that names one key alone ("alpha0", "h1.units"). The value is JSON; text needs no quotes, and
// a list of plain values no brackets ("replicas.conditions=s,lr").
// Same checks and messages as a file.
Result<ExperimentSpec> setKey(const ExperimentSpec& spec, std::string_view assignment);
// Several, from first to last; the experiment as a whole is checked once, after the last.
Result<ExperimentSpec> setKeys(const ExperimentSpec& spec,
                               const std::vector<std::string>& assignments);

// Key paths ("rule.alpha0") whose values differ, in the order of the file.
[[nodiscard]] std::vector<std::string> changedKeys(const ExperimentSpec& a,
                                                   const ExperimentSpec& b);

// JSON Schema (draft 2020-12) of an experiment file, for editors.
[[nodiscard]] std::string experimentSchema();

}  // namespace dentate::spec
