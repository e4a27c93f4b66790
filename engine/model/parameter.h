// A trainable matrix or vector and where it lives in a Hugging Face file. Matrices that are always used together are
// one parameter (q, k, v; gate, up): their rows follow each other and every file tensor is a slice of rows. Thread:
// engine only.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

namespace lathe {

struct Parameter {
    struct Part {
        std::string name;  // as in model.safetensors
        int64_t rows;
    };
    std::vector<Part> parts;
    int64_t rows = 0;
    int64_t columns = 0;  // 0: a vector
    at::Tensor value;     // fp32 (rows, columns) or (rows); undefined where only the packed form is kept
    at::Tensor grad;      // like value; undefined: frozen
    at::Tensor packed;    // panels of the forward product; defined while the weights stand still (inference)

    bool is_matrix() const { return columns > 0; }
    int64_t elements() const { return rows * (is_matrix() ? columns : 1); }
    std::vector<int64_t> part_shape(const Part& part) const {
        return is_matrix() ? std::vector<int64_t>{part.rows, columns} : std::vector<int64_t>{part.rows};
    }
};

// y = x Wᵀ + b. bias.rows is 0 where there is none.
struct Linear {
    Parameter weight;  // (out, in)
    Parameter bias;    // (out)
};

}  // namespace lathe
