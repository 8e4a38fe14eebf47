// The window of the desktop: GLFW, an OpenGL 3.3 context, the ImGui and ImPlot contexts, and the
// pace of frames: 60 a second while something moves, none while nothing does. Where a CPU draws, at
// most 30 and at most a third of the time, so that learning keeps its cores.
//
// Thread: main. One at a time. ImGui must not be used before open() nor after destruction.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/spec/result.h"

struct GLFWwindow;

namespace dentate::ui {

struct WindowSetup {
  std::string title = "Dentate";
  int width = 1600, height = 1000;  // in screen units; cut to the monitor's work area
  bool paced = true;                // false: frames as fast as they come, for tests
  bool drawn = true;                // false: frames are built and thrown away, for benchmarks
};

struct Picture {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgb;  // [height * width * 3], first row at the top
};

class Window {
 public:
  // Refuses where there is no display or no OpenGL 3.3.
  static spec::Result<std::unique_ptr<Window>> open(const WindowSetup& setup);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  [[nodiscard]] bool closeAsked() const;
  void keepOpen();  // takes the wish to close back

  // Waits until the next frame is due (`busy`: something moves) or input comes, then begins it.
  // False after a tenth of a second in which neither was the case: nothing is begun.
  [[nodiscard]] bool beginFrame(bool busy);
  // Draws what ImGui gathered and shows it.
  void endFrame(std::uint32_t ground);

  // Files and folders that a person dropped onto the window since the last call.
  [[nodiscard]] std::vector<std::filesystem::path> takeDropped();
  void drop(std::vector<std::filesystem::path> paths);

  // Pixels a design pixel by the monitor, without the user's setting.
  [[nodiscard]] float contentScale() const;
  void setTitle(const std::string& title);
  void toggleFullScreen();
  void resize(int width, int height);
  [[nodiscard]] std::pair<int, int> size() const;  // screen units; before full screen, there
  // Frames begun since the window was opened.
  [[nodiscard]] std::uint64_t frames() const { return frames_; }
  // The next endFrame keeps what it shows, for captured().
  void captureNext() { capture_next_ = true; }
  [[nodiscard]] const Picture& captured() const { return captured_; }

 private:
  Window() = default;
  bool waitForFrame(bool busy);
  void enliven();  // input has come
  void measurePixels();
  bool waitForInput();
  void capture(int width, int height);

  GLFWwindow* window_ = nullptr;
  bool has_imgui_ = false, paced_ = true, drawn_ = true, drawn_by_cpu_ = false;
  double last_frame_ = 0, lively_until_ = 0;  // glfwGetTime
  int lively_frames_ = 0;                     // that come after input, however long they take
  double begun_ = 0;                          // of this frame, after the wait
  double frame_cost_ = 0;                     // s to draw one, smoothed
  int placed_[4] = {0, 0, 0, 0};              // x, y, width, height before full screen
  float pixels_a_unit_ = 1;                   // of the screen
  std::string title_;
  std::uint64_t frames_ = 0;
  bool exposed_ = true;  // what it showed is lost, or it was resized
  std::vector<std::filesystem::path> dropped_;
  bool capture_next_ = false;
  Picture captured_;
};

}  // namespace dentate::ui
