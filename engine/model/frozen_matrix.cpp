#include "engine/model/frozen_matrix.h"

#include <ATen/ops/empty.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "engine/base/error.h"
#include "engine/formats/float16.h"
#include "engine/formats/nf4.h"
#include "engine/model/parallel.h"
#include "kernels/int8_blocks.h"

namespace lathe {

namespace {

constexpr int64_t kChunk = 1 << 18;  // elements read at once, whole blocks

at::Tensor bytes(int64_t count) {
    return at::empty({count}, at::kByte);
}

// body(values, first, count) for one chunk after the other, until it says false.
template <class Body>
void for_each_chunk(int64_t elements, const FrozenMatrix::Reader& read, Body body) {
    std::vector<float> values(static_cast<size_t>(std::min(elements, kChunk)));
    for (int64_t first = 0; first < elements; first += kChunk) {
        const int64_t count = std::min(kChunk, elements - first);
        read(first, count, values.data());
        if (!body(values.data(), first, count)) return;
    }
}

// A value that is not finite makes its block's scale so.
void require_finite(const float* scales, int64_t count) {
    if (!std::all_of(scales, scales + count, [](float scale) { return std::isfinite(scale); }))
        fail({.kind = ErrorKind::out_of_range, .expected = "finite weights", .found = "others"});
}

}  // namespace

bool FrozenMatrix::read_bf16(Part& part, int64_t elements, const Reader& read) {
    part.values = at::empty({elements}, at::kShort);
    auto* bits = reinterpret_cast<uint16_t*>(part.values.data_ptr<int16_t>());
    bool exact = true;
    for_each_chunk(elements, read, [&](const float* values, int64_t first, int64_t count) {
        uint32_t lost = 0;
        for (int64_t i = 0; i < count; ++i) {
            const auto word = std::bit_cast<uint32_t>(values[i]);
            lost |= word & 0xFFFF;
            bits[first + i] = static_cast<uint16_t>(word >> 16);
        }
        return exact = lost == 0;
    });
    return exact;
}

void FrozenMatrix::read_fp32(Part& part, int64_t elements, const Reader& read) {
    part.values = at::empty({elements}, at::kFloat);
    read(0, elements, part.values.data_ptr<float>());
}

void FrozenMatrix::quantise(Part& part, int64_t elements, bool nested, const Reader& read) {
    const int64_t blocks = nf4_blocks(elements, kNf4Block);
    part.codes = bytes((elements + 1) / 2);
    auto* codes = part.codes.data_ptr<uint8_t>();
    std::vector<float> absmax(static_cast<size_t>(blocks));
    for_each_chunk(elements, read, [&](const float* values, int64_t first, int64_t count) {
        parallel_for(nf4_blocks(count, kNf4Block), 64, [&](Range range) {
            const int64_t begin = range.begin * kNf4Block, n = std::min(count, range.end * kNf4Block) - begin;
            float* scales = absmax.data() + first / kNf4Block + range.begin;
            nf4_absmax(values + begin, n, kNf4Block, scales);
            quantize_nf4(values + begin, scales, n, kNf4Block, codes + (first + begin) / 2);
        });
        return true;
    });
    require_finite(absmax.data(), blocks);
    if (!nested) {
        part.absmax = at::empty({blocks}, at::kFloat);
        std::copy(absmax.begin(), absmax.end(), part.absmax.data_ptr<float>());
        return;
    }
    const NestedAbsmax scales = quantize_absmax(std::move(absmax));
    part.absmax = bytes(blocks);
    std::copy(scales.codes.begin(), scales.codes.end(), part.absmax.data_ptr<uint8_t>());
    part.nested_absmax = at::empty({static_cast<int64_t>(scales.absmax.size())}, at::kFloat);
    std::copy(scales.absmax.begin(), scales.absmax.end(), part.nested_absmax.data_ptr<float>());
    part.offset = scales.offset;
}

void FrozenMatrix::quantise_int8(Part& part, int64_t rows, const Reader& read) const {
    const int64_t together = std::max<int64_t>(1, kChunk / columns_), blocks = int8_blocks(columns_);
    part.codes = at::empty({rows, columns_}, at::kChar);
    part.absmax = at::empty({rows * blocks}, at::kFloat);
    auto* codes = part.codes.data_ptr<int8_t>();
    auto* scales = part.absmax.data_ptr<float>();
    std::vector<float> values(static_cast<size_t>(std::min(rows, together) * columns_));
    for (int64_t first = 0; first < rows; first += together) {
        const int64_t count = std::min(together, rows - first);
        read(first * columns_, count * columns_, values.data());
        parallel_for(count, 16, [&](Range range) {
            for (int64_t row = range.begin; row < range.end; ++row)
                cpu::quantize_int8(values.data() + row * columns_, columns_, codes + (first + row) * columns_,
                                   scales + (first + row) * blocks);
        });
    }
    require_finite(scales, rows * blocks);
}

void FrozenMatrix::add(int64_t rows, Form form, const Reader& read) {
    Part part{.first_row = rows_};
    const int64_t elements = rows * columns_;
    if (form == Form::int8)
        quantise_int8(part, rows, read);
    else if (form != Form::exact)
        quantise(part, elements, form == Form::nf4, read);
    else if (!read_bf16(part, elements, read))
        read_fp32(part, elements, read);
    parts_.push_back(std::move(part));
    rows_ += rows;
}

void FrozenMatrix::decode_nf4(const Part& part, int64_t row, float* values) const {
    const int64_t first = row * columns_, block = first / kNf4Block;
    const int64_t blocks = nf4_blocks(first + columns_, kNf4Block) - block;
    thread_local std::vector<float> scales;
    scales.resize(static_cast<size_t>(blocks));
    if (part.nested_absmax.defined())
        dequantize_absmax(part.absmax.const_data_ptr<uint8_t>() + block, dynamic_map().data(),
                          part.nested_absmax.const_data_ptr<float>(), part.offset, kNf4NestedBlock, block, blocks,
                          scales.data());
    else
        std::copy_n(part.absmax.const_data_ptr<float>() + block, blocks, scales.data());
    const uint8_t* codes = part.codes.const_data_ptr<uint8_t>() + first / 2;
    dequantize_nf4(codes, scales.data(), kNf4Block, first, columns_, values);
}

void FrozenMatrix::decode(int64_t row, float* values) const {
    const auto past =
        std::upper_bound(parts_.begin(), parts_.end(), row, [](int64_t r, const Part& p) { return r < p.first_row; });
    const Part& part = *(past - 1);
    row -= part.first_row;
    if (part.codes.defined() && part.codes.scalar_type() == at::kChar)
        cpu::dequantize_int8(part.codes.const_data_ptr<int8_t>() + row * columns_,
                             part.absmax.const_data_ptr<float>() + row * int8_blocks(columns_), columns_, values);
    else if (!part.values.defined())
        decode_nf4(part, row, values);
    else if (part.values.scalar_type() == at::kFloat)
        std::copy_n(part.values.const_data_ptr<float>() + row * columns_, columns_, values);
    else
        bf16_to_fp32(reinterpret_cast<const uint16_t*>(part.values.const_data_ptr<int16_t>()) + row * columns_, values,
                     columns_);
}

}  // namespace lathe
