// A matrix or vector of a model and where it lives in a Hugging Face file. Matrices that are always used together are
// one parameter (q, k, v; gate, up): their rows follow each other and every file tensor is a slice of rows. Thread:
// engine only.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/model/frozen_matrix.h"

namespace lathe {

// A matrix has one of value, packed and frozen.
struct Parameter {
    struct Part {
        std::string name;  // as in model.safetensors
        int64_t rows;
    };
    std::vector<Part> parts;
    int64_t rows = 0;
    int64_t columns = 0;                         // 0: a vector
    at::Tensor value;                            // fp32 (rows, columns) or (rows)
    at::Tensor grad;                             // like value; undefined: not trained
    at::Tensor packed;                           // panels of the forward product, for inference
    std::shared_ptr<const FrozenMatrix> frozen;  // under an adapter

    bool is_matrix() const { return columns > 0; }
    int64_t elements() const { return rows * (is_matrix() ? columns : 1); }
    std::vector<int64_t> part_shape(const Part& part) const {
        return is_matrix() ? std::vector<int64_t>{part.rows, columns} : std::vector<int64_t>{part.rows};
    }
};

// What LoRA adds to a layer: y[:, rows of a slice] += scale · dropout(x) Aᵀ Bᵀ (arXiv 2106.09685), with an A and a B of
// R for each slice. Slices that share an input share its dropout.
struct Lora {
    struct Slice {
        int64_t first_row, rows;  // of the layer's weight
        std::string module;       // "model.layers.0.self_attn.q_proj"
    };
    std::vector<Slice> slices;
    Parameter a;  // (slices · R, in), a part for each slice
    Parameter b;  // (Σ rows, R), a part for each slice
    int64_t r = 0;
    float scale = 1;
    double dropout = 0;
    uint64_t dropout_key = 0;  // of the mask in force; 0: none, outside of training
};

// y = x Wᵀ + b. bias.rows is 0 where there is none.
struct Linear {
    Parameter weight;            // (out, in)
    Parameter bias;              // (out)
    std::shared_ptr<Lora> lora;  // null: none
};

}  // namespace lathe
