// What the tests of engine/formats share: files of given bytes, safetensors files of a given header, and the error that
// a call ends with.
#pragma once

#include <QtTest>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "engine/base/error.h"

namespace lathe {

inline std::string golden(const std::string& name) {
    return std::string(LATHE_SOURCE_DIR "/tests/data/") + name;
}

inline void put_file(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

inline std::string get_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline std::string length_prefix(uint64_t length) {
    std::string bytes;
    for (int i = 0; i < 8; ++i) bytes += static_cast<char>(length >> (8 * i));
    return bytes;
}

inline std::string safetensors_with(const std::string& header, const std::string& data = "") {
    return length_prefix(header.size()) + header + data;
}

template <class Call>
std::optional<Error> error_of(Call&& call) {
    try {
        call();
        return std::nullopt;
    } catch (const Exception& exception) {
        return exception.error();
    }
}

}  // namespace lathe

// The call ends with this kind, and the sentence is one printable line of at most 300 characters that names `part`.
#define VERIFY_FAILS(call, wanted, part)                                             \
    do {                                                                             \
        const auto failure = lathe::error_of([&] { call; });                         \
        QVERIFY2(failure.has_value(), #call " went through");                        \
        const std::string sentence = failure->sentence();                            \
        QVERIFY2(failure->kind == lathe::ErrorKind::wanted, sentence.c_str());       \
        QVERIFY2(sentence.find(part) != std::string::npos, sentence.c_str());        \
        QVERIFY(sentence.size() <= 300 && sentence.find('\n') == std::string::npos); \
    } while (false)
