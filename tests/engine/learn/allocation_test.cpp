// A meta-step on the CPU kernels takes no memory: every allocation of this program is counted.
#include <ATen/core/Tensor.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "engine/learn/registry.h"
#include "engine/spec/templates.h"

namespace {
std::atomic<long> allocations{0};
}

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace dentate::learn {
namespace {

TEST(CpuBody, TakesNoMemoryInAMetaStep) {
  const auto network = spec::splitNetwork(30, 2, 12, 4, 9);
  spec::RuleSpec rule;
  const auto plan = net::makePlan(network, rule.condition, rule.k_fraction).value();
  const auto made = makeRule(plan, rule, Body::Cpu).value();
  auto parameters = net::emptyParameters(plan, /*replicas=*/1);
  data::Random random(1, "weights");
  auto one = parameters.replica(0);
  net::initialise(plan, rule, random, one);
  std::vector<float> x(5 * 30);
  for (auto& pixel : x) pixel = static_cast<float>(random.uniform());
  const std::vector<std::int32_t> category{0, 1, 2, 3, 0}, item{0, 2, 4, 6, 8};
  const Samples samples{5, x, category, item};
  const StepInput input{samples, samples};
  StepReport report;
  made->step(parameters, {&input, 1}, {&report, 1});  // makes its buffers
  const long before = allocations;
  for (int i = 0; i < 3; ++i) made->step(parameters, {&input, 1}, {&report, 1});
  EXPECT_EQ(allocations - before, 0);
  EXPECT_GT(report.work, 0.0);
  EXPECT_LT(report.work, 1.0);
}

}  // namespace
}  // namespace dentate::learn
