#include <algorithm>
#include <utility>
#include <vector>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/formats/checked.h"
#include "engine/formats/float16.h"
#include "engine/formats/safetensors.h"
#include "engine/formats/safetensors_header.h"

namespace lathe {

namespace {

constexpr int64_t kChunkBytes = 1 << 20;

}  // namespace

std::string write_safetensors(const std::string& path, std::vector<TensorSource> tensors,
                              const std::map<std::string, std::string>& metadata,
                              const std::function<bool(int64_t)>& progress) {
    const std::string header = make_safetensors_header(tensors, metadata, path);
    OutputFile file(path);
    const auto report = [&] {
        if (progress && !progress(file.size())) fail({.kind = ErrorKind::cancelled, .file = path});
    };
    file.write(header.data(), static_cast<int64_t>(header.size()));
    std::vector<uint16_t> halves(kChunkBytes / 2);
    for (const TensorSource& tensor : tensors) {
        // The header's maker has checked that it does not wrap.
        const int64_t bytes = checked_bytes(tensor.shape, dtype_bytes(tensor.dtype), INT64_MAX).value_or(0);
        const bool narrows = tensor.from_fp32 && tensor.dtype != Dtype::F32;
        for (int64_t done = 0; done < bytes; done += kChunkBytes) {
            const int64_t n = std::min(kChunkBytes, bytes - done);
            if (!narrows) {
                file.write(static_cast<const char*>(tensor.data) + done, n);
                report();
                continue;
            }
            const float* source = static_cast<const float*>(tensor.data) + done / 2;
            const bool fits = tensor.dtype == Dtype::BF16 ? fp32_to_bf16(source, halves.data(), n / 2)
                                                          : fp32_to_fp16(source, halves.data(), n / 2);
            if (!fits) {
                fail({.kind = ErrorKind::out_of_range,
                      .file = path,
                      .key = tensor.name,
                      .expected = std::string("numbers that ") + dtype_name(tensor.dtype) + " can hold",
                      .found = "a larger one"});
            }
            file.write(halves.data(), n);
            report();
        }
    }
    return file.finish();
}

int64_t safetensors_bytes(std::vector<TensorSource> tensors, const std::map<std::string, std::string>& metadata) {
    auto bytes = static_cast<int64_t>(make_safetensors_header(tensors, metadata, "").size());
    for (const TensorSource& tensor : tensors)
        bytes += checked_bytes(tensor.shape, dtype_bytes(tensor.dtype), INT64_MAX).value_or(0);
    return bytes;
}

}  // namespace lathe
