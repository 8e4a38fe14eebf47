// What the whole process needs once, before the first network is made.
#pragma once
#include <string>

namespace dentate::run {

// One thread in every tensor operation (replicas run in parallel instead, and results do not depend
// on the number of cores), and no giving back of large blocks to the system between operations:
// fast weights come and go thousands of times a second (1.5 times the speed).
void prepareProcess();

// "2.15.0"
[[nodiscard]] std::string torchVersion();

}  // namespace dentate::run
