// GGUF reader (ggml/docs/gguf.md), versions 2 and 3, little-endian: "GGUF", u32 version, u64 tensors, u64 keys; the
// keys (string, u32 type, value); a name, shape, type and offset for each tensor; then their data, each aligned.
// Nothing is allocated on a file's word before it was checked against the file's size: at most 262,144 tensors, 65,536
// keys, 256 MiB of metadata, names of 64 bytes, 4 dimensions; no key or tensor twice, no overlap. Read by pread, never
// mapped. A file of several (split.count) is refused. Any thread; one object belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.h"
#include "engine/formats/gguf_blocks.h"

namespace lathe {

struct GgufTensor {
    std::string name;  // from the file: never a path, shown through Error alone
    GgufType type;
    std::vector<int64_t> shape;  // outermost first, as torch has it: the file's ne[] reversed
    int64_t begin, end;          // bytes from the start of the file
    int64_t elements() const;
};

// A value of the metadata, as the file spells it.
struct GgufValue {
    enum class Type : uint32_t { U8, I8, U16, I16, U32, I32, F32, Bool, String, Array, U64, I64, F64 };
    Type type = Type::U8;
    Type element = Type::U8;  // of an array
    uint64_t count = 0;       // of an array
    std::string bytes;        // little-endian; a string without its length, an array's strings with theirs
};

class GgufFile {
public:
    // Reads and checks all but the tensors' data. Errors: not_found; unreadable (no regular file); malformed,
    // out_of_range, mismatch, too_large (naming key, tensor or byte); unsupported (version, big-endian, a split file, a
    // tensor type that Lathe does not read, by its name).
    explicit GgufFile(const std::string& path);
    ~GgufFile();
    GgufFile(GgufFile&& other) noexcept;
    GgufFile(const GgufFile&) = delete;
    const std::string& path() const { return path_; }
    const std::vector<GgufTensor>& tensors() const { return tensors_; }  // by offset
    const GgufTensor* find(const std::string& name) const;               // null: not there
    // Elements [first, first+count) as fp32, `tensor` being one of tensors(). `out_of_range` outside of it.
    void read_fp32(const GgufTensor& tensor, int64_t first, int64_t count, float* destination) const;

    // The metadata's values; none where the key is not there, wrong_type where its value is of another kind.
    bool has(const std::string& key) const { return values_.contains(key); }
    const std::map<std::string, GgufValue>& values() const { return values_; }
    std::optional<int64_t> integer(const std::string& key) const;  // out_of_range from 2^63 on
    std::optional<double> number(const std::string& key) const;    // finite; an fp32 as the shortest decimal that is it
    std::optional<bool> boolean(const std::string& key) const;
    std::optional<std::string> text(const std::string& key) const;
    std::optional<std::vector<std::string_view>> texts(const std::string& key) const;  // live as long as this object
    std::optional<std::vector<int64_t>> integers(const std::string& key) const;
    std::optional<uint64_t> length(const std::string& key) const;  // of a list of any kind
    int64_t needed_integer(const std::string& key) const;          // missing_key
    // The Exception about a key of this file.
    [[noreturn]] void refuse(ErrorKind kind, const std::string& key, const std::string& expected,
                             const std::string& found) const;

private:
    friend class GgufReader;
    const GgufValue* value(const std::string& key) const;
    [[noreturn]] void wrong_type(const std::string& key, const char* expected, const GgufValue& found) const;

    std::string path_;
    int fd_ = -1;
    std::vector<GgufTensor> tensors_;
    std::map<std::string, size_t> by_name_;  // indices into tensors_
    std::map<std::string, GgufValue> values_;
};

// No folder and ends with .gguf, be it there or not; or a regular file that begins as one.
bool is_gguf(const std::string& path);

}  // namespace lathe
