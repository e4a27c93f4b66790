// A model that says what the test wants: each token has one successor. Identity embedding, blocks that add nothing, and
// a head whose row s(t) is e_t.
#pragma once

#include <algorithm>
#include <map>
#include <memory>

#include "engine/data/bpe_trainer.h"
#include "engine/model/model.h"

namespace lathe_test {

// Every byte is a token, and there is one special token, <|endoftext|>.
inline lathe::Tokenizer byte_tokenizer() {
    lathe::BpeTraining training;
    bool given = false;
    training.next_document = [&given](std::string_view& text) {
        text = "a b c";
        return !std::exchange(given, true);
    };
    training.vocab_size = 257;
    return lathe::train_bpe(training);
}

inline std::unique_ptr<lathe::Model> scripted_model(const std::map<int32_t, int32_t>& successors, int64_t vocab_size) {
    const int64_t width = (vocab_size + 7) / 8 * 8;
    auto model = std::make_unique<lathe::Model>(lathe::ModelConfig{.vocab_size = vocab_size,
                                                                   .hidden_size = width,
                                                                   .intermediate_size = 8,
                                                                   .num_hidden_layers = 1,
                                                                   .num_attention_heads = 1,
                                                                   .num_key_value_heads = 1,
                                                                   .head_dim = 8,
                                                                   .max_position_embeddings = 128,
                                                                   .tie_word_embeddings = false,
                                                                   .rope_parameters = {}});
    model->initialize(1);
    for (lathe::Parameter* parameter : model->parameters())
        if (parameter->is_matrix()) std::fill_n(parameter->value.data_ptr<float>(), parameter->elements(), 0.0F);
    auto* embedding = model->embedding().value.data_ptr<float>();
    auto* head = model->head().value.data_ptr<float>();
    for (int64_t t = 0; t < vocab_size; ++t) embedding[t * width + t] = 1;
    for (const auto& [token, next] : successors) head[next * width + token] = 1;
    return model;
}

}  // namespace lathe_test
