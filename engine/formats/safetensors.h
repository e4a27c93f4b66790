// safetensors reader and writer (github.com/huggingface/safetensors, src/tensor.rs). Nothing is allocated on a file's word before it was checked
// against the file's size: header ≤ 100 MB, ≤ 262,144 tensors, rank ≤ 8, names ≤ 1 KiB, no duplicate, overlap, hole or trailing byte.
// Read by pread, never mapped. Any thread; one object belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace lathe {

enum class Dtype { F32, F16, BF16, F64, I64, I32, I16, I8, U64, U32, U16, U8, BOOL };
int64_t dtype_bytes(Dtype dtype);
const char* dtype_name(Dtype dtype);

struct TensorInfo {
    std::string name;
    Dtype dtype;
    std::vector<int64_t> shape;
    int64_t begin, end;   // bytes from the start of the file
    int64_t elements() const;
};

class SafetensorsFile {
public:
    explicit SafetensorsFile(const std::string& path);
    ~SafetensorsFile();
    SafetensorsFile(SafetensorsFile&& other) noexcept;
    SafetensorsFile(const SafetensorsFile&) = delete;
    const std::string& path() const { return path_; }
    const std::vector<TensorInfo>& tensors() const { return tensors_; }            // by offset
    const std::map<std::string, std::string>& metadata() const { return metadata_; }
    const TensorInfo* find(const std::string& name) const;
    void read(const TensorInfo& tensor, void* destination) const;                  // raw bytes
    // Elements [first, first+count) as fp32; F32, F16, BF16, F64 only, else `unsupported`.
    void read_fp32(const TensorInfo& tensor, int64_t first, int64_t count, float* destination) const;

private:
    std::string path_;
    int fd_ = -1;
    std::vector<TensorInfo> tensors_;
    std::map<std::string, std::string> metadata_;
};

// A tensor to write: fp32 in memory, stored as F32, BF16 or F16 (round to nearest even), or raw bytes of any dtype.
struct TensorSource {
    std::string name;
    Dtype dtype;                  // as stored
    std::vector<int64_t> shape;
    const void* data;             // fp32 elements if from_fp32, else raw
    bool from_fp32 = true;
};

// Writes through OutputFile in the order of the format (dtype alignment descending, then name). Returns the file's sha256.
// `progress` is called with bytes written; returning false cancels (Exception cancelled).
std::string write_safetensors(const std::string& path, std::vector<TensorSource> tensors, const std::map<std::string, std::string>& metadata,
                              const std::function<bool(int64_t)>& progress = {});

}  // namespace lathe
