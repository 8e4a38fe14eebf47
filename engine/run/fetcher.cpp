#include "engine/run/fetcher.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "engine/data/fetch.h"
#include "engine/run/caught.h"

namespace dentate::run {
namespace {

using spec::Error;

constexpr std::chrono::milliseconds kToldEvery(50);

}  // namespace

std::optional<link::FetchView> Fetcher::view() const {
  const std::lock_guard hold(mutex_);
  return view_;
}

void Fetcher::tell() {
  news_ = true;
  told_();
}

spec::Status Fetcher::begin(const link::Fetch& fetch) {
  {
    const std::lock_guard hold(mutex_);
    if (view_ && view_->running)
      return Error{Error::Kind::Usage, "fetch",
                   view_->source.name + " is being fetched; stop that first"};
    const auto number = view_ ? view_->number + 1 : 1;
    link::FetchView begun;
    begun.number = number;
    begun.source = fetch.source;
    begun.folder = fetch.folder;
    view_ = std::move(begun);
  }
  news_ = true;
  thread_ = std::jthread([this, fetch](const std::stop_token& stop) { work(fetch, stop); });
  return {};
}

void Fetcher::work(const link::Fetch& fetch, const std::stop_token& stop) {
  using Clock = std::chrono::steady_clock;
  auto told = Clock::now();
  const auto progress = [&](std::uint64_t done, std::uint64_t all) {
    {
      const std::lock_guard hold(mutex_);
      view_->done = std::min(done, all);
    }
    if (Clock::now() - told >= kToldEvery) {
      told = Clock::now();
      tell();
    }
    return !stop.stop_requested();
  };
  auto failed =
      guarded("the fetch", [&] { return data::fetch(fetch.source, fetch.folder, progress); });
  const auto kept = data::bytesThere(fetch.source, fetch.folder);
  {
    const std::lock_guard hold(mutex_);
    view_->running = false;
    view_->done = std::min(kept, fetch.source.bytes());
    if (!failed) view_->path = fetch.source.pathBelow(fetch.folder);
    if (!stop.stop_requested()) view_->failure = std::move(failed);
    news_ = true;  // together with the end that it tells of
  }
  told_();
}

}  // namespace dentate::run
