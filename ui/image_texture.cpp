#include "ui/image_texture.h"

#include <GLFW/glfw3.h>

#include <utility>

namespace dentate::ui {

ImageTexture::~ImageTexture() {
  if (texture_ != 0) glDeleteTextures(1, &texture_);
}

ImageTexture::ImageTexture(ImageTexture&& other) noexcept
    : texture_(std::exchange(other.texture_, 0)),
      shown_(std::move(other.shown_)),
      shown_colors_(std::move(other.shown_colors_)) {}

ImageTexture& ImageTexture::operator=(ImageTexture&& other) noexcept {
  std::swap(texture_, other.texture_);
  std::swap(shown_, other.shown_);
  std::swap(shown_colors_, other.shown_colors_);
  return *this;
}

void ImageTexture::show(const std::vector<std::uint8_t>& pixels, int width, int height) {
  if (width <= 0 || height <= 0) return;
  const auto plane = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  if (pixels.size() != plane && pixels.size() != 3 * plane) return;
  if (texture_ != 0 && pixels == shown_) return;
  const std::size_t step = pixels.size() == plane ? 0 : plane;  // from one colour to the next
  std::vector<std::uint8_t> rgba(plane * 4, 255);
  for (std::size_t i = 0; i < plane; ++i)
    for (std::size_t c = 0; c < 3; ++c) rgba[4 * i + c] = pixels[i + c * step];
  upload(rgba.data(), width, height, /*smooth=*/true);
  shown_ = pixels;
}

void ImageTexture::show(const std::vector<ImU32>& colors, int width, int height) {
  static_assert(IM_COL32_R_SHIFT == 0 && IM_COL32_A_SHIFT == 24);  // in memory: red first
  if (width <= 0 || height <= 0 ||
      colors.size() != static_cast<std::size_t>(width) * static_cast<std::size_t>(height))
    return;
  if (texture_ != 0 && colors == shown_colors_) return;
  upload(colors.data(), width, height, /*smooth=*/false);
  shown_colors_ = colors;
}

void ImageTexture::upload(const void* rgba, int width, int height, bool smooth) {
  if (texture_ == 0) glGenTextures(1, &texture_);
  GLint bound = 0;
  glGetIntegerv(GL_TEXTURE_BINDING_2D, &bound);
  glBindTexture(GL_TEXTURE_2D, texture_);
  const GLint filter = smooth ? GL_LINEAR : GL_NEAREST;
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, rgba);
  glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(bound));
}

ImTextureRef ImageTexture::reference() const {
  return ImTextureRef(static_cast<ImTextureID>(texture_));
}

}  // namespace dentate::ui
