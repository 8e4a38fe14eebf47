// What the whole process needs once, before the first network is made, and each of its threads.
#pragma once
#include <string>

namespace dentate::run {

// No giving back of large blocks to the system between operations: fast weights come and go
// thousands of times a second (1.5 times the speed). Prepares the calling thread too.
void prepareProcess();

// What that has kept and nothing needs any more, when whole networks are gone. Milliseconds.
void giveBackMemory();

// One core for every tensor operation of the calling thread: replicas run in parallel instead, and
// results do not depend on the number of cores. A new thread begins without it.
void prepareThread();

// "2.15.0"
[[nodiscard]] std::string torchVersion();

}  // namespace dentate::run
