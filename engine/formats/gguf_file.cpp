#include <unistd.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <filesystem>

#include "engine/base/posix_file.h"
#include "engine/formats/checked.h"
#include "engine/formats/gguf.h"

namespace lathe {

namespace {

using Type = GgufValue::Type;

constexpr int64_t kChunkBytes = 1 << 18;

uint64_t unsigned_at(const char* bytes, size_t count) {
    uint64_t value = 0;
    for (size_t i = count; i-- > 0;) value = value << 8 | static_cast<uint8_t>(bytes[i]);
    return value;
}

const char* type_name(const GgufValue& value) {
    static constexpr const char* kNames[] = {"a UINT8",  "an INT8",   "a UINT16", "an INT16", "a UINT32",
                                             "an INT32", "a FLOAT32", "a BOOL",   "a STRING", "an ARRAY",
                                             "a UINT64", "an INT64",  "a FLOAT64"};
    return kNames[static_cast<size_t>(value.type)];
}

// Bytes of a whole number; 0: none.
size_t integer_bytes(Type type) {
    switch (type) {
        case Type::U8:
        case Type::I8:
            return 1;
        case Type::U16:
        case Type::I16:
            return 2;
        case Type::U32:
        case Type::I32:
            return 4;
        case Type::U64:
        case Type::I64:
            return 8;
        default:
            return 0;
    }
}

// A number from 2^63 on comes out negative.
int64_t integer_at(const char* bytes, Type type) {
    const uint64_t value = unsigned_at(bytes, integer_bytes(type));
    switch (type) {
        case Type::I8:
            return static_cast<int8_t>(value);
        case Type::I16:
            return static_cast<int16_t>(value);
        case Type::I32:
            return static_cast<int32_t>(value);
        default:
            return static_cast<int64_t>(value);
    }
}

// 1e-6 as it was meant, not 9.99999997e-7: the same fp32.
double shortest(float value) {
    char text[32];
    const auto written = std::to_chars(text, text + sizeof(text), value);
    double wide = 0;
    std::from_chars(text, written.ptr, wide);
    return wide;
}

}  // namespace

int64_t GgufTensor::elements() const {
    const GgufBlock& block = *find_gguf_block(static_cast<uint32_t>(type));
    return (end - begin) / block.bytes * block.weights;
}

const GgufTensor* GgufFile::find(const std::string& name) const {
    const auto at = by_name_.find(name);
    return at == by_name_.end() ? nullptr : &tensors_[at->second];
}

void GgufFile::read_fp32(const GgufTensor& tensor, int64_t first, int64_t count, float* destination) const {
    check_range(path_, tensor.name, tensor.elements(), first, count);
    const GgufBlock& block = *find_gguf_block(static_cast<uint32_t>(tensor.type));
    const int64_t most = kChunkBytes / block.bytes;
    const int64_t blocks = (first + count + block.weights - 1) / block.weights - first / block.weights;
    std::vector<uint8_t> bytes(static_cast<size_t>(std::min(blocks, most) * block.bytes));
    std::vector<float> edge(static_cast<size_t>(block.weights));
    while (count > 0) {
        const int64_t at = first / block.weights, skip = first % block.weights;
        // A block that is wanted in part goes through `edge`.
        const bool whole = skip == 0 && count >= block.weights;
        const int64_t n = whole ? std::min(count / block.weights, most) : 1;
        read_at(fd_.get(), path_, tensor.name, tensor.begin + at * block.bytes, n * block.bytes, bytes.data());
        const int64_t weights = whole ? n * block.weights : std::min(count, block.weights - skip);
        dequantize(tensor.type, bytes.data(), n, whole ? destination : edge.data());
        if (!whole) std::copy_n(edge.data() + skip, weights, destination);
        destination += weights;
        first += weights;
        count -= weights;
    }
}

const GgufValue* GgufFile::value(const std::string& key) const {
    const auto at = values_.find(key);
    return at == values_.end() ? nullptr : &at->second;
}

void GgufFile::wrong_type(const std::string& key, const char* expected, const GgufValue& found) const {
    refuse(ErrorKind::wrong_type, key, expected, type_name(found));
}

std::optional<int64_t> GgufFile::integer(const std::string& key) const {
    const GgufValue* found = value(key);
    if (!found) return std::nullopt;
    if (integer_bytes(found->type) == 0) wrong_type(key, "a whole number", *found);
    const int64_t number = integer_at(found->bytes.data(), found->type);
    if (found->type == Type::U64 && number < 0) refuse(ErrorKind::out_of_range, key, "a number below 2^63", "more");
    return number;
}

std::optional<double> GgufFile::number(const std::string& key) const {
    const GgufValue* found = value(key);
    if (!found) return std::nullopt;
    double number = 0;
    if (found->type == Type::F32) {
        number = std::bit_cast<float>(static_cast<uint32_t>(unsigned_at(found->bytes.data(), 4)));
        if (std::isfinite(number)) number = shortest(static_cast<float>(number));
    } else if (found->type == Type::F64) {
        number = std::bit_cast<double>(unsigned_at(found->bytes.data(), 8));
    } else {
        if (integer_bytes(found->type) == 0) wrong_type(key, "a number", *found);
        number = static_cast<double>(*integer(key));
    }
    if (!std::isfinite(number)) refuse(ErrorKind::out_of_range, key, "a finite number", "none");
    return number;
}

std::optional<bool> GgufFile::boolean(const std::string& key) const {
    const GgufValue* found = value(key);
    if (!found) return std::nullopt;
    if (found->type != Type::Bool) wrong_type(key, "true or false", *found);
    return found->bytes[0] != 0;
}

std::optional<std::string> GgufFile::text(const std::string& key) const {
    const GgufValue* found = value(key);
    if (!found) return std::nullopt;
    if (found->type != Type::String) wrong_type(key, "a text", *found);
    return found->bytes;
}

std::optional<std::vector<std::string_view>> GgufFile::texts(const std::string& key) const {
    const GgufValue* found = value(key);
    if (!found) return std::nullopt;
    if (found->type != Type::Array || found->element != Type::String) wrong_type(key, "a list of texts", *found);
    std::vector<std::string_view> list;
    list.reserve(found->count);
    std::string_view rest = found->bytes;
    for (uint64_t i = 0; i < found->count; ++i) {
        const auto length = static_cast<size_t>(unsigned_at(rest.data(), 8));
        list.push_back(rest.substr(8, length));
        rest.remove_prefix(8 + length);
    }
    return list;
}

std::optional<std::vector<int64_t>> GgufFile::integers(const std::string& key) const {
    const GgufValue* found = value(key);
    if (!found) return std::nullopt;
    const size_t bytes = found->type == Type::Array ? integer_bytes(found->element) : 0;
    if (bytes == 0) wrong_type(key, "a list of whole numbers", *found);
    std::vector<int64_t> list(found->count);
    for (size_t i = 0; i < list.size(); ++i) list[i] = integer_at(found->bytes.data() + i * bytes, found->element);
    return list;
}

std::optional<uint64_t> GgufFile::length(const std::string& key) const {
    const GgufValue* found = value(key);
    if (!found) return std::nullopt;
    if (found->type != Type::Array) wrong_type(key, "a list", *found);
    return found->count;
}

void GgufFile::refuse(ErrorKind kind, const std::string& key, const std::string& expected,
                      const std::string& found) const {
    fail({.kind = kind, .file = path_, .key = key, .expected = expected, .found = found});
}

int64_t GgufFile::needed_integer(const std::string& key) const {
    const auto number = integer(key);
    if (!number) refuse(ErrorKind::missing_key, key, "", "");
    return *number;
}

bool is_gguf(const std::string& path) {
    std::error_code error;
    if (path.ends_with(".gguf")) return !std::filesystem::is_directory(path, error);
    if (!std::filesystem::is_regular_file(path, error)) return false;
    char magic[4] = {};
    try {
        const Descriptor fd = open_regular_file(path);
        return ::pread(fd.get(), magic, 4, 0) == 4 && std::memcmp(magic, "GGUF", 4) == 0;
    } catch (const Exception&) {
        return false;
    }
}

}  // namespace lathe
