#include "tests/bench/row.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "engine/net/kernels.h"
#include "engine/run/process.h"

namespace dentate::bench {
namespace {

using nlohmann::json;
using Cells = std::vector<std::string>;

std::string cpuName() {
  std::ifstream in("/proc/cpuinfo");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  return "unknown";
}

std::string dateNow() {
  const std::time_t now = std::time(nullptr);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&now));
  return text;
}

// Three significant digits, no exponent.
std::string number(double value) {
  const int digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

std::string quartiles(const Spread& s) { return "[" + number(s.low) + ", " + number(s.high) + "]"; }

// Columns as wide as their widest cell; the first `left` of them to the left.
std::string aligned(const std::vector<Cells>& lines, std::size_t left) {
  std::vector<std::size_t> width(lines.front().size());
  for (const auto& line : lines)
    for (std::size_t c = 0; c < line.size(); ++c) width[c] = std::max(width[c], line[c].size());
  std::string text;
  for (const auto& line : lines) {
    for (std::size_t c = 0; c < line.size(); ++c) {
      const std::string gap(width[c] - line[c].size(), ' ');
      text += c < left ? line[c] + gap : gap + line[c];
      text += c + 1 < line.size() ? "  " : "\n";
    }
  }
  return text;
}

Cells cells(const LearningRow& r) {
  return {r.network,
          r.activity,
          r.body,
          std::to_string(r.order),
          std::to_string(r.replicas),
          std::to_string(r.threads),
          r.replicas > 1 ? std::to_string(r.steps_a_turn) : "",
          number(r.meta_steps_per_s.median),
          quartiles(r.meta_steps_per_s),
          number(r.ratio_to_yardstick.median),
          quartiles(r.ratio_to_yardstick),
          number(r.work),
          number(r.gflops),
          number(r.dense_gflops),
          number(r.sgemm_gflops),
          number(r.share_of_peak),
          r.threads > 1 ? number(r.speedup.median) : ""};
}

void put(json& to, const std::string& key, const Spread& s) {
  to[key] = s.median;
  to[key + "_low"] = s.low;
  to[key + "_high"] = s.high;
}

json toJson(const LearningRow& r) {
  json out{{"network", r.network},
           {"activity", r.activity},
           {"body", r.body},
           {"order", r.order},
           {"replicas", r.replicas},
           {"threads", r.threads},
           {"steps_a_turn", r.steps_a_turn},
           {"work", r.work},
           {"gflops", r.gflops},
           {"dense_gflops", r.dense_gflops},
           {"sgemm_gflops", r.sgemm_gflops},
           {"share_of_peak", r.share_of_peak}};
  put(out, "meta_steps_per_s", r.meta_steps_per_s);
  put(out, "ratio_to_yardstick", r.ratio_to_yardstick);
  if (r.threads > 1) put(out, "speedup", r.speedup);
  return out;
}

}  // namespace

Machine thisMachine() {
  return {cpuName(),           net::kernels().name, "gcc " __VERSION__,
          run::torchVersion(), dateNow(),           std::thread::hardware_concurrency()};
}

std::string table(const Findings& findings) {
  const auto& m = findings.machine;
  std::string text = m.cpu + ", " + std::to_string(m.cores) + " cores; kernels " + m.kernels +
                     "; " + m.compiler + "; LibTorch " + m.torch + "; " + m.date + "\n";
  if (!findings.rows.empty()) {
    std::vector<Cells> lines{{"network", "activity", "body", "order", "replicas", "threads", "turn",
                              "meta-steps/s", "quartiles", "x yardstick", "quartiles", "work",
                              "GFLOP/s", "dense", "sgemm", "share", "speedup"}};
    for (const auto& row : findings.rows) lines.push_back(cells(row));
    text += "\n" + aligned(lines, /*left=*/3);
  }
  if (!findings.other.empty()) {
    std::vector<Cells> lines{{"what", "network", "activity", "value", "quartiles", "unit"}};
    for (const auto& r : findings.other)
      lines.push_back(
          {r.what, r.network, r.activity, number(r.value.median), quartiles(r.value), r.unit});
    text += "\n" + aligned(lines, /*left=*/3);
  }
  return text;
}

json toJson(const Findings& findings) {
  const auto& m = findings.machine;
  json out{{"date", m.date},
           {"machine",
            {{"cpu", m.cpu},
             {"cores", m.cores},
             {"kernels", m.kernels},
             {"compiler", m.compiler},
             {"libtorch", m.torch}}},
           {"rows", json::array()},
           {"other", json::array()}};
  for (const auto& row : findings.rows) out["rows"].push_back(toJson(row));
  for (const auto& r : findings.other) {
    json one{{"what", r.what}, {"network", r.network}, {"activity", r.activity}, {"unit", r.unit}};
    put(one, "value", r.value);
    out["other"].push_back(std::move(one));
  }
  return out;
}

}  // namespace dentate::bench
