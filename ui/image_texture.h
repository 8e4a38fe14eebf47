// One picture on the graphics card, for ImGui::Image. Thread: the window's.
#pragma once
#include <cstdint>
#include <vector>

#include "imgui.h"

namespace dentate::ui {

class ImageTexture {
 public:
  ImageTexture() = default;
  ~ImageTexture();
  ImageTexture(ImageTexture&& other) noexcept;
  ImageTexture& operator=(ImageTexture&& other) noexcept;

  // `pixels` is [height * width], row-major, or three such planes: red, green, blue. Uploads only
  // where it differs from what is shown.
  void show(const std::vector<std::uint8_t>& pixels, int width, int height);
  // The same in colours, each pixel with clear edges.
  void show(const std::vector<ImU32>& colors, int width, int height);
  [[nodiscard]] ImTextureRef reference() const;
  [[nodiscard]] bool empty() const { return texture_ == 0; }

 private:
  void upload(const void* rgba, int width, int height, bool smooth);

  unsigned texture_ = 0;
  std::vector<std::uint8_t> shown_;
  std::vector<ImU32> shown_colors_;
};

}  // namespace dentate::ui
