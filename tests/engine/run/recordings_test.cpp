// The published program's own meta-steps, replayed.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/run/verify.h"
#include "tests/engine/run/devices.h"

namespace dentate::run {
namespace {

std::vector<std::string> recordings() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator("tests/recordings"))
    files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

struct NamedBody {
  const char* name;
  learn::Body body;
  bool second_order;
};
constexpr NamedBody kBodies[] = {
    {"auto", learn::Body::Auto, true},
    {"cpu", learn::Body::Cpu, false},
    {"aten", learn::Body::Aten, false},
    {"autograd", learn::Body::Autograd, true},
};

TEST(Recordings, AreAllReproducedByEveryBody) {
  const auto files = recordings();
  ASSERT_GE(files.size(), 6U);
  for (const auto& file : files) {
    const auto recording = loadRecording(file);
    ASSERT_TRUE(recording.ok()) << recording.error().text();
    for (const auto& [name, body, second_order] : kBodies) {
      SCOPED_TRACE(file + " on body " + name);
      const auto verdict = verify(*recording, body);
      if (recording->rule.order == 2 && !second_order) {
        ASSERT_FALSE(verdict.ok());
        EXPECT_NE(verdict.error().text().find("autograd"), std::string::npos);
        continue;
      }
      ASSERT_TRUE(verdict.ok()) << verdict.error().text();
      for (const auto& c : verdict->comparisons)
        EXPECT_TRUE(c.pass()) << c.quantity << " differs by " << c.largest_error;
      EXPECT_TRUE(verdict->pass());
    }
  }
}

TEST(Recordings, AreReproducedOnCuda) {
  const auto recording = loadRecording("tests/recordings/twopath_dual_first.json").value();
  const auto refused = verify(recording, learn::Body::Cpu, c10::kCUDA);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().where, "device");
  if (!test::hasCuda()) GTEST_SKIP() << test::kNoCuda;
  for (const auto& each : recordings()) {
    SCOPED_TRACE(each);
    const auto of = loadRecording(each).value();
    if (of.rule.order == 2) continue;
    const auto verdict = verify(of, learn::Body::Auto, c10::kCUDA);
    ASSERT_TRUE(verdict.ok()) << verdict.error().text();
    for (const auto& c : verdict->comparisons)
      EXPECT_TRUE(c.pass()) << c.quantity << " differs by " << c.largest_error;
  }
}

// The comparison must notice a rule that is a little wrong.
TEST(Recordings, ADifferentRuleFails) {
  auto recording = loadRecording("tests/recordings/single2_s_lr_first.json").value();
  const auto failsWith = [&](auto change) {
    auto changed = recording;
    change(changed);
    return !verify(changed)->pass();
  };
  EXPECT_TRUE(failsWith([](Recording& r) { r.rule.k_fraction = 0.02; }));
  EXPECT_TRUE(failsWith([](Recording& r) { r.rule.m_lr *= 1.01; }));
  EXPECT_TRUE(failsWith([](Recording& r) { r.rule.alpha_lr *= 1.5; }));
  EXPECT_TRUE(failsWith([](Recording& r) { r.rule.order = 2; }));
  EXPECT_TRUE(failsWith([](Recording& r) { r.rule.update = spec::Update::Synchronous; }));
  EXPECT_TRUE(failsWith([](Recording& r) { r.rule.clip_norm = 0.1; }));
  EXPECT_TRUE(failsWith([](Recording& r) { r.weights[0][0] += 0.01F; }));
}

}  // namespace
}  // namespace dentate::run
