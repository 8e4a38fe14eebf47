#include "engine/data/sha256.h"

#include <openssl/evp.h>

#include <array>

#include "engine/spec/check.h"

namespace dentate::data {

void Sha256::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  DENTATE_CHECK(context_ != nullptr &&
                EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
}

void Sha256::add(std::span<const std::uint8_t> bytes) {
  DENTATE_CHECK(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
}

std::string Sha256::hex() {
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> sum{};
  unsigned int size = 0;
  DENTATE_CHECK(EVP_DigestFinal_ex(context_.get(), sum.data(), &size) == 1);
  std::string out;
  for (unsigned int i = 0; i < size; ++i) {
    out += "0123456789abcdef"[sum[i] / 16];
    out += "0123456789abcdef"[sum[i] % 16];
  }
  return out;
}

}  // namespace dentate::data
