// The 16 levels lie in four tables, one for each byte of a float: 16 codes at once are looked up in each, and what
// comes out is woven together. Any thread.
#include "kernels/nf4.h"

#include <bit>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/nf4.cpp"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"

#ifndef LATHE_KERNELS_NF4_TABLES_
#define LATHE_KERNELS_NF4_TABLES_
namespace lathe {
struct ByteTables {
    alignas(16) uint8_t of[4][16];
};
constexpr ByteTables kTables = [] {
    ByteTables tables{};
    for (size_t level = 0; level < 16; ++level)
        for (size_t byte = 0; byte < 4; ++byte)
            tables.of[byte][level] = static_cast<uint8_t>(std::bit_cast<uint32_t>(kNf4Levels[level]) >> (8 * byte));
    return tables;
}();
}  // namespace lathe
#endif

HWY_BEFORE_NAMESPACE();
namespace lathe::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

void dequantize_nf4(const uint8_t* codes, const float* absmax, int64_t blocks, float* values) {
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL
    const hn::ScalableTag<float> d;
    const hn::ScalableTag<uint32_t> du;
    const hn::Rebind<uint8_t, decltype(d)> bytes;
    const hn::FixedTag<uint8_t, 8> half;
    const auto levels = hn::LoadU(d, kNf4Levels.data());
    for (int64_t block = 0; block < blocks; ++block, codes += 32, values += 64) {
        const auto table = hn::Mul(levels, hn::Set(d, absmax[block]));
        for (int64_t i = 0; i < 4; ++i) {
            const auto packed = hn::LoadU(half, codes + 8 * i);
            const auto high = hn::ShiftRight<4>(packed), low = hn::And(packed, hn::Set(half, 15));
            const auto order =
                hn::Combine(bytes, hn::InterleaveUpper(half, high, low), hn::InterleaveLower(half, high, low));
            const auto index = hn::IndicesFromVec(d, hn::PromoteTo(du, order));
            hn::StoreU(hn::TableLookupLanes(table, index), d, values + 16 * i);
        }
    }
#elif HWY_TARGET == HWY_SCALAR
    for (int64_t i = 0; i < 64 * blocks; ++i)
        values[i] = kNf4Levels[i % 2 == 0 ? codes[i / 2] >> 4 : codes[i / 2] & 15] * absmax[i / 64];
#else
    const hn::FixedTag<uint8_t, 16> d8;
    const hn::FixedTag<uint16_t, 8> d16;
    const hn::FixedTag<uint32_t, 4> d32;
    const hn::FixedTag<float, 4> d;
    const auto t0 = hn::Load(d8, kTables.of[0]), t1 = hn::Load(d8, kTables.of[1]), t2 = hn::Load(d8, kTables.of[2]),
               t3 = hn::Load(d8, kTables.of[3]);
    for (int64_t block = 0; block < blocks; ++block, codes += 32, values += 64) {
        const auto scale = hn::Set(d, absmax[block]);
        const auto sixteen = [&](auto code, float* out) HWY_ATTR {
            const auto b0 = hn::TableLookupBytes(t0, code), b1 = hn::TableLookupBytes(t1, code);
            const auto b2 = hn::TableLookupBytes(t2, code), b3 = hn::TableLookupBytes(t3, code);
            const auto low0 = hn::BitCast(d16, hn::InterleaveLower(d8, b0, b1)),
                       low1 = hn::BitCast(d16, hn::InterleaveUpper(d8, b0, b1));
            const auto high0 = hn::BitCast(d16, hn::InterleaveLower(d8, b2, b3)),
                       high1 = hn::BitCast(d16, hn::InterleaveUpper(d8, b2, b3));
            const auto store = [&](auto bits, float* to) HWY_ATTR {
                hn::StoreU(hn::Mul(hn::BitCast(d, hn::BitCast(d32, bits)), scale), d, to);
            };
            store(hn::InterleaveLower(d16, low0, high0), out);
            store(hn::InterleaveUpper(d16, low0, high0), out + 4);
            store(hn::InterleaveLower(d16, low1, high1), out + 8);
            store(hn::InterleaveUpper(d16, low1, high1), out + 12);
        };
        for (int64_t i = 0; i < 2; ++i) {
            const auto packed = hn::LoadU(d8, codes + 16 * i);
            const auto high = hn::And(hn::BitCast(d8, hn::ShiftRight<4>(hn::BitCast(d16, packed))), hn::Set(d8, 15));
            const auto low = hn::And(packed, hn::Set(d8, 15));
            sixteen(hn::InterleaveLower(d8, high, low), values + 32 * i);
            sixteen(hn::InterleaveUpper(d8, high, low), values + 32 * i + 16);
        }
    }
#endif
}

}  // namespace
}  // namespace lathe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lathe::cpu {

HWY_EXPORT(dequantize_nf4);

void dequantize_nf4(const uint8_t* codes, const float* absmax, int64_t blocks, float* values) {
    HWY_DYNAMIC_DISPATCH(dequantize_nf4)(codes, absmax, blocks, values);
}

}  // namespace lathe::cpu
#endif
