// What all replicas of an experiment share: the spec, the data, the plans of the network.
#pragma once
#include <c10/core/Device.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "engine/data/stream.h"
#include "engine/net/network.h"
#include "engine/spec/experiment.h"
#include "engine/spec/replicas.h"
#include "engine/spec/result.h"

namespace dentate::run {

struct Setting {
  spec::ExperimentSpec spec;
  std::shared_ptr<const data::StreamPlan> stream;
  std::shared_ptr<const data::TestSets> tests;  // null where training items are the test
  std::vector<net::Plan> plans;  // by spec::comparedOf(): inhibition and rates depend on it
  // Where all networks of a plan learn as one batch; none: on the CPU, each by itself.
  std::optional<c10::Device> batch_device;
  [[nodiscard]] std::size_t replicas() const {
    return static_cast<std::size_t>(spec::replicaCount(spec));
  }
  [[nodiscard]] spec::Variant variant(std::size_t replica) const {
    return spec::variantOf(spec, replica);
  }
  [[nodiscard]] std::uint64_t seed(std::size_t replica) const { return variant(replica).seed; }
  // The replicas of one that is compared lie side by side and share it.
  [[nodiscard]] const net::Plan& plan(std::size_t replica) const {
    return plans[replica / (replicas() / plans.size())];
  }
  // The rule with the replica's own condition, corrections and alpha0.
  [[nodiscard]] spec::RuleSpec rule(std::size_t replica) const;
};

// Reads the data and checks that network, stream and data fit each other, and the device is there.
spec::Result<std::shared_ptr<const Setting>> makeSetting(const spec::ExperimentSpec& spec,
                                                         const std::filesystem::path& assets);

// The same data and stream for a spec that differs in how its layers are inhibited.
spec::Result<std::shared_ptr<const Setting>> inhibitedOtherwise(const Setting& setting,
                                                                const spec::ExperimentSpec& spec);

}  // namespace dentate::run
