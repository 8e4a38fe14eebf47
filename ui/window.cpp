#include "ui/window.h"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

#include "imgui.h"
#include "imgui_impl_glfw.h"
#include "imgui_impl_opengl3.h"
#include "imgui_internal.h"
#include "implot.h"

namespace dentate::ui {
namespace {

constexpr double kBusyFrame = 1.0 / 60, kSlowBusyFrame = 1.0 / 30, kSlowestFrame = 1.0 / 10;
constexpr double kIdleLook = 1.0 / 10;  // s between looks at whether something has changed
constexpr int kLivelyFrames = 8;        // at least: ImGui spreads a key chord over several
constexpr double kLively = 0.6;         // s at the busy rate after input, so that hovers fade in

std::string glfwError(const char* otherwise) {
  const char* text = nullptr;
  glfwGetError(&text);
  return text != nullptr ? text : otherwise;
}

spec::Error noWindow(std::string what) {
  return {spec::Error::Kind::Resource, "window", std::move(what)};
}

// Tiles of units, some lit: the drawing of a layer.
void setIcon(GLFWwindow* window) {
  constexpr int kSize = 32;
  constexpr std::uint8_t kLit[16] = {1, 0, 0, 1, 0, 2, 0, 0, 0, 0, 3, 0, 1, 0, 0, 4};
  constexpr std::uint8_t kColors[5][3] = {
      {43, 50, 61}, {91, 184, 201}, {121, 192, 138}, {232, 163, 61}, {228, 87, 46}};
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(kSize) * kSize * 4, 0);
  for (int y = 0; y < kSize; ++y) {
    for (int x = 0; x < kSize; ++x) {
      if (x % 8 == 7 || y % 8 == 7) continue;
      std::uint8_t* pixel = &pixels[static_cast<std::size_t>(y * kSize + x) * 4];
      std::memcpy(pixel, kColors[kLit[(y / 8) * 4 + x / 8]], 3);
      pixel[3] = 255;
    }
  }
  const GLFWimage image{kSize, kSize, pixels.data()};
  glfwSetWindowIcon(window, 1, &image);
}

bool isSoftware(const char* renderer) {
  const std::string_view name = renderer != nullptr ? renderer : "";
  for (const char* part : {"llvmpipe", "softpipe", "SwiftShader", "Software", "swrast"})
    if (name.find(part) != std::string_view::npos) return true;
  return false;
}

void beginContexts() {
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImPlot::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;  // ui/settings keeps the layout
  io.ConfigFlags |= ImGuiConfigFlags_DockingEnable | ImGuiConfigFlags_NavEnableKeyboard;
  io.ConfigWindowsMoveFromTitleBarOnly = true;
  io.ConfigInputTextCursorBlink = false;
}

}  // namespace

spec::Result<std::unique_ptr<Window>> Window::open(const WindowSetup& setup) {
  if (glfwInit() != GLFW_TRUE)
    return noWindow("no display to open a window on; the command line works without one (" +
                    glfwError("GLFW gives no reason") + ")");
  std::unique_ptr<Window> out(new Window);
  out->paced_ = setup.paced;
  out->drawn_ = setup.drawn;
  out->title_ = setup.title;
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  int x = 0, y = 0, width = setup.width, height = setup.height;
  if (GLFWmonitor* monitor = glfwGetPrimaryMonitor(); monitor != nullptr)
    glfwGetMonitorWorkarea(monitor, &x, &y, &width, &height);
  out->window_ = glfwCreateWindow(width > 0 ? std::min(setup.width, width) : setup.width,
                                  height > 0 ? std::min(setup.height, height) : setup.height,
                                  setup.title.c_str(), nullptr, nullptr);
  if (out->window_ == nullptr)
    return noWindow("the window needs OpenGL 3.3, which this display does not give (" +
                    glfwError("GLFW gives no reason") + ")");
  glfwMakeContextCurrent(out->window_);
  glfwSwapInterval(setup.paced ? 1 : 0);
  glfwSetWindowSizeLimits(out->window_, 640, 400, GLFW_DONT_CARE, GLFW_DONT_CARE);
  setIcon(out->window_);
  glfwSetWindowUserPointer(out->window_, out.get());
  glfwSetWindowRefreshCallback(out->window_, [](GLFWwindow* window) {
    static_cast<Window*>(glfwGetWindowUserPointer(window))->exposed_ = true;
  });
  glfwSetFramebufferSizeCallback(out->window_, [](GLFWwindow* window, int, int) {
    static_cast<Window*>(glfwGetWindowUserPointer(window))->measurePixels();
  });
  out->measurePixels();
  glfwSetDropCallback(out->window_, [](GLFWwindow* window, int count, const char** paths) {
    static_cast<Window*>(glfwGetWindowUserPointer(window))->drop({paths, paths + count});
  });
  out->drawn_by_cpu_ = isSoftware(reinterpret_cast<const char*>(glGetString(GL_RENDERER)));
  beginContexts();
  out->has_imgui_ = true;
  if (!ImGui_ImplGlfw_InitForOpenGL(out->window_, true) || !ImGui_ImplOpenGL3_Init("#version 330"))
    return noWindow("OpenGL 3.3 did not start");
  return out;
}

Window::~Window() {
  if (has_imgui_) {
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplGlfw_Shutdown();
    ImPlot::DestroyContext();
    ImGui::DestroyContext();
  }
  if (window_ != nullptr) glfwDestroyWindow(window_);
  glfwTerminate();
}

void Window::drop(std::vector<std::filesystem::path> paths) {
  dropped_ = std::move(paths);
  exposed_ = true;  // a frame takes them
}

std::vector<std::filesystem::path> Window::takeDropped() { return std::exchange(dropped_, {}); }

bool Window::closeAsked() const { return glfwWindowShouldClose(window_) == GLFW_TRUE; }

void Window::keepOpen() { glfwSetWindowShouldClose(window_, GLFW_FALSE); }

void Window::enliven() {
  lively_until_ = glfwGetTime() + kLively;
  lively_frames_ = kLivelyFrames;
}

// False where none came.
bool Window::waitForInput() {
  const double before = glfwGetTime();
  glfwWaitEventsTimeout(kIdleLook);
  const bool early = glfwGetTime() - before < kIdleLook - 0.001;
  return early || exposed_ || ImGui::GetCurrentContext()->InputEventsQueue.Size > 0;
}

bool Window::waitForFrame(bool busy) {
  const bool touched = lively_frames_ > 0 || glfwGetTime() < lively_until_;
  lively_frames_ = std::max(0, lively_frames_ - 1);
  if (!busy && !touched) {
    if (!waitForInput()) return false;
    enliven();  // it is answered at the busy rate for a while
  }
  double shortest = kBusyFrame;
  if (drawn_by_cpu_)
    shortest = std::clamp(frame_cost_ * (touched ? 1.5 : 3.0), kSlowBusyFrame, kSlowestFrame);
  const double due = last_frame_ + shortest;
  const double before = glfwGetTime();
  if (before < due) {
    glfwWaitEventsTimeout(due - before);
    if (glfwGetTime() < due - 0.001) enliven();  // input came
  }
  while (glfwGetTime() < due) glfwWaitEventsTimeout(std::max(0.0005, due - glfwGetTime()));
  last_frame_ = glfwGetTime();
  return true;
}

bool Window::beginFrame(bool busy) {
  if (paced_ && !waitForFrame(busy)) return false;
  exposed_ = false;
  ++frames_;
  begun_ = glfwGetTime();
  glfwPollEvents();
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  ImGui::NewFrame();
  return true;
}

void Window::endFrame(std::uint32_t ground) {
  ImGui::Render();
  if (!drawn_) return;
  int width = 0, height = 0;
  glfwGetFramebufferSize(window_, &width, &height);
  const ImVec4 color = ImGui::ColorConvertU32ToFloat4(ground);
  glViewport(0, 0, width, height);
  glClearColor(color.x, color.y, color.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  if (std::exchange(capture_next_, false)) capture(width, height);
  glfwSwapBuffers(window_);
  frame_cost_ += 0.1 * (glfwGetTime() - begun_ - frame_cost_);
}

float Window::contentScale() const {
  float x = 1, y = 1;
  glfwGetWindowContentScale(window_, &x, &y);
  // Where screen units are not pixels, ImGui's backend already scales by their ratio.
  return std::clamp(x / pixels_a_unit_, 1.0F, 4.0F);
}

// Asks the display, which takes a tenth of a millisecond.
void Window::measurePixels() {
  int width = 0, height = 0, pixels = 0, rows = 0;
  glfwGetWindowSize(window_, &width, &height);
  glfwGetFramebufferSize(window_, &pixels, &rows);
  pixels_a_unit_ =
      width > 0 && pixels > 0 ? static_cast<float>(pixels) / static_cast<float>(width) : 1.0F;
}

void Window::setTitle(const std::string& title) {
  if (title == title_) return;
  title_ = title;
  glfwSetWindowTitle(window_, title.c_str());
}

void Window::toggleFullScreen() {
  if (glfwGetWindowMonitor(window_) != nullptr) {
    glfwSetWindowMonitor(window_, nullptr, placed_[0], placed_[1], placed_[2], placed_[3], 0);
    return;
  }
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  const GLFWvidmode* mode = monitor != nullptr ? glfwGetVideoMode(monitor) : nullptr;
  if (mode == nullptr) return;
  glfwGetWindowPos(window_, &placed_[0], &placed_[1]);
  glfwGetWindowSize(window_, &placed_[2], &placed_[3]);
  glfwSetWindowMonitor(window_, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
}

void Window::resize(int width, int height) { glfwSetWindowSize(window_, width, height); }

std::pair<int, int> Window::size() const {
  if (glfwGetWindowMonitor(window_) != nullptr) return {placed_[2], placed_[3]};
  int width = 0, height = 0;
  glfwGetWindowSize(window_, &width, &height);
  return {width, height};
}

void Window::capture(int width, int height) {
  captured_ = {width, height, {}};
  const std::size_t row = static_cast<std::size_t>(width) * 3;
  const auto rows = static_cast<std::size_t>(height);
  std::vector<std::uint8_t> upside_down(row * rows);
  captured_.rgb.resize(row * rows);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, upside_down.data());
  for (std::size_t y = 0; y < rows; ++y)
    std::copy_n(upside_down.begin() + static_cast<std::ptrdiff_t>((rows - 1 - y) * row), row,
                captured_.rgb.begin() + static_cast<std::ptrdiff_t>(y * row));
}

}  // namespace dentate::ui
