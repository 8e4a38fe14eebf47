// The subcommands of `dentate`. Each gives the exit code: 0 well, 1 a check did not hold or a run
// broke off, 2 wrong use or input, 130 ended by Ctrl-C.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/places.h"

namespace dentate::app {

inline constexpr int kWell = 0, kCheckFailed = 1, kWrongInput = 2, kInterrupted = 130;

struct RunOptions {
  std::string config;
  std::string out;  // empty: out/<name of the config>
  std::vector<std::string> set;
  std::optional<std::int64_t> seeds;
  int threads = 0;         // 0: one for each core
  double keep_every = 1;   // seconds between two checkpoints
  bool overwrite = false;  // a run that is not finished
  bool json = false;
};
int runCommand(const RunOptions& options, const Places& places);

struct ResumeOptions {
  std::string folder;
  int threads = 0;
  double keep_every = 1;
  bool json = false;
};
int resumeCommand(const ResumeOptions& options, const Places& places);

struct VerifyOptions {
  std::vector<std::string> files;
  std::string body = "auto";   // one of learn::bodyNames()
  std::string device = "cpu";  // or cuda
  bool json = false;
};
int verifyCommand(const VerifyOptions& options);

struct FetchOptions {
  std::string dataset;          // name of one of spec::officialSources()
  std::string folder = "data";  // that the file is written into
};
int fetchCommand(const FetchOptions& options);

struct InfoOptions {
  bool schema = false;
  std::string folder;  // of a run; empty: none
};
int infoCommand(const InfoOptions& options, const Places& places);

struct LaboratoryOptions {
  std::string config;  // empty: the last experiment, or the default one
};
int laboratoryCommand(const LaboratoryOptions& options, const Places& places);

// "dentate: <error>" on the error stream.
void complain(const spec::Error& error);

}  // namespace dentate::app
