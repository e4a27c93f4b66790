#include "engine/formats/gguf_writer.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <optional>
#include <set>
#include <string_view>
#include <thread>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/formats/checked.h"
#include "engine/formats/gguf_quantise.h"

namespace lathe {

namespace {

using Type = GgufValue::Type;

constexpr int64_t kAlignment = 32;
constexpr int64_t kReadElements = 1 << 18;    // 1 MiB
constexpr int64_t kChunkElements = 1 << 20;   // converted at once
constexpr int64_t kThreadElements = 1 << 14;  // by a thread before it takes the next ones

template <class T>
void append(std::string& out, T number) {
    for (size_t i = 0; i < sizeof(T); ++i) out += static_cast<char>(number >> (8 * i));
}

void append_text(std::string& out, std::string_view text) {
    append(out, static_cast<uint64_t>(text.size()));
    out += text;
}

void append_value(std::string& out, const GgufValue& value) {
    append(out, static_cast<uint32_t>(value.type));
    if (value.type == Type::String) return append_text(out, value.bytes);
    if (value.type == Type::Array) {
        append(out, static_cast<uint32_t>(value.element));
        append(out, value.count);
    }
    out += value.bytes;
}

int64_t padded(int64_t bytes) {
    return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

int64_t tensor_bytes(const GgufSource& tensor) {
    const GgufBlock& block = *find_gguf_block(static_cast<uint32_t>(tensor.type));
    std::vector<int64_t> blocks = tensor.shape;
    const bool whole = !blocks.empty() && blocks.back() % block.weights == 0;
    if (whole) blocks.back() /= block.weights;
    const auto bytes = whole ? checked_bytes(blocks, block.bytes, INT64_MAX - kAlignment) : std::nullopt;
    if (!bytes || !checked_bytes(tensor.shape, 4, INT64_MAX))
        fail({.kind = ErrorKind::internal, .key = tensor.name, .expected = "whole blocks of a possible size"});
    return *bytes;
}

// All before the data, with its padding; and how many bytes of data follow.
struct Head {
    std::string bytes;
    int64_t data_bytes = 0;
};

Head make_head(const GgufKeys& keys, const std::vector<GgufSource>& tensors) {
    Head head;
    std::set<std::string_view> names;
    const auto once = [&](const std::string& name) {
        if (!names.insert(name).second) fail({.kind = ErrorKind::internal, .key = name, .expected = "each name once"});
    };
    head.bytes = "GGUF";
    append(head.bytes, uint32_t{3});
    append(head.bytes, static_cast<uint64_t>(tensors.size()));
    append(head.bytes, static_cast<uint64_t>(keys.size()));
    for (const auto& [key, value] : keys) {
        once(key);
        append_text(head.bytes, key);
        append_value(head.bytes, value);
    }
    for (const GgufSource& tensor : tensors) {
        once(tensor.name);
        append_text(head.bytes, tensor.name);
        append(head.bytes, static_cast<uint32_t>(tensor.shape.size()));
        for (size_t i = tensor.shape.size(); i-- > 0;) append(head.bytes, static_cast<uint64_t>(tensor.shape[i]));
        append(head.bytes, static_cast<uint32_t>(tensor.type));
        append(head.bytes, static_cast<uint64_t>(head.data_bytes));
        const auto sum = checked_sum(head.data_bytes, padded(tensor_bytes(tensor)), INT64_MAX);
        if (!sum) fail({.kind = ErrorKind::internal, .key = tensor.name, .expected = "a possible size"});
        head.data_bytes = *sum;
    }
    head.bytes.resize(static_cast<size_t>(padded(static_cast<int64_t>(head.bytes.size()))));
    return head;
}

// fp32 elements of a tensor as blocks, on several threads.
class Quantiser {
public:
    Quantiser(const GgufSource& tensor, int threads)
        : tensor_(tensor), block_(*find_gguf_block(static_cast<uint32_t>(tensor.type))), threads_(threads) {}

    // Of elements [first, first+count): whole blocks. False if they do not fit the type.
    bool convert(int64_t first, int64_t count) {
        weights_.resize(static_cast<size_t>(count));
        bytes_.resize(static_cast<size_t>(count / block_.weights * block_.bytes));
        for (int64_t at = 0; at < count; at += kReadElements)
            tensor_.read(first + at, std::min(kReadElements, count - at), weights_.data() + at);
        std::atomic<int64_t> next = 0;
        std::atomic<bool> fits = true;
        const auto work = [&] {
            for (int64_t at = next.fetch_add(kThreadElements); at < count; at = next.fetch_add(kThreadElements))
                if (!quantise(tensor_.type, weights_.data() + at, std::min(kThreadElements, count - at),
                              bytes_.data() + at / block_.weights * block_.bytes))
                    fits = false;
        };
        {
            const int64_t workers = std::min<int64_t>(threads_, (count + kThreadElements - 1) / kThreadElements);
            std::vector<std::jthread> pool;
            for (int64_t i = 1; i < workers; ++i) pool.emplace_back(work);
            work();
        }
        return fits;
    }

    const std::vector<uint8_t>& bytes() const { return bytes_; }

private:
    const GgufSource& tensor_;
    const GgufBlock block_;
    const int threads_;
    std::vector<float> weights_;
    std::vector<uint8_t> bytes_;
};

}  // namespace

GgufValue gguf_u32(uint32_t number) {
    GgufValue value{.type = Type::U32};
    append(value.bytes, number);
    return value;
}

GgufValue gguf_f32(float number) {
    GgufValue value{.type = Type::F32};
    append(value.bytes, std::bit_cast<uint32_t>(number));
    return value;
}

GgufValue gguf_bool(bool flag) {
    return {.type = Type::Bool, .bytes = std::string(1, static_cast<char>(flag))};
}

GgufValue gguf_text(std::string text) {
    return {.type = Type::String, .bytes = std::move(text)};
}

GgufValue gguf_texts(const std::vector<std::string>& texts) {
    GgufValue value{.type = Type::Array, .element = Type::String, .count = texts.size()};
    for (const std::string& text : texts) append_text(value.bytes, text);
    return value;
}

GgufValue gguf_i32s(const std::vector<int32_t>& numbers) {
    GgufValue value{.type = Type::Array, .element = Type::I32, .count = numbers.size()};
    for (const int32_t number : numbers) append(value.bytes, static_cast<uint32_t>(number));
    return value;
}

std::string write_gguf_file(const std::string& path, const GgufKeys& keys, const std::vector<GgufSource>& tensors,
                            int threads, const std::function<bool(int64_t)>& progress) {
    const std::string head = make_head(keys, tensors).bytes;
    OutputFile file(path);
    const auto report = [&] {
        if (progress && !progress(file.size())) fail({.kind = ErrorKind::cancelled, .file = path});
    };
    file.write(head.data(), static_cast<int64_t>(head.size()));
    for (const GgufSource& tensor : tensors) {
        const GgufBlock& block = *find_gguf_block(static_cast<uint32_t>(tensor.type));
        const int64_t bytes = tensor_bytes(tensor), elements = bytes / block.bytes * block.weights;
        Quantiser quantiser(tensor, threads);
        for (int64_t first = 0; first < elements; first += kChunkElements) {
            if (!quantiser.convert(first, std::min(kChunkElements, elements - first)))
                fail({.kind = ErrorKind::out_of_range,
                      .file = path,
                      .key = tensor.name,
                      .expected = std::string("finite numbers that ") +
                                  gguf_type_name(static_cast<uint32_t>(tensor.type)) + " can hold",
                      .found = "another one"});
            file.write(quantiser.bytes().data(), static_cast<int64_t>(quantiser.bytes().size()));
            report();
        }
        static constexpr char kZeros[kAlignment] = {};
        file.write(kZeros, padded(bytes) - bytes);
    }
    return file.finish();
}

int64_t gguf_file_bytes(const GgufKeys& keys, const std::vector<GgufSource>& tensors) {
    const Head head = make_head(keys, tensors);
    return static_cast<int64_t>(head.bytes.size()) + head.data_bytes;
}

}  // namespace lathe
