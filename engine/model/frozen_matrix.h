// A matrix that is not trained, once in memory: a product decodes the rows that it is about to use. Parts (q, k, v)
// have scales of their own, as they are tensors of their own. BF16 is taken where it holds a part's values exactly;
// int8 is kernels/int8_blocks.h along each row; NF4 is bitsandbytes' (engine/formats/nf4.h). Thread: made by one, then
// any.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <vector>

namespace lathe {

class FrozenMatrix {
public:
    enum class Form { exact, int8, nf4, nf4_plain_scales };  // exact: BF16 or fp32; plain scales: not double quantised
    // fp32 of elements [first, first + count) of the part.
    using Reader = std::function<void(int64_t first, int64_t count, float* values)>;

    explicit FrozenMatrix(int64_t columns) : columns_(columns) {}
    // Its rows come after those that are there. `out_of_range` where a value is not finite, unless exact.
    void add(int64_t rows, Form form, const Reader& read);
    int64_t rows() const { return rows_; }
    int64_t columns() const { return columns_; }
    // The row as fp32 (columns).
    void decode(int64_t row, float* values) const;

private:
    struct Part {
        int64_t first_row;
        at::Tensor values;         // fp32, or BF16's bits as int16, (rows, columns); undefined: NF4
        at::Tensor codes;          // uint8 (rows · columns / 2), or int8 (rows, columns)
        at::Tensor absmax;         // fp32 (blocks), or uint8 with double quantisation; of int8 its scales
        at::Tensor nested_absmax;  // fp32 (blocks / 256)
        float offset = 0;
    };
    static bool read_bf16(Part& part, int64_t elements, const Reader& read);
    static void read_fp32(Part& part, int64_t elements, const Reader& read);
    static void quantise(Part& part, int64_t elements, bool nested, const Reader& read);
    void quantise_int8(Part& part, int64_t rows, const Reader& read) const;
    void decode_nf4(const Part& part, int64_t row, float* values) const;

    int64_t columns_, rows_ = 0;
    std::vector<Part> parts_;
};

}  // namespace lathe
