// Recordings of the published program's own meta-steps, read from their JSON files.
//
// A recording holds a small network's initial weights, the samples of every meta-step, and what the
// program measured: the ground truth of engine/net and engine/learn. Everything that comes from the
// file is checked for presence, type, length and finiteness here.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/spec/experiment.h"
#include "engine/spec/result.h"

namespace dentate::run {

struct RecordedSamples {
  std::int64_t count = 0;
  std::vector<float> x;                      // [count * inputs], raw
  std::vector<std::int32_t> category, item;  // [count]; item empty without an item head
};

struct RecordedStep {
  RecordedSamples batch, replay;
  double meta_loss = 0;
  std::vector<double> weight_grad_norms, weight_norms;  // by path
  std::vector<double> alpha, alpha_grad;                // by path; alpha_grad empty if not learned
  std::vector<double> inhibition, inhibition_grad;      // by hidden layer; empty if not learned
};

// Answers to the test stimuli, intact or with one pathway out. Empty vectors: not recorded.
struct RecordedProbe {
  spec::Pathway lesion = spec::Pathway::None;
  std::vector<double> category, item;     // [stimuli * units], logits
  std::vector<double> proportion_active;  // by hidden layer
};

struct Recording {
  std::string name;
  spec::NetworkSpec network;  // paths in the order of the file's matrices
  spec::RuleSpec rule;
  bool normalise_input = true;
  std::vector<std::size_t> hidden;          // layers of `network`, in the order of the file's m
  std::vector<std::vector<float>> weights;  // by path, row-major
  std::vector<RecordedStep> steps;
  std::vector<std::vector<double>> final_weights_head;  // by path, its first values
  std::int64_t probe_count = 0;
  std::vector<float> probe_x;
  std::vector<RecordedProbe> probes;
};

// Error::Kind::Recording with the key that is missing, of a wrong type or of a wrong length.
spec::Result<Recording> parseRecording(std::string_view text, std::string_view origin);
spec::Result<Recording> loadRecording(const std::filesystem::path& file);

}  // namespace dentate::run
