#include "engine/formats/nf4_weights.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "engine/base/error.h"
#include "engine/base/json.h"
#include "engine/formats/checked.h"
#include "engine/formats/float16.h"
#include "engine/formats/hf_keys.h"
#include "engine/formats/nf4.h"

namespace lathe {

namespace {

constexpr const char* kStateOf = ".quant_state.bitsandbytes__";
constexpr int64_t kStateLimit = 1 << 16;
constexpr int64_t kChunkElements = 1 << 16;  // a multiple of every block

Dtype state_dtype(const HfKeys& keys) {
    const std::string name = keys.text("dtype").value_or("");
    if (name == "bfloat16") return Dtype::BF16;
    if (name == "float16") return Dtype::F16;
    if (name != "float32") keys.unsupported("dtype", "bfloat16, float16 or float32", name.substr(0, 80));
    return Dtype::F32;
}

int64_t block_size(const HfKeys& keys, const char* key) {
    const int64_t size = keys.needed_integer(key);
    if (size < 32 || size > 4096 || !std::has_single_bit(static_cast<uint64_t>(size)))
        keys.out_of_range(key, "a power of two from 32 to 4096", std::to_string(size));
    return size;
}

std::vector<int64_t> state_shape(const HfKeys& keys) {
    std::vector<int64_t> shape;
    const Json* dims = keys.array("shape");
    for (const Json& dim : dims ? *dims : Json::array()) {
        if (!dim.is_number_integer() || shape.size() == 2) keys.out_of_range("shape", "two sizes", "others");
        shape.push_back(dim.get<int64_t>());
    }
    if (shape.size() != 2 || shape[0] < 1 || shape[1] < 1)
        keys.out_of_range("shape", "two sizes from 1 on", shape_text(shape));
    return shape;
}

bool all_finite(const float* values, int64_t count) {
    return std::all_of(values, values + count, [](float value) { return std::isfinite(value); });
}

[[noreturn]] void fail_infinite(const std::string& file, const std::string& key) {
    fail({.kind = ErrorKind::out_of_range, .file = file, .key = key, .expected = "finite numbers", .found = "others"});
}

}  // namespace

bool round_to(Dtype dtype, int64_t count, float* values) {
    bool fits = true;
    const auto round = [&](auto narrow, auto widen) {
        for (int64_t i = 0; i < count; ++i) {
            const float rounded = widen(narrow(values[i]));
            fits = fits && std::isfinite(rounded) == std::isfinite(values[i]);
            values[i] = rounded;
        }
    };
    if (dtype == Dtype::BF16)
        round([](float v) { return fp32_to_bf16(v); }, [](uint16_t b) { return bf16_to_fp32(b); });
    if (dtype == Dtype::F16) round([](float v) { return fp32_to_fp16(v); }, [](uint16_t b) { return fp16_to_fp32(b); });
    return fits;
}

bool Nf4Weights::is_nf4(const HfWeights& stored) {
    const std::vector<std::string> names = stored.names();
    return std::any_of(names.begin(), names.end(),
                       [](const std::string& name) { return name.find(kStateOf) != std::string::npos; });
}

Nf4Weights::Nf4Weights(HfWeights stored) : stored_(std::move(stored)) {
    for (const std::string& state : stored_.names()) {
        const size_t at = state.find(kStateOf);
        if (at == std::string::npos) continue;
        const std::string name = state.substr(0, at);
        if (const std::string kind = state.substr(at + std::string(kStateOf).size()); kind != "nf4") {
            fail({.kind = ErrorKind::unsupported,
                  .file = stored_.path_of(state),
                  .key = name,
                  .expected = "nf4",
                  .found = kind.substr(0, 80)});
        }
        const Matrix& matrix = matrices_.emplace(name, read_matrix(name, state)).first->second;
        hidden_.insert(matrix.parts.begin() + 1, matrix.parts.end());
    }
}

const TensorInfo& Nf4Weights::part(const std::string& name, Dtype dtype, int64_t elements) const {
    const TensorInfo& info = stored_.info(name);
    if (info.dtype != dtype || info.elements() != elements) {
        fail({.kind = ErrorKind::mismatch,
              .file = stored_.path_of(name),
              .key = name,
              .expected = std::to_string(elements) + " of " + dtype_name(dtype),
              .found = std::to_string(info.elements()) + " of " + dtype_name(info.dtype)});
    }
    return info;
}

std::vector<float> Nf4Weights::read_floats(const std::string& name, int64_t count) const {
    part(name, Dtype::F32, count);
    std::vector<float> values(static_cast<size_t>(count));
    stored_.read_part(name, 0, count, values.data());
    if (!all_finite(values.data(), count)) fail_infinite(stored_.path_of(name), name);
    return values;
}

Nf4Weights::Matrix Nf4Weights::read_matrix(const std::string& name, const std::string& state) const {
    const TensorInfo& info = stored_.info(state);
    if (info.elements() > kStateLimit || info.dtype != Dtype::U8) {
        fail({.kind = ErrorKind::too_large,
              .file = stored_.path_of(state),
              .key = state,
              .expected = "at most " + std::to_string(kStateLimit) + " of U8",
              .found = std::to_string(info.elements()) + " of " + dtype_name(info.dtype)});
    }
    std::string text(static_cast<size_t>(info.elements()), '\0');
    stored_.read_raw(state, 0, info.elements(), text.data());
    const std::string where = stored_.path_of(state) + ": " + state;
    const Json json = parse_json(text, where);
    const HfKeys keys(json, where);
    if (const auto type = keys.text("quant_type"); type != "nf4")
        keys.unsupported("quant_type", "nf4", type.value_or("none").substr(0, 80));

    Matrix matrix;
    matrix.shape = state_shape(keys);
    matrix.block = block_size(keys, "blocksize");
    matrix.dtype = state_dtype(keys);
    const auto elements = checked_bytes(matrix.shape, 1, INT64_MAX - 1);
    if (!elements) keys.out_of_range("shape", "fewer than 2^63 elements", shape_text(matrix.shape));
    matrix.elements = *elements;
    part(name, Dtype::U8, (matrix.elements + 1) / 2);
    matrix.parts = {name, name + ".absmax", name + ".quant_map", state};
    const std::vector<float> levels = read_floats(name + ".quant_map", static_cast<int64_t>(kNf4Levels.size()));
    if (!std::equal(levels.begin(), levels.end(), kNf4Levels.begin())) {
        fail({.kind = ErrorKind::mismatch,
              .file = stored_.path_of(name),
              .key = name + ".quant_map",
              .expected = "the levels of NF4",
              .found = "others"});
    }
    const bool is_nested = stored_.has(name + ".nested_absmax");
    part(name + ".absmax", is_nested ? Dtype::U8 : Dtype::F32, nf4_blocks(matrix.elements, matrix.block));
    if (is_nested) read_nesting(name, keys, matrix);
    return matrix;
}

void Nf4Weights::read_nesting(const std::string& name, const HfKeys& keys, Matrix& matrix) const {
    matrix.nested_block = block_size(keys, "nested_blocksize");
    if (const auto dtype = keys.text("nested_dtype"); dtype != "float32")
        keys.unsupported("nested_dtype", "float32", dtype.value_or("none").substr(0, 80));
    matrix.offset = static_cast<float>(keys.needed_number("nested_offset"));
    if (!std::isfinite(matrix.offset)) keys.out_of_range("nested_offset", "an fp32", "a larger one");
    const int64_t scales = nf4_blocks(matrix.elements, matrix.block);
    matrix.nested_map = read_floats(name + ".nested_quant_map", 256);
    matrix.nested_absmax = read_floats(name + ".nested_absmax", nf4_blocks(scales, matrix.nested_block));
    matrix.parts.push_back(name + ".nested_absmax");
    matrix.parts.push_back(name + ".nested_quant_map");
}

bool Nf4Weights::has(const std::string& name) const {
    return stored_.has(name) && !hidden_.contains(name);
}

std::vector<int64_t> Nf4Weights::shape(const std::string& name) const {
    const auto at = matrices_.find(name);
    return at == matrices_.end() ? stored_.shape(name) : at->second.shape;
}

void Nf4Weights::require(const std::string& name, const std::vector<int64_t>& shape) const {
    const auto at = matrices_.find(name);
    if (at == matrices_.end()) return stored_.require(name, shape);
    require_shape(stored_.path_of(name), name, shape, at->second.shape);
}

void Nf4Weights::read_absmax(const std::string& name, const Matrix& matrix, int64_t first, int64_t count,
                             float* absmax) const {
    if (matrix.nested_block == 0) {
        stored_.read_part(name + ".absmax", first, count, absmax);
    } else {
        std::vector<uint8_t> codes(static_cast<size_t>(count));
        stored_.read_raw(name + ".absmax", first, count, codes.data());
        dequantize_absmax(codes.data(), matrix.nested_map.data(), matrix.nested_absmax.data(), matrix.offset,
                          matrix.nested_block, first, count, absmax);
    }
    if (!all_finite(absmax, count)) fail_infinite(stored_.path_of(name), name + ".absmax");
}

void Nf4Weights::read_part(const std::string& name, int64_t first, int64_t count, float* destination) const {
    const auto at = matrices_.find(name);
    if (at == matrices_.end()) return stored_.read_part(name, first, count, destination);
    const Matrix& matrix = at->second;
    check_range(stored_.path_of(name), name, matrix.elements, first, count);
    const int64_t last = first + count;
    std::vector<uint8_t> codes(static_cast<size_t>(std::min(count, kChunkElements) / 2 + 1));
    std::vector<float> absmax(static_cast<size_t>(kChunkElements / matrix.block + 1));
    while (first < last) {
        const int64_t n = std::min(last - first, kChunkElements);
        const int64_t byte = first / 2, block = first / matrix.block;
        stored_.read_raw(name, byte, (first + n + 1) / 2 - byte, codes.data());
        read_absmax(name, matrix, block, nf4_blocks(first + n, matrix.block) - block, absmax.data());
        dequantize_nf4(codes.data(), absmax.data(), matrix.block, first, n, destination);
        round_to(matrix.dtype, n, destination);
        first += n;
        destination += n;
    }
}

std::vector<std::string> Nf4Weights::names() const {
    std::vector<std::string> names = stored_.names();
    std::erase_if(names, [&](const std::string& name) { return hidden_.contains(name); });
    return names;
}

std::vector<std::string> Nf4Weights::parts(const std::string& name) const {
    const auto at = matrices_.find(name);
    return at == matrices_.end() ? std::vector<std::string>{name} : at->second.parts;
}

std::vector<TensorSource> Nf4Weights::stored_nf4(const std::string& name) const {
    const auto at = matrices_.find(name);
    if (at == matrices_.end() || at->second.block != kNf4Block || at->second.nested_block != kNf4NestedBlock) return {};
    std::vector<TensorSource> sources;
    for (const std::string& part : at->second.parts) {
        const TensorInfo& info = stored_.info(part);
        sources.push_back({.name = part,
                           .dtype = info.dtype,
                           .shape = info.shape,
                           .data = nullptr,
                           .from_fp32 = false,
                           .read = [this, part](int64_t first, int64_t count, void* destination) {
                               stored_.read_raw(part, first, count, destination);
                           }});
    }
    return sources;
}

}  // namespace lathe
