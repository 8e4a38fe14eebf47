// What all replicas of an experiment share: the spec, the data, the plan of the network.
#pragma once
#include <filesystem>
#include <memory>

#include "engine/data/stream.h"
#include "engine/net/network.h"
#include "engine/spec/experiment.h"
#include "engine/spec/result.h"

namespace dentate::run {

struct Setting {
  spec::ExperimentSpec spec;
  std::shared_ptr<const data::StreamPlan> stream;
  std::shared_ptr<const data::TestSets> tests;  // null where training items are the test
  net::Plan plan;
  [[nodiscard]] std::uint64_t seed(std::size_t replica) const {
    return static_cast<std::uint64_t>(spec.replicas.first_seed) + replica;
  }
  [[nodiscard]] std::size_t replicas() const {
    return static_cast<std::size_t>(spec.replicas.seeds);
  }
};

// Reads the data and checks that network, stream and data fit each other.
spec::Result<std::shared_ptr<const Setting>> makeSetting(const spec::ExperimentSpec& spec,
                                                         const std::filesystem::path& assets);

}  // namespace dentate::run
