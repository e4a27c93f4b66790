// The weights of a Hugging Face folder that bitsandbytes quantised to NF4. A matrix X.weight of shape [out, in] is held
// by
//   X.weight                               U8 [(out · in + 1) / 2, 1], two codes a byte
//   X.weight.absmax                        F32, or U8 with double quantisation, a block each
//   X.weight.quant_map                     F32 [16], NF4's levels
//   X.weight.nested_absmax, .nested_quant_map   F32, F32 [256], with double quantisation alone
//   X.weight.quant_state.bitsandbytes__nf4 U8, JSON {quant_type, blocksize, dtype, shape, nested_blocksize,
//                                          nested_dtype, nested_offset}
// and read here as the one matrix X.weight, in the numbers that bitsandbytes makes of it: fp32, rounded to `dtype`.
// Source: bitsandbytes functional.py (QuantState). Any thread; one object belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/formats/hf_folder.h"
#include "engine/formats/model_weights.h"

namespace lathe {

class HfKeys;

// Values as BF16 or F16 holds them; F32 leaves them alone. False if a finite one became infinite.
bool round_to(Dtype dtype, int64_t count, float* values);

class Nf4Weights : public ModelWeights {
public:
    // Of the files of a folder that has such tensors, as is_nf4() says. Every companion is checked; the scales are when
    // they are read. Errors name file and tensor: missing_key, wrong_type, malformed, out_of_range, mismatch,
    // too_large, unsupported (fp4).
    explicit Nf4Weights(HfWeights stored);
    static bool is_nf4(const HfWeights& stored);

    bool has(const std::string& name) const override;
    std::vector<int64_t> shape(const std::string& name) const override;
    void require(const std::string& name, const std::vector<int64_t>& shape) const override;
    // `out_of_range` where a scale is not finite.
    void read_part(const std::string& name, int64_t first, int64_t count, float* destination) const override;
    std::vector<std::string> names() const override;
    bool is_rounded() const override { return true; }
    std::vector<TensorSource> stored_nf4(const std::string& name) const override;
    const HfWeights& stored() const { return stored_; }
    // Names of the stored tensors that hold `name`, its own first: several where it is a matrix in NF4.
    std::vector<std::string> parts(const std::string& name) const;

private:
    struct Matrix {
        std::vector<int64_t> shape;
        int64_t elements, block;
        Dtype dtype;
        int64_t nested_block = 0;  // 0: the scales are fp32
        float offset = 0;
        std::vector<float> nested_map, nested_absmax;
        std::vector<std::string> parts;  // the stored tensors
    };

    Matrix read_matrix(const std::string& name, const std::string& state) const;
    void read_nesting(const std::string& name, const HfKeys& keys, Matrix& matrix) const;
    const TensorInfo& part(const std::string& name, Dtype dtype, int64_t elements) const;
    std::vector<float> read_floats(const std::string& name, int64_t count) const;
    void read_absmax(const std::string& name, const Matrix& matrix, int64_t first, int64_t count, float* absmax) const;

    HfWeights stored_;
    std::map<std::string, Matrix> matrices_;
    std::set<std::string> hidden_;  // the parts that are no matrix of their own
};

}  // namespace lathe
