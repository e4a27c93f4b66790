// A Hugging Face folder in NF4 with double quantisation, as transformers writes it with bitsandbytes: the linear layers
// of the blocks are quantised; embeddings, norms, biases and lm_head keep their dtype. Source: transformers 5.23
// quantizer_bnb_4bit.py, utils/quantization_config.py; bitsandbytes functional.py (QuantState). Any thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/formats/model_weights.h"
#include "engine/formats/safetensors.h"

namespace lathe {

// The tensors to write: `plain` (the whole model's, fp32 read on demand, stored as BF16, F16 or F32) with those of
// linear layers in NF4. Two passes: the scales are computed here, a byte for 64 weights stays; codes are made as they
// are written, from `plain` read again. What `weights` hold in NF4 of the same blocks is carried over as it is stored.
// `weights` and what `plain` reads outlive the sources. progress(share) may throw. Errors: those of reading;
// out_of_range naming a tensor with a number that is not finite or its dtype cannot hold.
enum class Scales { computed, left_out };  // left_out: for the sizes alone, which some bytes a matrix are missing of
std::vector<TensorSource> nf4_sources(std::vector<TensorSource> plain, const ModelWeights& weights,
                                      Scales scales = Scales::computed,
                                      const std::function<void(double share)>& progress = {});
// quantization_config of config.json; arithmetic is in `compute`.
std::string nf4_config(Dtype compute);

}  // namespace lathe
