// GGUF files byte by byte, right or wrong, for tests.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lathe_test {

inline std::string le(uint64_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i));
    return text;
}
inline std::string le4(uint64_t value) {
    return le(value, 4);
}
inline std::string le8(uint64_t value) {
    return le(value, 8);
}
inline std::string gguf_string(const std::string& text) {
    return le8(text.size()) + text;
}

// Adds keys and tensors as they are told, and counts them.
struct GgufBuilder {
    std::string keys, infos, data;
    uint64_t key_count = 0, tensor_count = 0;
    uint32_t version = 3;

    GgufBuilder& value(const std::string& key, uint32_t type, const std::string& bytes) {
        keys += gguf_string(key) + le4(type) + bytes;
        ++key_count;
        return *this;
    }
    GgufBuilder& u32(const std::string& key, uint64_t number) { return value(key, 4, le4(number)); }
    GgufBuilder& boolean(const std::string& key, bool flag) { return value(key, 7, le(flag ? 1 : 0, 1)); }
    GgufBuilder& text(const std::string& key, const std::string& text) { return value(key, 8, gguf_string(text)); }
    GgufBuilder& f32(const std::string& key, float number) {
        uint32_t bits = 0;
        __builtin_memcpy(&bits, &number, 4);
        return value(key, 6, le4(bits));
    }
    GgufBuilder& texts(const std::string& key, const std::vector<std::string>& list) {
        std::string bytes = le4(8) + le8(list.size());
        for (const std::string& entry : list) bytes += gguf_string(entry);
        return value(key, 9, bytes);
    }
    GgufBuilder& i32s(const std::string& key, const std::vector<int32_t>& list) {
        std::string bytes = le4(5) + le8(list.size());
        for (const int32_t entry : list) bytes += le4(static_cast<uint32_t>(entry));
        return value(key, 9, bytes);
    }
    // Shape as in the file, innermost first.
    GgufBuilder& tensor(const std::string& name, const std::vector<uint64_t>& ne, uint32_t type, uint64_t offset) {
        infos += gguf_string(name) + le4(ne.size());
        for (const uint64_t dim : ne) infos += le8(dim);
        infos += le4(type) + le8(offset);
        ++tensor_count;
        return *this;
    }
    std::string bytes(size_t alignment = 32) const {
        std::string file = "GGUF" + le4(version) + le8(tensor_count) + le8(key_count) + keys + infos;
        if (!data.empty()) file.append((alignment - file.size() % alignment) % alignment, '\0');
        return file + data;
    }
};

}  // namespace lathe_test
