// Images of the stream of the shown network, task by task.
#include <algorithm>
#include <optional>

#include "engine/run/viewer.h"

namespace dentate::run {
namespace {

class StreamViewer final : public Viewer {
 public:
  bool watch(const link::Watch& watch) override {
    if (watch.stream == request_) return false;
    request_ = watch.stream;
    if (!request_) view_.reset();
    return true;
  }

  bool behind(const Viewed& viewed) const override {
    return request_ && (!view_ || view_->request != *request_ || view_->run != viewed.run ||
                        view_->replica != viewed.shown);
  }

  void work(const Viewed& viewed, std::chrono::steady_clock::time_point /*deadline*/) override {
    auto view = std::make_shared<link::StreamView>();
    const auto& setting = viewed.setting;
    view->request = *request_;
    view->run = viewed.run;
    view->replica = viewed.shown;
    view->width = setting.stream->dataset->train.width;
    view->height = setting.stream->dataset->train.height;
    for (std::int64_t t = 0; t < setting.spec.stream.tasks; ++t) {
      view->transforms.push_back(setting.stream->tasks[static_cast<std::size_t>(t)].transform_name);
      view->begins.push_back(image(viewed, t, 0));
    }
    const auto task = std::clamp<std::int64_t>(request_->task, 0, setting.spec.stream.tasks - 1);
    view->in_task =
        request_->tests ? testSamples(setting.spec) : setting.spec.stream.samples_per_task;
    const auto first = std::clamp<std::int64_t>(request_->first, 0, view->in_task);
    const auto count =
        std::clamp<std::int64_t>(request_->count, 0, link::StreamRequest::kMostImages);
    for (auto i = first; i < std::min(view->in_task, first + count); ++i)
      view->images.push_back(image(viewed, task, i));
    view_ = std::move(view);
  }

  void show(link::Views& to) const override { to.stream = view_; }

 private:
  link::StreamImage image(const Viewed& viewed, std::int64_t task, std::int64_t index) {
    if (request_->tests) {
      const auto tested = viewed.replica().images({task, index, 1}, bench_);
      return {{tested.pixels.begin(), tested.pixels.end()},
              tested.category.empty() ? -1 : tested.category[0],
              tested.item.empty() ? -1 : tested.item[0]};
    }
    const auto& stream = viewed.replica().stream();
    const auto& sample =
        stream.samples(static_cast<std::size_t>(task))[static_cast<std::size_t>(index)];
    link::StreamImage made{std::vector<std::uint8_t>(stream.imageSize()), sample.category, -1};
    if (viewed.setting.spec.stream.labels != spec::Labels::Category)
      made.item = stream.item(sample);
    stream.pixels(sample, made.pixels);
    return made;
  }

  std::optional<link::StreamRequest> request_;
  std::shared_ptr<const link::StreamView> view_;
  TestBench bench_;
};

}  // namespace

std::unique_ptr<Viewer> makeStreamViewer() { return std::make_unique<StreamViewer>(); }

}  // namespace dentate::run
