// The launches of a device, recorded once and launched again as one.
//
// A device takes part if LibTorch has a graph for it (its GraphImplRegistry; LibTorch 2.15 registers
// none for CUDA); on any other the launches are simply made, every time. What is recorded are
// addresses and constants: whoever changes one calls forget().
// Thread one owner.
#pragma once
#include <c10/core/Device.h>

#include <functional>
#include <memory>

namespace at {
struct GraphImplInterface;
}

namespace dentate::net {

class LaunchGraph {
 public:
  LaunchGraph();
  ~LaunchGraph();
  LaunchGraph(const LaunchGraph&) = delete;
  LaunchGraph& operator=(const LaunchGraph&) = delete;
  LaunchGraph(LaunchGraph&&) = delete;
  LaunchGraph& operator=(LaunchGraph&&) = delete;

  // Makes `launches` the first time, so that libraries set themselves up outside of a recording;
  // records and launches them the second; launches the recording from then on.
  void run(c10::Device device, const std::function<void()>& launches);
  void forget();

 private:
  std::unique_ptr<at::GraphImplInterface> recorded_;
  bool made_once_ = false;
};

}  // namespace dentate::net
