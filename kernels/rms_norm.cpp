// CPU RMSNorm: a row is read from memory once, and again from L1. Any thread.
#include "kernels/rms_norm.h"

#include <algorithm>
#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/rms_norm.cpp"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"
#include "kernels/vector_loop-inl.h"

#ifndef LATHE_KERNELS_RMS_NORM_BLOCK_
#define LATHE_KERNELS_RMS_NORM_BLOCK_
namespace lathe {
constexpr int64_t kWeightRows = 64;  // rows of one task of the weight's gradient
}
#endif

HWY_BEFORE_NAMESPACE();
namespace lathe::HWY_NAMESPACE {

// Walks the (outer, inner) rows without a division each.
class RowOffset {
public:
    RowOffset(const RmsNormShape& shape, int64_t row)
        : shape_(shape), inner_(row % shape.inner_count), outer_offset_(row / shape.inner_count * shape.outer_stride) {}
    int64_t next() {
        const int64_t offset = outer_offset_ + inner_ * shape_.C;
        if (++inner_ == shape_.inner_count) {
            inner_ = 0;
            outer_offset_ += shape_.outer_stride;
        }
        return offset;
    }

private:
    const RmsNormShape& shape_;
    int64_t inner_, outer_offset_;
};

void rms_norm(const float* x, const float* w, float* y, float* rstd, RmsNormShape shape, Range rows) {
    RowOffset offset(shape, rows.begin);
    for (int64_t row = rows.begin; row < rows.end; ++row) {
        const int64_t start = offset.next();
        const float* from = x + start;
        float* to = y + start;
        const float sum = vector_sum(shape.C, [from](auto d, int64_t i, auto acc) HWY_ATTR {
            const auto v = hn::LoadU(d, from + i);
            return hn::MulAdd(v, v, acc);
        });
        const float scale = 1.0f / std::sqrt(sum / static_cast<float>(shape.C) + shape.eps);
        vector_loop(shape.C, [from, to, w, scale](auto d, int64_t i) HWY_ATTR {
            const auto normed = hn::Mul(hn::LoadU(d, from + i), hn::Set(d, scale));
            hn::StoreU(hn::Mul(normed, hn::LoadU(d, w + i)), d, to + i);
        });
        if (rstd != nullptr) rstd[row] = scale;
    }
}

void rms_norm_backward(const float* x, const float* w, const float* rstd, const float* dy, float* dx,
                       RmsNormShape shape, Range rows) {
    RowOffset offset(shape, rows.begin);
    for (int64_t row = rows.begin; row < rows.end; ++row) {
        const int64_t start = offset.next();
        const float* xs = x + start;
        const float* dys = dy + start;
        float* dxs = dx + start;
        const float dot = vector_sum(shape.C, [xs, dys, w](auto d, int64_t i, auto acc) HWY_ATTR {
            const auto weighted = hn::Mul(hn::LoadU(d, w + i), hn::LoadU(d, dys + i));
            return hn::MulAdd(weighted, hn::LoadU(d, xs + i), acc);
        });
        const float scale = rstd[row];
        const float mean = scale * scale * dot / static_cast<float>(shape.C);
        vector_loop(shape.C, [xs, dys, dxs, w, scale, mean](auto d, int64_t i) HWY_ATTR {
            const auto weighted = hn::Mul(hn::LoadU(d, w + i), hn::LoadU(d, dys + i));
            const auto centred = hn::NegMulAdd(hn::LoadU(d, xs + i), hn::Set(d, mean), weighted);
            hn::StoreU(hn::Mul(centred, hn::Set(d, scale)), d, dxs + i);
        });
    }
}

// Four rows at a time, so that a partial sum goes through L1 once for four.
void rms_norm_weight_backward(const float* x, const float* rstd, const float* dy, float* partial, RmsNormShape shape,
                              Range tasks) {
    for (int64_t task = tasks.begin; task < tasks.end; ++task) {
        float* sum = partial + task * shape.C;
        std::fill(sum, sum + shape.C, 0.0f);
        const int64_t end = std::min((task + 1) * kWeightRows, shape.rows);
        RowOffset offset(shape, task * kWeightRows);
        const auto term = [x, dy](auto d, int64_t at, float scale, auto acc) HWY_ATTR {
            return hn::MulAdd(hn::Mul(hn::LoadU(d, x + at), hn::Set(d, scale)), hn::LoadU(d, dy + at), acc);
        };
        int64_t row = task * kWeightRows;
        for (; row + 4 <= end; row += 4) {
            const int64_t a = offset.next(), b = offset.next(), c = offset.next(), e = offset.next();
            const float* s = rstd + row;
            vector_loop(shape.C, [=](auto d, int64_t i) HWY_ATTR {
                auto acc = term(d, a + i, s[0], hn::LoadU(d, sum + i));
                acc = term(d, b + i, s[1], acc);
                acc = term(d, c + i, s[2], acc);
                hn::StoreU(term(d, e + i, s[3], acc), d, sum + i);
            });
        }
        for (; row < end; ++row) {
            const int64_t a = offset.next();
            const float s = rstd[row];
            vector_loop(shape.C, [=](auto d, int64_t i)
                                     HWY_ATTR { hn::StoreU(term(d, a + i, s, hn::LoadU(d, sum + i)), d, sum + i); });
        }
    }
}

}  // namespace lathe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lathe::cpu {

HWY_EXPORT(rms_norm);
HWY_EXPORT(rms_norm_backward);
HWY_EXPORT(rms_norm_weight_backward);

void rms_norm(const float* x, const float* w, float* y, float* rstd, RmsNormShape shape, Range rows) {
    HWY_DYNAMIC_DISPATCH(rms_norm)(x, w, y, rstd, shape, rows);
}

void rms_norm_backward(const float* x, const float* w, const float* rstd, const float* dy, float* dx,
                       RmsNormShape shape, Range rows) {
    HWY_DYNAMIC_DISPATCH(rms_norm_backward)(x, w, rstd, dy, dx, shape, rows);
}

int64_t rms_norm_weight_tasks(RmsNormShape shape) {
    return (shape.rows + kWeightRows - 1) / kWeightRows;
}

void rms_norm_weight_backward(const float* x, const float* rstd, const float* dy, float* partial, RmsNormShape shape,
                              Range tasks) {
    HWY_DYNAMIC_DISPATCH(rms_norm_weight_backward)(x, rstd, dy, partial, shape, tasks);
}

}  // namespace lathe::cpu
#endif
