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

constexpr int64_t kChunkElements = 1 << 18;

// Elements of a tensor as they are stored.
class Converter {
public:
    Converter(const TensorSource& tensor, const std::string& path) : tensor_(tensor), path_(path) {
        if (tensor.read) read_.resize(static_cast<size_t>(kChunkElements * width()));
        if (is_narrowed()) halves_.resize(kChunkElements);
    }

    // Of elements [first, first+count).
    const void* bytes(int64_t first, int64_t count) {
        const char* source = tensor_.read ? read_.data() : static_cast<const char*>(tensor_.data) + first * width();
        if (tensor_.read) tensor_.read(first, count, read_.data());
        if (!is_narrowed()) return source;
        const auto* values = reinterpret_cast<const float*>(source);
        const bool fits = tensor_.dtype == Dtype::BF16 ? fp32_to_bf16(values, halves_.data(), count)
                                                       : fp32_to_fp16(values, halves_.data(), count);
        if (!fits) {
            fail({.kind = ErrorKind::out_of_range,
                  .file = path_,
                  .key = tensor_.name,
                  .expected = std::string("numbers that ") + dtype_name(tensor_.dtype) + " can hold",
                  .found = "a larger one"});
        }
        return halves_.data();
    }

private:
    bool is_narrowed() const { return tensor_.from_fp32 && tensor_.dtype != Dtype::F32; }
    // Of an element as it is given.
    int64_t width() const { return tensor_.from_fp32 ? 4 : dtype_bytes(tensor_.dtype); }

    const TensorSource& tensor_;
    const std::string& path_;
    std::vector<char> read_;
    std::vector<uint16_t> halves_;
};

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
    for (const TensorSource& tensor : tensors) {
        // The header's maker has checked that it does not wrap.
        const int64_t width = dtype_bytes(tensor.dtype);
        const int64_t elements = checked_bytes(tensor.shape, width, INT64_MAX).value_or(0) / width;
        Converter converter(tensor, path);
        for (int64_t first = 0; first < elements; first += kChunkElements) {
            const int64_t count = std::min(kChunkElements, elements - first);
            file.write(converter.bytes(first, count), count * width);
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
