#include "engine/data/fetch.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <utility>

#include "engine/data/sha256.h"

namespace dentate::data {
namespace {

namespace fs = std::filesystem;
using spec::Error;

constexpr int kMostInVain = 3;  // connections that bring nothing
// curl takes it for success where there is something already.
constexpr long kNoSuchRange = 416;
constexpr long kMostRedirects = 5, kConnectSeconds = 30;

Error bad(std::string where, std::string what) {
  return {Error::Kind::Io, std::move(where), std::move(what)};
}

std::uint64_t sizeOf(const fs::path& file) {
  std::error_code failed;
  const auto size = fs::file_size(file, failed);
  return failed ? 0 : size;
}

fs::path partOf(const fs::path& file) { return file.string() + ".part"; }

// Empty where the file cannot be read.
std::string sha256Of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return "";
  Sha256 sum;
  std::array<char, 1U << 16U> block{};
  while (in.read(block.data(), block.size()) || in.gcount() > 0)
    sum.add({reinterpret_cast<const std::uint8_t*>(block.data()),
             static_cast<std::size_t>(in.gcount())});
  return in.bad() ? "" : sum.hex();
}

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

// One connection, which adds to the part.
class Connection {
 public:
  Connection(const FetchRequest& request, const FetchProgress& progress, const fs::path& part)
      : request_(request), progress_(progress), curl_(curl_easy_init(), &curl_easy_cleanup) {
    before_ = done_ = sizeOf(part);
    file_.reset(std::fopen(part.c_str(), "ab"));
  }

  [[nodiscard]] bool isOpen() const { return file_ != nullptr && curl_ != nullptr; }

  CURLcode perform() {
    CURL* const curl = curl_.get();
    curl_easy_setopt(curl, CURLOPT_URL, request_.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, kMostRedirects);
    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "dentate");
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, std::lround(std::ceil(request_.patience)));
    curl_easy_setopt(curl, CURLOPT_RESUME_FROM_LARGE, static_cast<curl_off_t>(before_));
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &write);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, &report);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, this);
    auto code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer_);
    if (std::fflush(file_.get()) != 0) unwritten_ = true;
    return code;
  }

  [[nodiscard]] long answer() const { return answer_; }
  [[nodiscard]] bool brought() const { return done_ > before_; }
  [[nodiscard]] bool tooMuch() const { return too_much_; }
  [[nodiscard]] bool unwritten() const { return unwritten_; }
  [[nodiscard]] std::uint64_t done() const { return done_; }
  [[nodiscard]] std::uint64_t all() const { return all_; }

 private:
  static std::size_t write(const char* bytes, std::size_t one, std::size_t count, void* self) {
    auto& own = *static_cast<Connection*>(self);
    const auto size = one * count;
    if (own.done_ + size > own.request_.most_bytes) {
      own.too_much_ = true;
      return 0;
    }
    if (std::fwrite(bytes, 1, size, own.file_.get()) != size) {
      own.unwritten_ = true;
      return 0;
    }
    own.done_ += size;
    return size;
  }

  static int report(void* self, curl_off_t all, curl_off_t /*now*/, curl_off_t /*up*/,
                    curl_off_t /*now_up*/) {
    auto& own = *static_cast<Connection*>(self);
    if (all > 0) own.all_ = own.before_ + static_cast<std::uint64_t>(all);
    return own.progress_ && !own.progress_(own.done_, own.all_) ? 1 : 0;
  }

  const FetchRequest& request_;
  const FetchProgress& progress_;
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl_;
  std::unique_ptr<std::FILE, CloseFile> file_;
  std::uint64_t before_ = 0, done_ = 0, all_ = 0;  // bytes of the file
  long answer_ = 0;                                // HTTP status
  bool too_much_ = false, unwritten_ = false;
};

std::string byHand(const FetchRequest& request) {
  return "; try again, or download it elsewhere and put it at " + request.to.string();
}

// What ended the connection, where trying again is of no use.
Error ended(const FetchRequest& request, CURLcode code, const Connection& by) {
  const auto here = [&](const std::string& what) { return bad(request.url, what); };
  switch (code) {
    case CURLE_ABORTED_BY_CALLBACK:
      return here("stopped; what has come is kept, and gone on with the next time");
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
      return here("the server cannot be reached: this machine seems to be offline" +
                  byHand(request));
    case CURLE_HTTP_RETURNED_ERROR:
      return here("the server answers " + std::to_string(by.answer()) + " instead of the file" +
                  byHand(request));
    case CURLE_OPERATION_TIMEDOUT:
      return here("the server sends nothing any more, after " + std::to_string(by.done()) +
                  " bytes; what has come is kept, try again to go on");
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
      return here("the connection breaks off again and again, after " + std::to_string(by.done()) +
                  " of " + (by.all() > 0 ? std::to_string(by.all()) : "unknown") +
                  " bytes; what has come is kept, try again to go on");
    default:
      return here(std::string("it cannot be downloaded: ") + curl_easy_strerror(code) +
                  byHand(request));
  }
}

class Fetching {
 public:
  Fetching(const FetchRequest& request, const FetchProgress& progress)
      : request_(request), progress_(progress), part_(partOf(request.to)) {}

  spec::Status run() {
    std::error_code failed;
    if (!request_.to.parent_path().empty())
      fs::create_directories(request_.to.parent_path(), failed);
    while (true) {
      Connection connection(request_, progress_, part_);
      if (!connection.isOpen()) return bad(part_.string(), "the file cannot be written");
      const auto code = connection.perform();
      if (connection.unwritten())
        return bad(part_.string(), "the file cannot be written; is the disk full?");
      if (connection.tooMuch())
        return wrong("the server sends more than the " + std::to_string(request_.most_bytes) +
                     " bytes that are expected");
      if (code == CURLE_OK && connection.answer() != kNoSuchRange) return finish();
      if (auto over = afterFailure(code, connection)) return *over;
      if (isFinished()) return finish();
    }
  }

 private:
  // Nothing where another connection may do better.
  std::optional<Error> afterFailure(CURLcode code, const Connection& connection) {
    const bool resumed = connection.done() > 0;
    const bool no_ranges = code == CURLE_RANGE_ERROR || connection.answer() == kNoSuchRange;
    if (no_ranges && resumed && !isFinished()) {
      std::error_code ignored;
      fs::remove(part_, ignored);  // from the beginning
      return restarted_++ < 1 ? std::nullopt : std::optional(ended(request_, code, connection));
    }
    if (no_ranges && resumed) return std::nullopt;
    const bool broke = code == CURLE_PARTIAL_FILE || code == CURLE_RECV_ERROR ||
                       code == CURLE_GOT_NOTHING || code == CURLE_SEND_ERROR;
    in_vain_ = connection.brought() ? 0 : in_vain_ + 1;
    if (broke && in_vain_ < kMostInVain) return std::nullopt;
    return ended(request_, code, connection);
  }

  [[nodiscard]] bool isFinished() const { return sha256Of(part_) == request_.sha256; }

  spec::Status finish() {
    const auto sum = sha256Of(part_);
    if (sum != request_.sha256)
      return wrong("the server sends another file: its SHA-256 is " + sum + ", expected " +
                   request_.sha256);
    std::error_code failed;
    fs::rename(part_, request_.to, failed);
    if (failed) return bad(request_.to.string(), "the file cannot be written: " + failed.message());
    return std::nullopt;
  }

  Error wrong(const std::string& what) const {
    std::error_code ignored;
    fs::remove(part_, ignored);
    return bad(request_.url, what + "; nothing of it is kept");
  }

  const FetchRequest& request_;
  const FetchProgress& progress_;
  fs::path part_;
  int in_vain_ = 0, restarted_ = 0;
};

}  // namespace

spec::Status fetch(const FetchRequest& request, const FetchProgress& progress) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  std::error_code ignored;
  if (fs::exists(request.to, ignored)) {
    if (sha256Of(request.to) == request.sha256) return std::nullopt;
    return bad(request.to.string(), "another file is there already, without the SHA-256 " +
                                        request.sha256 + "; move it away");
  }
  auto failed = Fetching(request, progress).run();
  const fs::path part = partOf(request.to);
  if (failed && sizeOf(part) == 0) fs::remove(part, ignored);
  return failed;
}

spec::Status fetch(const spec::Source& source, const std::string& folder,
                   const FetchProgress& progress) {
  const auto places = source.placesBelow(folder);
  std::uint64_t before = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto& file = source.files[i];
    const auto failed = fetch({file.url, places[i], file.sha256, file.bytes},
                              [&](std::uint64_t done, std::uint64_t /*all*/) {
                                return !progress || progress(before + done, source.bytes());
                              });
    if (failed) return failed;
    before += file.bytes;
    if (progress) (void)progress(before, source.bytes());
  }
  return std::nullopt;
}

std::uint64_t bytesThere(const spec::Source& source, const std::string& folder) {
  std::uint64_t sum = 0;
  for (const auto& place : source.placesBelow(folder)) sum += sizeOf(place) + sizeOf(partOf(place));
  return sum;
}

}  // namespace dentate::data
