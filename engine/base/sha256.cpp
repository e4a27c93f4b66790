#include "engine/base/sha256.h"

#include <openssl/evp.h>

#include <new>

#include "engine/base/error.h"

namespace lathe {

struct Sha256::Impl {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    ~Impl() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : impl_(std::make_unique<Impl>()) {
    if (!impl_->context) throw std::bad_alloc();
    if (EVP_DigestInit_ex(impl_->context, EVP_sha256(), nullptr) != 1) {
        fail({.kind = ErrorKind::internal, .found = "the crypto library has no SHA-256"});
    }
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
    if (EVP_DigestUpdate(impl_->context, bytes.data(), bytes.size()) != 1) {
        fail({.kind = ErrorKind::internal, .found = "SHA-256 failed"});
    }
}

std::string Sha256::hex() {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (EVP_DigestFinal_ex(impl_->context, digest, &size) != 1) {
        fail({.kind = ErrorKind::internal, .found = "SHA-256 failed"});
    }
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
        text += "0123456789abcdef"[digest[i] >> 4];
        text += "0123456789abcdef"[digest[i] & 15];
    }
    return text;
}

}  // namespace lathe
