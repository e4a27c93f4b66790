#include "engine/formats/nf4_export.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <memory>
#include <utility>

#include "engine/base/error.h"
#include "engine/base/json.h"
#include "engine/formats/checked.h"
#include "engine/formats/hf_config_json.h"
#include "engine/formats/nf4.h"
#include "engine/formats/nf4_weights.h"

namespace lathe {

namespace {

constexpr int64_t kChunkElements = 1 << 18;  // whole blocks

bool is_block_linear(const TensorSource& tensor) {
    return tensor.name.starts_with("model.layers.") && tensor.name.ends_with("_proj.weight");
}

int64_t elements_of(const TensorSource& tensor) {
    return checked_bytes(tensor.shape, 1, INT64_MAX - 1).value_or(0);
}

// As `plain` would be stored.
void read_rounded(const TensorSource& plain, int64_t first, int64_t count, float* values) {
    plain.read(first, count, values);
    const bool fits = round_to(plain.dtype, count, values);
    if (fits && std::all_of(values, values + count, [](float value) { return std::isfinite(value); })) return;
    fail({.kind = ErrorKind::out_of_range,
          .key = plain.name,
          .expected = std::string("finite numbers that ") + dtype_name(plain.dtype) + " can hold",
          .found = "others"});
}

std::vector<float> absmax_of(const TensorSource& plain) {
    const int64_t elements = elements_of(plain);
    std::vector<float> absmax(static_cast<size_t>(nf4_blocks(elements, kNf4Block)));
    std::vector<float> values(static_cast<size_t>(std::min(elements, kChunkElements)));
    for (int64_t first = 0; first < elements; first += kChunkElements) {
        const int64_t count = std::min(kChunkElements, elements - first);
        read_rounded(plain, first, count, values.data());
        nf4_absmax(values.data(), count, kNf4Block, absmax.data() + first / kNf4Block);
    }
    return absmax;
}

// Bytes [first, first+count) of the codes.
void read_codes(const TensorSource& plain, int64_t first, int64_t count, uint8_t* codes) {
    const int64_t elements = std::min(2 * count, elements_of(plain) - 2 * first);
    std::vector<float> values(static_cast<size_t>(elements));
    std::vector<float> absmax(static_cast<size_t>(nf4_blocks(elements, kNf4Block)));
    read_rounded(plain, 2 * first, elements, values.data());
    nf4_absmax(values.data(), elements, kNf4Block, absmax.data());
    quantize_nf4(values.data(), absmax.data(), elements, kNf4Block, codes);
}

// In Python's way of writing it, so that the bytes are the same.
std::string quant_state(const TensorSource& plain, float offset) {
    const std::string shape = shape_text(plain.shape);
    return R"({"quant_type": "nf4", "blocksize": )" + std::to_string(kNf4Block) + R"(, "dtype": ")" +
           torch_dtype_name(plain.dtype) + R"(", "shape": [)" + shape.substr(1, shape.size() - 2) +
           R"(], "nested_blocksize": )" + std::to_string(kNf4NestedBlock) +
           R"(, "nested_dtype": "float32", "nested_offset": )" + dump_json(Json(static_cast<double>(offset))) + "}";
}

// A list of numbers as a tensor that owns it.
template <class List>
TensorSource owned(const std::string& name, Dtype dtype, List list) {
    const auto shared = std::make_shared<const List>(std::move(list));
    return {.name = name,
            .dtype = dtype,
            .shape = {static_cast<int64_t>(shared->size())},
            .data = nullptr,
            .from_fp32 = false,
            .read = [shared](int64_t first, int64_t count, void* destination) {
                std::copy_n(shared->data() + first, count, static_cast<typename List::value_type*>(destination));
            }};
}

std::vector<TensorSource> quantized(const TensorSource& plain, Scales wanted) {
    const auto blocks = static_cast<size_t>(nf4_blocks(elements_of(plain), kNf4Block));
    NestedAbsmax scales =
        quantize_absmax(wanted == Scales::computed ? absmax_of(plain) : std::vector<float>(blocks, 1.0F));
    const std::string& name = plain.name;
    std::vector<TensorSource> sources = {
        {.name = name,
         .dtype = Dtype::U8,
         .shape = {(elements_of(plain) + 1) / 2, 1},
         .data = nullptr,
         .from_fp32 = false,
         .read = [plain](int64_t first, int64_t count,
                         void* destination) { read_codes(plain, first, count, static_cast<uint8_t*>(destination)); }},
        owned(name + ".absmax", Dtype::U8, std::move(scales.codes)),
        owned(name + ".quant_map", Dtype::F32, kNf4Levels),
        owned(name + ".nested_absmax", Dtype::F32, std::move(scales.absmax)),
        owned(name + ".nested_quant_map", Dtype::F32, dynamic_map()),
        owned(name + ".quant_state.bitsandbytes__nf4", Dtype::U8, quant_state(plain, scales.offset))};
    return sources;
}

}  // namespace

std::vector<TensorSource> nf4_sources(std::vector<TensorSource> plain, const ModelWeights& weights, Scales scales,
                                      const std::function<void(double)>& progress) {
    double total = 0, done = 0;
    for (const TensorSource& tensor : plain) total += static_cast<double>(elements_of(tensor));
    std::vector<TensorSource> sources;
    for (TensorSource& tensor : plain) {
        done += static_cast<double>(elements_of(tensor));
        if (!is_block_linear(tensor)) {
            sources.push_back(std::move(tensor));
            continue;
        }
        std::vector<TensorSource> parts = weights.stored_nf4(tensor.name);
        if (parts.empty()) parts = quantized(tensor, scales);
        std::move(parts.begin(), parts.end(), std::back_inserter(sources));
        if (progress) progress(done / total);
    }
    return sources;
}

std::string nf4_config(Dtype compute) {
    return dump_json({{"quant_method", "bitsandbytes"},
                      {"load_in_4bit", true},
                      {"load_in_8bit", false},
                      {"bnb_4bit_quant_type", "nf4"},
                      {"bnb_4bit_use_double_quant", true},
                      {"bnb_4bit_compute_dtype", torch_dtype_name(compute)},
                      {"bnb_4bit_quant_storage", "uint8"},
                      {"llm_int8_threshold", 6.0},
                      {"llm_int8_skip_modules", Json::array({"lm_head"})},
                      {"llm_int8_enable_fp32_cpu_offload", false},
                      {"llm_int8_has_fp16_weight", false}});
}

}  // namespace lathe
