#include <algorithm>
#include <string>

#include "engine/base/error.h"
#include "engine/formats/gguf_model.h"

namespace lathe {

namespace {

std::string read_architecture(const GgufFile& file) {
    const auto architecture = file.text("general.architecture");
    if (!architecture) file.refuse(ErrorKind::missing_key, "general.architecture", "", "");
    for (const char* known : {"qwen3", "qwen2", "llama"})
        if (*architecture == known) return known;
    file.refuse(ErrorKind::unsupported, "general.architecture", "qwen3, qwen2 or llama", architecture->substr(0, 80));
}

// Whatever would make the model compute something else than ours.
void refuse_other_maths(const GgufFile& file, const std::string& a, const ModelConfig& model) {
    for (const char* key : {".expert_count", ".expert_used_count"})
        if (const int64_t count = file.integer(a + key).value_or(0); count != 0)
            file.refuse(ErrorKind::unsupported, a + key, "no experts", std::to_string(count));
    const auto scale_of = [&](const char* key) { return file.number(a + key).value_or(0); };
    for (const char* key : {".logit_scale", ".residual_scale", ".embedding_scale", ".attention.scale",
                            ".attention.clamp_kqv", ".attention.max_alibi_bias"})
        if (const double scale = scale_of(key); scale != 0)
            file.refuse(ErrorKind::unsupported, a + key, "none", std::to_string(scale));
    const int64_t window = file.integer(a + ".attention.sliding_window").value_or(0);
    if (window != 0 && window < model.max_position_embeddings)
        file.refuse(ErrorKind::unsupported, a + ".attention.sliding_window", "none", std::to_string(window));
    if (!file.boolean(a + ".attention.causal").value_or(true))
        file.refuse(ErrorKind::unsupported, a + ".attention.causal", "true", "false");
    if (const int64_t width = file.integer(a + ".attention.value_length").value_or(model.head_size());
        width != model.head_size())
        file.refuse(ErrorKind::unsupported, a + ".attention.value_length", "key_length", std::to_string(width));
    if (const int64_t width = file.integer(a + ".rope.dimension_count").value_or(model.head_size());
        width != model.head_size())
        file.refuse(ErrorKind::unsupported, a + ".rope.dimension_count",
                    std::to_string(model.head_size()) + ", the head's", std::to_string(width));
}

int64_t read_token_id(const GgufFile& file, const std::string& name, int64_t vocab_size) {
    const std::string key = "tokenizer.ggml." + name + "_token_id";
    const auto id = file.integer(key);
    if (!id) return -1;
    if (*id < 0 || *id >= vocab_size) file.refuse(ErrorKind::out_of_range, key, "a token's id", std::to_string(*id));
    return *id;
}

// A size of the file, before validate() can name it by its Hugging Face key.
int64_t positive(const GgufFile& file, const std::string& key, int64_t otherwise) {
    const int64_t number = otherwise > 0 ? file.integer(key).value_or(otherwise) : file.needed_integer(key);
    if (number < 1) file.refuse(ErrorKind::out_of_range, key, "at least 1", std::to_string(number));
    return number;
}

}  // namespace

HfConfig read_gguf_config(const GgufFile& file) {
    const std::string a = read_architecture(file);
    HfConfig config;
    ModelConfig& model = config.model;
    model.model_type = a;
    const GgufTensor* embedding = file.find("token_embd.weight");
    if (!embedding || embedding->shape.size() != 2)
        file.refuse(ErrorKind::missing_key, "token_embd.weight", "a matrix of a row for each token", "");
    model.vocab_size = embedding->shape[0];
    model.hidden_size = positive(file, a + ".embedding_length", 0);
    model.intermediate_size = positive(file, a + ".feed_forward_length", 0);
    model.num_hidden_layers = positive(file, a + ".block_count", 0);
    model.num_attention_heads = positive(file, a + ".attention.head_count", 0);
    model.num_key_value_heads = positive(file, a + ".attention.head_count_kv", model.num_attention_heads);
    const int64_t by_heads = model.hidden_size / model.num_attention_heads;
    const int64_t head_size = positive(file, a + ".attention.key_length", std::max<int64_t>(1, by_heads));
    model.head_dim = head_size == by_heads && a != "qwen3" ? 0 : head_size;
    model.max_position_embeddings = positive(file, a + ".context_length", 0);
    const auto epsilon = file.number(a + ".attention.layer_norm_rms_epsilon");
    if (!epsilon) file.refuse(ErrorKind::missing_key, a + ".attention.layer_norm_rms_epsilon", "", "");
    model.rms_norm_eps = *epsilon;
    model.tie_word_embeddings = !file.find("output.weight");
    model.attention_bias = a != "qwen2" && file.find("blk.0.attn_q.bias");
    if (model.vocab_size < 1) file.refuse(ErrorKind::out_of_range, "token_embd.weight", "at least one row", "none");
    validate(model, file.path());
    refuse_other_maths(file, a, model);
    model.rope_parameters = read_gguf_rope(file, a, model.head_size());
    validate(model, file.path());
    config.bos_token_id = read_token_id(file, "bos", model.vocab_size);
    config.pad_token_id = read_token_id(file, "padding", model.vocab_size);
    for (const char* name : {"eos", "eot", "eom"}) {
        const int64_t id = read_token_id(file, name, model.vocab_size);
        std::vector<int64_t>& ids = config.eos_token_ids;
        if (id >= 0 && std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    }
    return config;
}

}  // namespace lathe
