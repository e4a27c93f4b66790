// SHA-256 (FIPS 180-4) of bytes that come in pieces, by libcrypto. One thread an object.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace lathe {

class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;
    void add(std::string_view bytes);
    std::string hex();  // lower case; ends it

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace lathe
