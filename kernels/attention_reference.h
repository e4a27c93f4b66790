// Plain causal attention of one sequence and its gradient in any floating type T, whole rows of scores at a time: what
// tests hold the kernel to. Contract, strides and grouping of attention.h; every pointer is at the sequence's first
// row.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "kernels/attention.h"

namespace lathe::reference {

// The softmax of query `query` of head h over the keys it sees. Returns m + ln l.
template <class T>
T attention_row(const T* q, const T* k, int64_t visible, int64_t h, const AttentionShape& shape, std::vector<T>& p) {
    const int64_t g = h / (shape.H / shape.G);
    p.assign(visible, T(0));
    for (int64_t j = 0; j < visible; ++j) {
        for (int64_t d = 0; d < shape.D; ++d) {
            p[j] += q[h * shape.D + d] * k[j * shape.kv_stride + g * shape.D + d];
        }
        p[j] *= T(shape.scale);
    }
    const T largest = *std::max_element(p.begin(), p.end());
    T sum = 0;
    for (T& x : p) sum += x = std::exp(x - largest);
    for (T& x : p) x /= sum;
    return largest + std::log(sum);
}

// q (q_len,H,D), k and v (kv_len,G,D), o (q_len,H,D); lse (q_len,H) or null.
template <class T>
void attention(const T* q, const T* k, const T* v, T* o, T* lse, int64_t q_len, int64_t kv_len, AttentionShape shape) {
    const int64_t group = shape.H / shape.G;
    std::vector<T> p;
    for (int64_t i = 0; i < q_len; ++i) {
        for (int64_t h = 0; h < shape.H; ++h) {
            const int64_t visible = kv_len - q_len + i + 1;
            const T norm = attention_row(q + i * shape.q_stride, k, visible, h, shape, p);
            if (lse != nullptr) lse[i * shape.H + h] = norm;
            T* out = o + i * shape.o_stride + h * shape.D;
            std::fill(out, out + shape.D, T(0));
            for (int64_t j = 0; j < visible; ++j) {
                const T* value = v + j * shape.kv_stride + h / group * shape.D;
                for (int64_t d = 0; d < shape.D; ++d) out[d] += p[j] * value[d];
            }
        }
    }
}

// Writes dq (stride q_stride), dk and dv (stride kv_stride) of the sequence.
template <class T>
void attention_backward(const T* q, const T* k, const T* v, const T* o, const T* d_o, T* dq, T* dk, T* dv,
                        int64_t q_len, int64_t kv_len, AttentionShape shape) {
    const int64_t D = shape.D, group = shape.H / shape.G;
    for (int64_t j = 0; j < kv_len; ++j) {
        std::fill_n(dk + j * shape.kv_stride, shape.G * D, T(0));
        std::fill_n(dv + j * shape.kv_stride, shape.G * D, T(0));
    }
    std::vector<T> p;
    for (int64_t h = 0; h < shape.H; ++h) {
        for (int64_t i = 0; i < q_len; ++i) {
            const int64_t visible = kv_len - q_len + i + 1;
            attention_row(q + i * shape.q_stride, k, visible, h, shape, p);
            const T* query = q + i * shape.q_stride + h * D;
            const T* out = o + i * shape.o_stride + h * D;
            const T* d_out = d_o + i * shape.o_stride + h * D;
            T* d_query = dq + i * shape.q_stride + h * D;
            std::fill_n(d_query, D, T(0));
            T delta = 0;
            for (int64_t d = 0; d < D; ++d) delta += d_out[d] * out[d];
            for (int64_t j = 0; j < visible; ++j) {
                const int64_t row = j * shape.kv_stride + h / group * D;
                T dp = 0;
                for (int64_t d = 0; d < D; ++d) dp += d_out[d] * v[row + d];
                const T ds = p[j] * (dp - delta) * T(shape.scale);
                for (int64_t d = 0; d < D; ++d) {
                    dv[row + d] += p[j] * d_out[d];
                    dk[row + d] += ds * query[d];
                    d_query[d] += ds * k[row + d];
                }
            }
        }
    }
}

}  // namespace lathe::reference
