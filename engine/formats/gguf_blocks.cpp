#include "engine/formats/gguf_blocks.h"

#include <cstring>

#include "engine/formats/float16.h"

// d * q + m must round twice, as the reference does; CMakeLists.txt keeps the compiler from fusing it.

namespace lathe {

namespace {

float half_at(const uint8_t* bytes) {
    return fp16_to_fp32(static_cast<uint16_t>(bytes[0] | bytes[1] << 8));
}

// Byte j holds weight j in its low and weight j + 16 in its high half.
void q4_0(const uint8_t* block, float* w) {
    const float d = half_at(block);
    for (int j = 0; j < 16; ++j) {
        const int q = block[2 + j];
        w[j] = d * static_cast<float>((q & 15) - 8);
        w[j + 16] = d * static_cast<float>((q >> 4) - 8);
    }
}

void q4_1(const uint8_t* block, float* w) {
    const float d = half_at(block), m = half_at(block + 2);
    for (int j = 0; j < 16; ++j) {
        const int q = block[4 + j];
        w[j] = d * static_cast<float>(q & 15) + m;
        w[j + 16] = d * static_cast<float>(q >> 4) + m;
    }
}

// Bit j of the 32 in `high` is the fifth bit of weight j.
int fifth_bit(const uint8_t* high, int j) {
    return (high[j >> 3] >> (j & 7) & 1) << 4;
}

void q5_0(const uint8_t* block, float* w) {
    const float d = half_at(block);
    for (int j = 0; j < 16; ++j) {
        const int q = block[6 + j];
        w[j] = d * static_cast<float>(((q & 15) | fifth_bit(block + 2, j)) - 16);
        w[j + 16] = d * static_cast<float>(((q >> 4) | fifth_bit(block + 2, j + 16)) - 16);
    }
}

void q5_1(const uint8_t* block, float* w) {
    const float d = half_at(block), m = half_at(block + 2);
    for (int j = 0; j < 16; ++j) {
        const int q = block[8 + j];
        w[j] = d * static_cast<float>((q & 15) | fifth_bit(block + 4, j)) + m;
        w[j + 16] = d * static_cast<float>((q >> 4) | fifth_bit(block + 4, j + 16)) + m;
    }
}

void q8_0(const uint8_t* block, float* w) {
    const float d = half_at(block);
    for (int j = 0; j < 32; ++j) w[j] = d * static_cast<float>(static_cast<int8_t>(block[2 + j]));
}

struct ScaleMin {
    float scale, min;
};

// Pair j of the eight: the first four are six bits of a byte; the others four bits, and two that were left over.
ScaleMin scale_min(const uint8_t* s, int j) {
    const int scale = j < 4 ? s[j] & 63 : (s[j + 4] & 15) | s[j - 4] >> 6 << 4;
    const int min = j < 4 ? s[j + 4] & 63 : s[j + 4] >> 4 | s[j] >> 6 << 4;
    return {static_cast<float>(scale), static_cast<float>(min)};
}

// high: 32 bytes whose bit j is the fifth bit of the weights of group j; null where they have four.
void k_groups(const uint8_t* block, const uint8_t* high, const uint8_t* low, float* w) {
    const float d = half_at(block), dmin = half_at(block + 2);
    for (int j = 0; j < 8; ++j, w += 32) {
        const auto [scale, min] = scale_min(block + 4, j);
        const float ds = d * scale, dm = dmin * min;
        const uint8_t* q = low + j / 2 * 32;
        const int shift = (j & 1) * 4;
        for (int l = 0; l < 32; ++l) {
            const int top = high ? (high[l] >> j & 1) << 4 : 0;
            w[l] = ds * static_cast<float>((q[l] >> shift & 15) | top) - dm;
        }
    }
}

void q4_k(const uint8_t* block, float* w) {
    k_groups(block, nullptr, block + 16, w);
}

void q5_k(const uint8_t* block, float* w) {
    k_groups(block, block + 16, block + 48, w);
}

void q6_k(const uint8_t* block, float* w) {
    const uint8_t *low = block, *high = block + 128, *scales = block + 192;
    const float d = half_at(block + 208);
    for (int half = 0; half < 2; ++half, low += 64, high += 32) {
        for (int quarter = 0; quarter < 4; ++quarter) {
            for (int l = 0; l < 32; ++l) {
                const int four = low[l + (quarter & 1) * 32] >> (quarter / 2 * 4) & 15;
                const int two = high[l] >> (quarter * 2) & 3;
                const auto scale = static_cast<int8_t>(scales[half * 8 + quarter * 2 + l / 16]);
                *w++ = d * static_cast<float>(scale) * static_cast<float>((four | two << 4) - 32);
            }
        }
    }
}

struct TypeRow {
    uint32_t type;
    const char* name;
    GgufBlock block;  // 0 weights: not read
    void (*dequantize)(const uint8_t* block, float* weights);
};

// The numbers of ggml that are left: 4, 5, 31 to 33 and 36 to 38 are removed ones.
constexpr TypeRow kTypes[] = {
    {0, "F32", {1, 4}, nullptr},     {1, "F16", {1, 2}, nullptr},      {2, "Q4_0", {32, 18}, q4_0},
    {3, "Q4_1", {32, 20}, q4_1},     {6, "Q5_0", {32, 22}, q5_0},      {7, "Q5_1", {32, 24}, q5_1},
    {8, "Q8_0", {32, 34}, q8_0},     {9, "Q8_1", {0, 0}, nullptr},     {10, "Q2_K", {0, 0}, nullptr},
    {11, "Q3_K", {0, 0}, nullptr},   {12, "Q4_K", {256, 144}, q4_k},   {13, "Q5_K", {256, 176}, q5_k},
    {14, "Q6_K", {256, 210}, q6_k},  {15, "Q8_K", {0, 0}, nullptr},    {16, "IQ2_XXS", {0, 0}, nullptr},
    {17, "IQ2_XS", {0, 0}, nullptr}, {18, "IQ3_XXS", {0, 0}, nullptr}, {19, "IQ1_S", {0, 0}, nullptr},
    {20, "IQ4_NL", {0, 0}, nullptr}, {21, "IQ3_S", {0, 0}, nullptr},   {22, "IQ2_S", {0, 0}, nullptr},
    {23, "IQ4_XS", {0, 0}, nullptr}, {24, "I8", {0, 0}, nullptr},      {25, "I16", {0, 0}, nullptr},
    {26, "I32", {0, 0}, nullptr},    {27, "I64", {0, 0}, nullptr},     {28, "F64", {0, 0}, nullptr},
    {29, "IQ1_M", {0, 0}, nullptr},  {30, "BF16", {1, 2}, nullptr},    {34, "TQ1_0", {0, 0}, nullptr},
    {35, "TQ2_0", {0, 0}, nullptr},  {39, "MXFP4", {0, 0}, nullptr},
};

const TypeRow* find_row(uint32_t type) {
    for (const TypeRow& row : kTypes)
        if (row.type == type) return &row;
    return nullptr;
}

}  // namespace

const GgufBlock* find_gguf_block(uint32_t type) {
    const TypeRow* row = find_row(type);
    return row && row->block.weights > 0 ? &row->block : nullptr;
}

const char* gguf_type_name(uint32_t type) {
    const TypeRow* row = find_row(type);
    return row ? row->name : nullptr;
}

void dequantize(GgufType type, const uint8_t* source, int64_t blocks, float* weights) {
    if (type == GgufType::F32) {
        std::memcpy(weights, source, static_cast<size_t>(blocks) * 4);
    } else if (type == GgufType::F16) {
        for (int64_t i = 0; i < blocks; ++i) weights[i] = half_at(source + 2 * i);
    } else if (type == GgufType::BF16) {
        for (int64_t i = 0; i < blocks; ++i)
            weights[i] = bf16_to_fp32(static_cast<uint16_t>(source[2 * i] | source[2 * i + 1] << 8));
    } else {
        const TypeRow& row = *find_row(static_cast<uint32_t>(type));
        for (int64_t i = 0; i < blocks; ++i, source += row.block.bytes, weights += row.block.weights)
            row.dequantize(source, weights);
    }
}

}  // namespace lathe
