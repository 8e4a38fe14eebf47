#include "engine/run/run_thread.h"

#include <algorithm>
#include <utility>

#include "engine/run/session.h"

namespace dentate::run {
namespace {

std::size_t cores() { return std::max<std::size_t>(std::thread::hardware_concurrency(), 1); }

}  // namespace

RunThread::RunThread(link::Channel& channel, std::filesystem::path assets, std::size_t threads)
    : channel_(channel),
      thread_([&channel, assets = std::move(assets), threads](const std::stop_token& stop) {
        Session session(channel, assets, threads > 0 ? threads : cores());
        while (!stop.stop_requested())
          if (const double sleep = session.turn(); sleep > 0) channel.commands.waitFor(sleep);
      }) {}

RunThread::~RunThread() {
  thread_.request_stop();
  channel_.commands.wake();
}

}  // namespace dentate::run
