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

}  // namespace dentate::data
