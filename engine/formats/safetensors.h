// safetensors reader and writer (github.com/huggingface/safetensors, src/tensor.rs): 8 bytes little-endian N, N bytes
// of JSON
// {"NAME": {"dtype", "shape", "data_offsets": [begin, end)}, "__metadata__": {string: string}}, then the data,
// row-major little-endian. Nothing is allocated on a file's word before it was checked against the file's size: header
// ≤ 100 MB, ≤ 262,144 tensors, rank ≤ 8, names ≤ 1 KiB, no key twice, no overlap, hole or trailing byte. Read by pread,
// never mapped, so that a file cut short is an error, not a signal. Any thread; one object belongs to one thread at a
// time.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/base/posix_file.h"

namespace lathe {

enum class Dtype { F32, F16, BF16, F64, I64, I32, I16, I8, U64, U32, U16, U8, BOOL };
int64_t dtype_bytes(Dtype dtype);
const char* dtype_name(Dtype dtype);  // as in the file: "F32", "BF16", …

struct TensorInfo {
    std::string name;  // from the file: never a path, shown through Error alone
    Dtype dtype;
    std::vector<int64_t> shape;
    int64_t begin, end;  // bytes from the start of the file
    int64_t elements() const;
};

class SafetensorsFile {
public:
    // Reads and checks the header. Errors: not_found; unreadable (no regular file, no permission); malformed,
    // out_of_range, mismatch (naming the tensor); too_large; unsupported (dtypes that are not in Dtype).
    explicit SafetensorsFile(const std::string& path);
    const std::string& path() const { return path_; }
    const std::vector<TensorInfo>& tensors() const { return tensors_; }  // by offset
    const std::map<std::string, std::string>& metadata() const { return metadata_; }
    const TensorInfo* find(const std::string& name) const;         // null: not there
    void read(const TensorInfo& tensor, void* destination) const;  // raw bytes; `tensor` is one of tensors()
    // Elements [first, first+count) as stored. `out_of_range` outside of the tensor.
    void read_raw(const TensorInfo& tensor, int64_t first, int64_t count, void* destination) const;
    // Elements [first, first+count) as fp32; F32, F16, BF16, F64 only, else `unsupported`. `out_of_range` outside of
    // the tensor.
    void read_fp32(const TensorInfo& tensor, int64_t first, int64_t count, float* destination) const;

private:
    void read_at(const TensorInfo& tensor, int64_t offset, int64_t count, void* destination) const;

    std::string path_;
    Descriptor fd_;
    std::vector<TensorInfo> tensors_;
    std::vector<uint32_t> by_name_;  // indices into tensors_
    std::map<std::string, std::string> metadata_;
};

// A tensor to write: fp32, stored as F32, BF16 or F16 (round to nearest even), or raw bytes of any dtype.
struct TensorSource {
    std::string name;
    Dtype dtype;  // as stored
    std::vector<int64_t> shape;
    const void* data;  // fp32 elements if from_fp32, else raw; null: read() has them
    bool from_fp32 = true;
    // Elements [first, first+count), fp32 if from_fp32, else as stored; called in order, for at most 1 MiB at once,
    // from multiples of 65536 on.
    std::function<void(int64_t first, int64_t count, void* destination)> read = {};
};

// Writes through OutputFile in the order of the format (dtype descending, then name), byte for byte what the reference
// writer makes; Hugging Face wants metadata {"format": "pt"}. Converts in chunks. Returns the file's sha256. `path`
// must not exist; no file is left behind on an error. `progress` is called with the bytes written so far; returning
// false cancels (Exception cancelled). Errors: internal (two tensors of one name, a shape or name the format has not);
// out_of_range naming the tensor if a finite number would become infinite in F16 or BF16; those of OutputFile.
std::string write_safetensors(const std::string& path, std::vector<TensorSource> tensors,
                              const std::map<std::string, std::string>& metadata,
                              const std::function<bool(int64_t)>& progress = {});
// Size of the file that write_safetensors would make.
int64_t safetensors_bytes(std::vector<TensorSource> tensors, const std::map<std::string, std::string>& metadata);

}  // namespace lathe
