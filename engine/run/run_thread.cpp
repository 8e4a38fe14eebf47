#include "engine/run/run_thread.h"

#include <utility>

#include "engine/run/session.h"

namespace dentate::run {

RunThread::RunThread(link::Channel& channel, std::filesystem::path assets)
    : channel_(channel),
      thread_([&channel, assets = std::move(assets)](const std::stop_token& stop) {
        Session session(channel, assets);
        while (!stop.stop_requested())
          if (const double sleep = session.turn(); sleep > 0) channel.commands.waitFor(sleep);
      }) {}

RunThread::~RunThread() {
  thread_.request_stop();
  channel_.commands.wake();
}

}  // namespace dentate::run
