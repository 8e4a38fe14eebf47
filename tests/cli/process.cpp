#include "tests/cli/process.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

namespace dentate::test {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string take(const fs::path& file) {
  auto text = read(file);
  fs::remove(file);
  return text;
}

[[noreturn]] void become(const std::vector<std::string>& arguments, const fs::path& out,
                         const fs::path& err) {
  const auto redirect = [](const fs::path& file, int to) {
    dup2(open(file.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600), to);
  };
  redirect(out, STDOUT_FILENO);
  redirect(err, STDERR_FILENO);
  unsetenv("DISPLAY");
  unsetenv("WAYLAND_DISPLAY");
  std::vector<char*> argv{const_cast<char*>(DENTATE_PROGRAM)};
  for (const auto& each : arguments) argv.push_back(const_cast<char*>(each.c_str()));
  argv.push_back(nullptr);
  execv(DENTATE_PROGRAM, argv.data());
  _exit(127);
}

}  // namespace

Outcome dentate(const std::vector<std::string>& arguments, const std::string& interrupt_at) {
  const auto stem = fs::temp_directory_path() / ("dentate_cli_" + std::to_string(getpid()));
  const auto out = stem.string() + ".out", err = stem.string() + ".err";
  const pid_t child = fork();
  if (child == 0) become(arguments, out, err);
  if (!interrupt_at.empty()) {
    for (int i = 0; i < 6000 && read(err).find(interrupt_at) == std::string::npos; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    kill(child, SIGINT);
  }
  int status = 0;
  waitpid(child, &status, 0);
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return {code, take(out), take(err)};
}

}  // namespace dentate::test
