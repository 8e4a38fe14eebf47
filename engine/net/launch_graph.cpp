#include "engine/net/launch_graph.h"

#include <ATen/core/GraphImplInterface.h>
#include <c10/core/StreamGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>

namespace dentate::net {

LaunchGraph::LaunchGraph() = default;
LaunchGraph::~LaunchGraph() = default;

void LaunchGraph::run(c10::Device device, const std::function<void()>& launches) {
  if (device.is_cpu() || !at::has_graph_impl(device.type())) {
    launches();
    return;
  }
  if (!recorded_ && !made_once_) {
    made_once_ = true;
    launches();
    return;
  }
  if (!recorded_) {
    auto graph = at::create_graph_impl(device.type());
    // A device's default stream cannot be recorded.
    const c10::impl::VirtualGuardImpl streams(device.type());
    const c10::StreamGuard on_its_own(streams.getNewStream(device));
    graph->capture_begin({0, 0}, at::GraphCaptureMode::ThreadLocal);
    launches();
    graph->capture_end();
    recorded_ = std::move(graph);
  }
  recorded_->replay();
}

void LaunchGraph::forget() {
  recorded_.reset();
  made_once_ = false;
}

}  // namespace dentate::net
