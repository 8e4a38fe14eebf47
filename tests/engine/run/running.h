// A run thread as the window meets it: commands in, snapshots and metric points out.
#pragma once
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <thread>
#include <utility>

#include "engine/run/run_thread.h"

namespace dentate::test {

// The window's end of a channel: what it sends, and what it waits for.
class WindowEnd {
 public:
  link::Ticket send(link::Command command) { return channel.commands.put(std::move(command)); }

  // The first snapshot for which `holds`; the newest after 40 s, so that a test fails and ends.
  link::SnapshotPtr await(const std::function<bool(const link::Snapshot&)>& holds) {
    for (int i = 0; i < 40'000; ++i) {
      auto now = channel.snapshots.get();
      if (holds(*now)) return now;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    ADD_FAILURE() << "waited in vain";
    return channel.snapshots.get();
  }
  link::SnapshotPtr awaitApplied(link::Ticket ticket) {
    return await([=](const auto& s) { return s.applied >= ticket; });
  }
  link::SnapshotPtr awaitPhase(link::Phase phase) {
    return await([=](const auto& s) { return s.phase == phase; });
  }

  link::Channel channel;
};

class RunningTest : public ::testing::Test, protected WindowEnd {
 protected:
  RunningTest() : thread(channel, "assets") {}
  run::RunThread thread;
};

}  // namespace dentate::test
