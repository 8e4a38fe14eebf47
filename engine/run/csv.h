// Cells of the tables that a run is saved in.
#pragma once
#include <charconv>
#include <cmath>
#include <iterator>
#include <string>
#include <vector>

#include "engine/spec/experiment.h"

namespace dentate::run {

// The shortest text that reads back as the same number; empty where there is none.
template <class Number>
void append(std::string& row, Number value) {
  if (std::isnan(value)) return;
  char text[32];
  const auto end = std::to_chars(std::begin(text), std::end(text), value).ptr;
  row.append(text, end);
}

// A share correct; empty where it was not measured: negative or NaN.
void appendAccuracy(std::string& row, double accuracy);

// A cell of text as RFC 4180 has it: quoted where it holds a comma or a quote.
[[nodiscard]] std::string cell(const std::string& text);

// The first lines of metrics.csv, accuracy.csv and sparsity.csv.
[[nodiscard]] std::string metricsHead(const spec::ExperimentSpec& spec);
[[nodiscard]] std::string accuracyHead(const spec::ExperimentSpec& spec);
// Of versions that did not tell the items in the replay memory from the others.
[[nodiscard]] std::string olderAccuracyHead(const spec::ExperimentSpec& spec);
[[nodiscard]] std::string sparsityHead(const spec::ExperimentSpec& spec);

// "replica,condition,alpha0,seed"; with ",inhibition", ",corrections" behind the condition where these
// are compared.
[[nodiscard]] std::string replicaHead(const spec::ExperimentSpec& spec);
// The same of a row, by replica.
[[nodiscard]] std::vector<std::string> replicaCells(const spec::ExperimentSpec& spec);

}  // namespace dentate::run
