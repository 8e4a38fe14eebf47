#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "engine/learn/registry.h"
#include "engine/run/device.h"
#include "engine/run/verify.h"

namespace dentate::app {
namespace {

using json = nlohmann::ordered_json;

void printVerdict(const std::string& file, const run::Verdict& verdict) {
  std::printf("%s  %s\n", file.c_str(), verdict.pass() ? "PASS" : "FAIL");
  for (const auto& c : verdict.comparisons)
    std::printf("  %-28s %8zu values   largest relative error %8.2e   allowed %.0e   %s\n",
                c.quantity.c_str(), c.values, c.largest_error, c.tolerance,
                c.pass() ? "PASS" : "FAIL");
}

json toJson(const std::string& file, const run::Verdict& verdict) {
  json out{{"file", file}, {"name", verdict.name}, {"pass", verdict.pass()}};
  for (const auto& c : verdict.comparisons)
    out["quantities"].push_back({{"quantity", c.quantity},
                                 {"values", c.values},
                                 {"largest_error", c.largest_error},
                                 {"tolerance", c.tolerance},
                                 {"pass", c.pass()}});
  return out;
}

spec::Result<run::Verdict> verdictOn(const std::string& file, learn::Body body,
                                     c10::Device device) {
  const auto recording = run::loadRecording(file);
  if (!recording) return recording.error();
  auto verdict = run::verify(*recording, body, device);
  if (verdict) return verdict;
  auto refused = verdict.error();
  refused.where = refused.where.empty() ? file : file + ": " + refused.where;
  return refused;
}

}  // namespace

int verifyCommand(const VerifyOptions& options) {
  const auto body = learn::bodyNamed(options.body);
  DENTATE_CHECK(body.has_value());
  const auto batches =
      run::batchDevice(options.device == "cuda" ? spec::Device::Cuda : spec::Device::Cpu);
  if (!batches) {
    complain(batches.error());
    return kWrongInput;
  }
  json all = json::array();
  int code = kWell;
  for (const auto& file : options.files) {
    const auto verdict = verdictOn(file, *body, batches->value_or(c10::kCPU));
    if (!verdict) {
      complain(verdict.error());
      all.push_back({{"file", file}, {"error", verdict.error().text()}, {"pass", false}});
      code = kWrongInput;
      continue;
    }
    if (!verdict->pass() && code == kWell) code = kCheckFailed;
    if (options.json) {
      all.push_back(toJson(file, *verdict));
    } else {
      printVerdict(file, *verdict);
    }
  }
  if (options.json) std::printf("%s\n", all.dump(2).c_str());
  return code;
}

}  // namespace dentate::app
