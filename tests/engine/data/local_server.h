// An HTTP server on this machine that answers as a test wants it to, one connection after another.
#pragma once
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>

#include "engine/data/sha256.h"

namespace dentate::data {

class LocalServer {
 public:
  // Writes to the client: false where it is gone.
  using Send = std::function<bool(const std::string& bytes)>;
  using Answer = std::function<void(const std::string& request, const Send& send)>;

  explicit LocalServer(Answer answer) : answer_(std::move(answer)) {
    socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    if (socket_ < 0 || ::bind(socket_, plain, size) != 0 || ::listen(socket_, 8) != 0 ||
        ::getsockname(socket_, plain, &size) != 0)
      throw std::runtime_error("no local server");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~LocalServer() {
    over_ = true;
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
  }
  LocalServer(const LocalServer&) = delete;
  LocalServer& operator=(const LocalServer&) = delete;

  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/file";
  }
  [[nodiscard]] int connections() const { return connections_; }
  [[nodiscard]] bool over() const { return over_; }

 private:
  void serve() {
    while (!over_) {
      const int client = ::accept(socket_, nullptr, nullptr);
      if (client < 0) continue;
      ++connections_;
      std::string request;
      char letter = 0;
      while (request.find("\r\n\r\n") == std::string::npos && ::recv(client, &letter, 1, 0) == 1)
        request += letter;
      answer_(request, [&](const std::string& bytes) {
        std::size_t done = 0;
        while (done < bytes.size()) {
          const auto sent = ::send(client, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
          if (sent <= 0) return false;
          done += static_cast<std::size_t>(sent);
        }
        return true;
      });
      ::close(client);
    }
  }

  Answer answer_;
  int socket_ = -1;
  unsigned port_ = 0;
  std::atomic<int> connections_ = 0;
  std::atomic<bool> over_ = false;
  std::thread thread_;
};

inline std::string head(const std::string& status, std::size_t length,
                        const std::string& more = "") {
  return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(length) + "\r\n" + more +
         "Connection: close\r\n\r\n";
}

// Where a request wants to go on from; 0 from the beginning.
inline std::size_t rangeOf(const std::string& request) {
  const auto at = request.find("Range: bytes=");
  return at == std::string::npos ? 0 : std::stoul(request.substr(at + 13));
}

// Answers as servers do, `most` bytes of it.
inline void serve(const std::string& all, const std::string& request, const LocalServer::Send& send,
                  std::size_t most = std::string::npos) {
  const auto first = rangeOf(request);
  const auto rest = all.substr(first);
  const auto range = "Content-Range: bytes " + std::to_string(first) + "-" +
                     std::to_string(all.size() - 1) + "/" + std::to_string(all.size()) + "\r\n";
  send(first == 0 ? head("200 OK", rest.size()) : head("206 Partial Content", rest.size(), range));
  send(rest.substr(0, most));
}

// SHA-256.
inline std::string sumOf(const std::string& text) {
  Sha256 sum;
  sum.add({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  return sum.hex();
}

}  // namespace dentate::data
