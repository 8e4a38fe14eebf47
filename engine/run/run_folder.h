// The folder of a run: the experiment as run, its numbers, its figures.
//
//   run.sqlite     what was kept of it (engine/run/store.h): while it learned, or as it was saved
//   config.json    the complete experiment; opens again in the window and on the command line. What
//                  else may lie beside it: config_file.h
//   metrics.csv    one row a meta-step and replica
//   accuracy.csv   one row an entry of a replica's accuracy matrix
//   sparsity.csv   one row a replica and task, once it is learned: dead units and unit variance by
//                  hidden layer, sparsity of the weights by path
//   summary.json   one entry a replica
//   lesions.json   the lesions in force and when they changed; only where there were any
//   lesions.csv    accuracy over lesion size; only where it was asked for
//   *.png, *.svg   active fraction, alpha, m, meta-loss, accuracy by task, accuracy matrix, RA over
//                  alpha0, dead units, unit variance, sparsity of the weights
#pragma once
#include <filesystem>
#include <string>

#include "engine/run/record.h"
#include "engine/spec/experiment.h"
#include "engine/spec/result.h"

namespace dentate::run {

// All files are written before the first takes the place of one that was there: where the disk is
// full, what was there stays. Makes the folder; refuses one that cannot be written.
enum class Config { Replace, Keep };  // the config.json that is there; then ours lies beside it
[[nodiscard]] spec::Status writeRunFolder(const std::filesystem::path& folder,
                                          const spec::ExperimentSpec& spec, const Record& record,
                                          Config config = Config::Replace);

// config.json alone; the folder is there.
[[nodiscard]] spec::Status writeConfig(const std::filesystem::path& folder,
                                       const spec::ExperimentSpec& spec);

// Before hours of work: whether the folder can be made and written.
[[nodiscard]] spec::Status checkRunFolder(const std::filesystem::path& folder);

// The text of summary.json. NaN becomes null.
[[nodiscard]] std::string summaryJson(const spec::ExperimentSpec& spec, const Record& record);

}  // namespace dentate::run
