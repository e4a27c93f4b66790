#include <sys/stat.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <tuple>
#include <utility>

#include "engine/base/posix_file.h"
#include "engine/formats/checked.h"
#include "engine/formats/gguf.h"

namespace lathe {

namespace {

constexpr int64_t kKeyLimit = 65536;
constexpr int64_t kTensorLimit = 262144;
constexpr int64_t kKeyBytesLimit = 65535;
constexpr int64_t kNameLimit = 64;
constexpr int64_t kMetadataLimit = 256 << 20;
constexpr uint32_t kDimsLimit = 4;
// The least that one takes in the file: a length, a byte, a type, a byte of value; name, dims, type and offset.
constexpr int64_t kLeastKeyBytes = 8 + 1 + 4 + 1;
constexpr int64_t kLeastTensorBytes = 8 + 1 + 4 + 8 + 4 + 8;
constexpr const char* kReadTypes = "F32, F16, BF16, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q4_K, Q5_K or Q6_K";

std::string shown(const std::string& text) {
    return text.size() > 80 ? text.substr(0, 80) + "…" : text;
}

// Bytes of a number of this type; 0: no number.
int64_t number_bytes(GgufValue::Type type) {
    switch (type) {
        case GgufValue::Type::U8:
        case GgufValue::Type::I8:
        case GgufValue::Type::Bool:
            return 1;
        case GgufValue::Type::U16:
        case GgufValue::Type::I16:
            return 2;
        case GgufValue::Type::U32:
        case GgufValue::Type::I32:
        case GgufValue::Type::F32:
            return 4;
        case GgufValue::Type::U64:
        case GgufValue::Type::I64:
        case GgufValue::Type::F64:
            return 8;
        default:
            return 0;
    }
}

}  // namespace

// Walks over the head of the file, which is read piece by piece; `where_` is the key or tensor that it is at.
class GgufReader {
public:
    GgufReader(GgufFile& file, int fd, int64_t file_bytes) : file_(file), fd_(fd), file_bytes_(file_bytes) {}

    void read() {
        read_magic();
        const int64_t tensors = count("tensors", kLeastTensorBytes, kTensorLimit);
        const int64_t keys = count("keys", kLeastKeyBytes, kKeyLimit);
        for (int64_t i = 0; i < keys; ++i) read_key();
        where_.clear();
        if (const int64_t parts = file_.integer("split.count").value_or(1); parts != 1)
            wrong(ErrorKind::unsupported, "a model in one file", "one of " + std::to_string(parts), "split.count");
        const int64_t alignment = read_alignment();
        file_.tensors_.reserve(static_cast<size_t>(tensors));
        for (int64_t i = 0; i < tensors; ++i) read_tensor(alignment);
        place_tensors(alignment);
    }

private:
    [[noreturn]] void wrong(ErrorKind kind, std::string expected, std::string found, std::string key = "") const {
        if (key.empty()) key = where_.empty() ? "byte " + std::to_string(at_) : shown(where_);
        fail({.kind = kind,
              .file = file_.path_,
              .key = std::move(key),
              .expected = std::move(expected),
              .found = std::move(found)});
    }

    int64_t left() const { return file_bytes_ - at_; }

    void take(void* destination, int64_t bytes) {
        if (bytes > left())
            wrong(ErrorKind::malformed, std::to_string(bytes) + " bytes", std::to_string(left()) + " left in the file");
        auto* out = static_cast<char*>(destination);
        while (bytes > 0) {
            if (at_ < buffer_at_ || at_ >= buffer_at_ + static_cast<int64_t>(buffer_.size())) {
                buffer_.resize(static_cast<size_t>(std::min<int64_t>(left(), 1 << 18)));
                read_at(fd_, file_.path_, where_, at_, static_cast<int64_t>(buffer_.size()), buffer_.data());
                buffer_at_ = at_;
            }
            const int64_t from = at_ - buffer_at_;
            const int64_t n = std::min(bytes, static_cast<int64_t>(buffer_.size()) - from);
            std::memcpy(out, buffer_.data() + from, static_cast<size_t>(n));
            out += n;
            at_ += n;
            bytes -= n;
        }
    }

    template <class Number>
    Number number() {
        uint8_t bytes[sizeof(Number)];
        take(bytes, sizeof(Number));
        Number value = 0;
        for (size_t i = sizeof(Number); i-- > 0;) value = static_cast<Number>(value << 8 | bytes[i]);
        return value;
    }

    // Appends `bytes` bytes of metadata.
    void append(std::string& out, uint64_t bytes) {
        if (bytes > static_cast<uint64_t>(left()))
            wrong(ErrorKind::malformed, "a value within the file",
                  std::to_string(bytes) + " bytes where " + std::to_string(left()) + " are left");
        metadata_bytes_ += static_cast<int64_t>(bytes);
        if (metadata_bytes_ > kMetadataLimit)
            wrong(ErrorKind::too_large, "metadata of at most " + std::to_string(kMetadataLimit) + " bytes", "more");
        const size_t before = out.size();
        out.resize(before + static_cast<size_t>(bytes));
        take(out.data() + before, static_cast<int64_t>(bytes));
    }

    std::string name(const char* what, int64_t limit) {
        const auto length = number<uint64_t>();
        if (length < 1 || length > static_cast<uint64_t>(limit))
            wrong(ErrorKind::malformed, std::string(what) + " of 1 to " + std::to_string(limit) + " bytes",
                  std::to_string(length));
        std::string text;
        append(text, length);
        return text;
    }

    void read_magic() {
        char magic[4];
        take(magic, 4);
        if (std::memcmp(magic, "GGUF", 4) != 0)
            wrong(ErrorKind::malformed, "GGUF at its start", "something else", "byte 0");
        const auto version = number<uint32_t>();
        if (version == 0x02000000U || version == 0x03000000U)
            wrong(ErrorKind::unsupported, "a little-endian GGUF file", "a big-endian one", "version");
        if (version != 2 && version != 3)
            wrong(ErrorKind::unsupported, "GGUF version 2 or 3", std::to_string(version), "version");
    }

    int64_t count(const char* what, int64_t least_bytes, int64_t limit) {
        const auto stated = number<uint64_t>();
        if (stated > static_cast<uint64_t>(limit))
            wrong(ErrorKind::too_large, "at most " + std::to_string(limit) + " " + what, std::to_string(stated));
        if (static_cast<int64_t>(stated) * least_bytes > left())
            wrong(ErrorKind::malformed, "as many " + std::string(what) + " as the file has room for",
                  std::to_string(stated));
        return static_cast<int64_t>(stated);
    }

    GgufValue::Type value_type() {
        const auto type = number<uint32_t>();
        if (type > static_cast<uint32_t>(GgufValue::Type::F64))
            wrong(ErrorKind::malformed, "a value type from 0 to 12", std::to_string(type));
        return static_cast<GgufValue::Type>(type);
    }

    void read_key() {
        where_.clear();
        where_ = name("a key", kKeyBytesLimit);
        if (file_.values_.contains(where_)) wrong(ErrorKind::malformed, "each key once", "it twice");
        GgufValue value;
        value.type = value_type();
        if (value.type == GgufValue::Type::Array) {
            read_array(value);
        } else if (value.type == GgufValue::Type::String) {
            append(value.bytes, number<uint64_t>());
        } else {
            append(value.bytes, static_cast<uint64_t>(number_bytes(value.type)));
        }
        if (value.type == GgufValue::Type::Bool && static_cast<uint8_t>(value.bytes[0]) > 1)
            wrong(ErrorKind::malformed, "0 or 1", std::to_string(static_cast<uint8_t>(value.bytes[0])));
        file_.values_.emplace(where_, std::move(value));
    }

    void read_array(GgufValue& value) {
        value.element = value_type();
        if (value.element == GgufValue::Type::Array)
            wrong(ErrorKind::unsupported, "an array of numbers or texts", "an array of arrays");
        value.count = number<uint64_t>();
        const bool of_texts = value.element == GgufValue::Type::String;
        const int64_t least = of_texts ? 8 : number_bytes(value.element);
        if (value.count > static_cast<uint64_t>(left() / least))
            wrong(ErrorKind::malformed, "an array within the file",
                  std::to_string(value.count) + " entries where " + std::to_string(left()) + " bytes are left");
        if (!of_texts) return append(value.bytes, value.count * static_cast<uint64_t>(least));
        for (uint64_t i = 0; i < value.count; ++i) {
            append(value.bytes, 8);
            uint64_t length = 0;
            for (size_t k = 0; k < 8; ++k)
                length |= static_cast<uint64_t>(static_cast<uint8_t>(value.bytes[value.bytes.size() - 8 + k]))
                          << (8 * k);
            append(value.bytes, length);
        }
    }

    int64_t read_alignment() const {
        const auto at = file_.values_.find("general.alignment");
        if (at == file_.values_.end()) return 32;
        if (at->second.type != GgufValue::Type::U32)
            wrong(ErrorKind::wrong_type, "a UINT32", "another type", "general.alignment");
        const int64_t alignment = *file_.integer("general.alignment");
        if (alignment < 8 || alignment > 65536 || !std::has_single_bit(static_cast<uint64_t>(alignment)))
            wrong(ErrorKind::out_of_range, "a power of two from 8 to 65536", std::to_string(alignment),
                  "general.alignment");
        return alignment;
    }

    GgufType tensor_type() {
        const auto type = number<uint32_t>();
        if (find_gguf_block(type)) return static_cast<GgufType>(type);
        const char* known = gguf_type_name(type);
        wrong(known ? ErrorKind::unsupported : ErrorKind::malformed, kReadTypes,
              known ? known : "type " + std::to_string(type));
    }

    // begin is the offset as stated until place_tensors().
    void read_tensor(int64_t alignment) {
        where_.clear();
        GgufTensor tensor{};
        tensor.name = name("a tensor's name", kNameLimit);
        where_ = tensor.name;
        if (!file_.by_name_.emplace(tensor.name, 0).second) wrong(ErrorKind::malformed, "each tensor once", "it twice");
        const auto dims = number<uint32_t>();
        if (dims < 1 || dims > kDimsLimit) wrong(ErrorKind::out_of_range, "1 to 4 dimensions", std::to_string(dims));
        for (uint32_t i = 0; i < dims; ++i) {
            const auto dim = number<uint64_t>();
            if (dim > static_cast<uint64_t>(INT64_MAX))
                wrong(ErrorKind::out_of_range, "dimensions below 2^63", std::to_string(dim));
            tensor.shape.push_back(static_cast<int64_t>(dim));
        }
        tensor.type = tensor_type();
        const GgufBlock& block = *find_gguf_block(static_cast<uint32_t>(tensor.type));
        if (tensor.shape[0] % block.weights != 0)
            wrong(ErrorKind::malformed, "rows of a multiple of " + std::to_string(block.weights),
                  std::to_string(tensor.shape[0]));
        // In whole blocks, so that nothing is divided after it was multiplied.
        std::vector<int64_t> blocks = tensor.shape;
        blocks[0] /= block.weights;
        const auto bytes = checked_bytes(blocks, block.bytes, file_bytes_);
        if (!bytes || !checked_bytes(tensor.shape, 4, INT64_MAX))
            wrong(ErrorKind::mismatch, "a tensor within the file", "a shape of more bytes than the file has");
        const auto offset = number<uint64_t>();
        if (offset % static_cast<uint64_t>(alignment) != 0)
            wrong(ErrorKind::malformed, "an offset of a multiple of " + std::to_string(alignment),
                  std::to_string(offset));
        if (offset > static_cast<uint64_t>(file_bytes_))
            wrong(ErrorKind::out_of_range, "an offset within the file", std::to_string(offset));
        std::reverse(tensor.shape.begin(), tensor.shape.end());
        tensor.begin = static_cast<int64_t>(offset);
        tensor.end = tensor.begin + *bytes;
        file_.tensors_.push_back(std::move(tensor));
    }

    void place_tensors(int64_t alignment) {
        std::vector<GgufTensor>& tensors = file_.tensors_;
        const int64_t data = (at_ + alignment - 1) / alignment * alignment;
        std::sort(tensors.begin(), tensors.end(), [](const GgufTensor& a, const GgufTensor& b) {
            return std::tie(a.begin, a.end, a.name) < std::tie(b.begin, b.end, b.name);
        });
        int64_t reached = data;
        for (size_t i = 0; i < tensors.size(); ++i) {
            GgufTensor& tensor = tensors[i];
            where_ = tensor.name;
            file_.by_name_[tensor.name] = i;
            tensor.begin += data;
            tensor.end += data;
            if (tensor.end > file_bytes_)
                wrong(ErrorKind::malformed, "data up to byte " + std::to_string(tensor.end),
                      "a file of " + std::to_string(file_bytes_));
            if (tensor.begin < reached)
                wrong(ErrorKind::malformed, "data from byte " + std::to_string(reached),
                      "an overlap at byte " + std::to_string(tensor.begin));
            reached = std::max(reached, tensor.end);
        }
    }

    GgufFile& file_;
    const int fd_;
    const int64_t file_bytes_;
    int64_t at_ = 0, buffer_at_ = 0, metadata_bytes_ = 0;
    std::vector<char> buffer_;
    std::string where_;
};

GgufFile::GgufFile(const std::string& path) : path_(path), fd_(open_regular_file(path)) {
    struct stat status {};
    if (::fstat(fd_.get(), &status) != 0) fail_system(path, errno, Access::read);
    GgufReader(*this, fd_.get(), status.st_size).read();
}

}  // namespace lathe
