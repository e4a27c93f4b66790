#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <utility>
#include <vector>

#include "engine/base/error.h"
#include "engine/base/posix_file.h"
#include "engine/formats/checked.h"
#include "engine/formats/float16.h"
#include "engine/formats/safetensors.h"
#include "engine/formats/safetensors_header.h"

namespace lathe {

namespace {

constexpr int64_t kChunkElements = 64 * 1024;

}  // namespace

SafetensorsFile::SafetensorsFile(const std::string& path) : path_(path), fd_(open_regular_file(path)) {
    struct stat status {};
    if (::fstat(fd_.get(), &status) != 0) fail_system(path, errno, Access::read);
    const int64_t file_bytes = status.st_size;
    if (file_bytes < 8) {
        fail({.kind = ErrorKind::malformed,
              .file = path,
              .expected = "at least 8 bytes",
              .found = std::to_string(file_bytes)});
    }
    unsigned char prefix[8];
    lathe::read_at(fd_.get(), path, "", 0, 8, prefix);
    uint64_t length = 0;
    for (int i = 7; i >= 0; --i) length = length << 8 | prefix[i];
    if (length > static_cast<uint64_t>(kHeaderLimit)) {
        fail({.kind = ErrorKind::too_large,
              .file = path,
              .expected = "a header of at most 100000000 bytes",
              .found = std::to_string(length)});
    }
    const auto header_bytes = static_cast<int64_t>(length);
    if (header_bytes > file_bytes - 8) {
        fail({.kind = ErrorKind::malformed,
              .file = path,
              .expected = "a header of " + std::to_string(length) + " bytes",
              .found = std::to_string(file_bytes - 8) + " bytes left in the file"});
    }
    std::string text(static_cast<size_t>(header_bytes), '\0');
    lathe::read_at(fd_.get(), path, "", 8, header_bytes, text.data());
    SafetensorsHeader header = parse_safetensors_header(text, 8 + header_bytes, file_bytes, path);
    tensors_ = std::move(header.tensors);
    by_name_ = std::move(header.by_name);
    metadata_ = std::move(header.metadata);
}

const TensorInfo* SafetensorsFile::find(const std::string& name) const {
    const auto at =
        std::lower_bound(by_name_.begin(), by_name_.end(), name,
                         [&](uint32_t index, const std::string& wanted) { return tensors_[index].name < wanted; });
    return at != by_name_.end() && tensors_[*at].name == name ? &tensors_[*at] : nullptr;
}

void SafetensorsFile::read_at(const TensorInfo& tensor, int64_t offset, int64_t count, void* destination) const {
    lathe::read_at(fd_.get(), path_, tensor.name, tensor.begin + offset, count, destination);
}

void SafetensorsFile::read(const TensorInfo& tensor, void* destination) const {
    read_at(tensor, 0, tensor.end - tensor.begin, destination);
}

void SafetensorsFile::read_raw(const TensorInfo& tensor, int64_t first, int64_t count, void* destination) const {
    check_range(path_, tensor.name, tensor.elements(), first, count);
    const int64_t width = dtype_bytes(tensor.dtype);
    read_at(tensor, first * width, count * width, destination);
}

void SafetensorsFile::read_fp32(const TensorInfo& tensor, int64_t first, int64_t count, float* destination) const {
    check_range(path_, tensor.name, tensor.elements(), first, count);
    const Dtype dtype = tensor.dtype;
    if (dtype == Dtype::F32) return read_at(tensor, first * 4, count * 4, destination);
    if (dtype != Dtype::BF16 && dtype != Dtype::F16 && dtype != Dtype::F64) {
        fail({.kind = ErrorKind::unsupported,
              .file = path_,
              .key = tensor.name,
              .expected = "F32, F16, BF16 or F64",
              .found = dtype_name(dtype)});
    }
    const int64_t chunk = std::min(count, kChunkElements);
    std::vector<uint16_t> halves(static_cast<size_t>(dtype == Dtype::F64 ? 0 : chunk));
    std::vector<double> doubles(static_cast<size_t>(dtype == Dtype::F64 ? chunk : 0));
    for (int64_t done = 0; done < count; done += chunk) {
        const int64_t n = std::min(chunk, count - done);
        float* out = destination + done;
        if (dtype == Dtype::F64) {
            read_at(tensor, (first + done) * 8, n * 8, doubles.data());
            for (int64_t i = 0; i < n; ++i) out[i] = static_cast<float>(doubles[static_cast<size_t>(i)]);
            continue;
        }
        read_at(tensor, (first + done) * 2, n * 2, halves.data());
        if (dtype == Dtype::BF16) {
            bf16_to_fp32(halves.data(), out, n);
        } else {
            fp16_to_fp32(halves.data(), out, n);
        }
    }
}

}  // namespace lathe
