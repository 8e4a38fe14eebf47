#include "ui/image_texture.h"

#include <GLFW/glfw3.h>

#include <utility>

namespace dentate::ui {

ImageTexture::~ImageTexture() {
  if (texture_ != 0) glDeleteTextures(1, &texture_);
}

ImageTexture::ImageTexture(ImageTexture&& other) noexcept
    : texture_(std::exchange(other.texture_, 0)), shown_(std::move(other.shown_)) {}

ImageTexture& ImageTexture::operator=(ImageTexture&& other) noexcept {
  std::swap(texture_, other.texture_);
  std::swap(shown_, other.shown_);
  return *this;
}

void ImageTexture::show(const std::vector<std::uint8_t>& pixels, int width, int height) {
  if (width <= 0 || height <= 0 ||
      pixels.size() != static_cast<std::size_t>(width) * static_cast<std::size_t>(height))
    return;
  if (texture_ != 0 && pixels == shown_) return;
  std::vector<std::uint8_t> rgba(pixels.size() * 4, 255);
  for (std::size_t i = 0; i < pixels.size(); ++i)
    rgba[4 * i] = rgba[4 * i + 1] = rgba[4 * i + 2] = pixels[i];
  if (texture_ == 0) glGenTextures(1, &texture_);
  GLint bound = 0;
  glGetIntegerv(GL_TEXTURE_BINDING_2D, &bound);
  glBindTexture(GL_TEXTURE_2D, texture_);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, rgba.data());
  glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(bound));
  shown_ = pixels;
}

ImTextureRef ImageTexture::reference() const {
  return ImTextureRef(static_cast<ImTextureID>(texture_));
}

}  // namespace dentate::ui
