// The settings of a model, its data and its training: plain structs whose fields are named once in visit().
// JSON, command line, form, help, validation and run record are visitors of it. Components never see these structs,
// only flat parameters. Names are Hugging Face's and PEFT's. Any thread.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lathe {

// What is legal for a field, and a sentence on what it does and costs.
struct Field {
    double min = -std::numeric_limits<double>::infinity();
    double max = std::numeric_limits<double>::infinity();
    std::vector<std::string> choices = {};  // of a string field; empty = any
    std::string_view help = {};
};

struct RopeParameters {
    std::string rope_type = "default";
    double rope_theta = 10000.0;
    double factor = 1.0;
    int64_t original_max_position_embeddings = 0;  // 0: max_position_embeddings
    double low_freq_factor = 1.0;                  // llama3
    double high_freq_factor = 4.0;                 // llama3
    double beta_fast = 32.0;                       // yarn
    double beta_slow = 1.0;                        // yarn
    double attention_factor = 0.0;                 // yarn; 0: 0.1 ln(factor) + 1

    template <class Self, class V>
    static void visit(Self& s, V&& v) {
        v("rope_type", s.rope_type,
          Field{.choices = {"default", "linear", "dynamic", "yarn", "llama3"},
                .help = "how positions are rescaled beyond the trained context"});
        v("rope_theta", s.rope_theta, Field{.min = 1, .max = 1e12, .help = "base of the rotation frequencies"});
        v("factor", s.factor, Field{.min = 1, .max = 1e6, .help = "context length gained by scaling"});
        v("original_max_position_embeddings", s.original_max_position_embeddings,
          Field{.min = 0, .max = 1 << 30, .help = "context before scaling; 0 takes max_position_embeddings"});
        v("low_freq_factor", s.low_freq_factor,
          Field{.min = 0, .max = 1e6, .help = "llama3: where full scaling begins"});
        v("high_freq_factor", s.high_freq_factor, Field{.min = 0, .max = 1e6, .help = "llama3: where scaling ends"});
        v("beta_fast", s.beta_fast,
          Field{.min = 0, .max = 1e6, .help = "yarn: rotations above which nothing is scaled"});
        v("beta_slow", s.beta_slow, Field{.min = 0, .max = 1e6, .help = "yarn: rotations below which all is scaled"});
        v("attention_factor", s.attention_factor,
          Field{.min = 0, .max = 1e3, .help = "yarn: factor on cos and sin; 0 derives it"});
    }
};

struct ModelConfig {
    std::string model_type = "qwen3";
    int64_t vocab_size = 0;           // 0: the tokenizer's
    int64_t hidden_size = 256;        // C
    int64_t intermediate_size = 768;  // I
    int64_t num_hidden_layers = 6;
    int64_t num_attention_heads = 8;  // H
    int64_t num_key_value_heads = 2;  // G
    int64_t head_dim = 0;             // D; 0: hidden_size / num_attention_heads
    int64_t max_position_embeddings = 512;
    double rms_norm_eps = 1e-6;
    double initializer_range = 0.02;
    bool tie_word_embeddings = true;
    bool attention_bias = false;  // bias on q, k, v (and o for llama); always on q, k, v for qwen2
    RopeParameters rope_parameters;

    int64_t head_size() const { return head_dim > 0 ? head_dim : hidden_size / num_attention_heads; }
    bool qk_norm() const { return model_type == "qwen3"; }
    bool qkv_bias() const { return model_type == "qwen2" || attention_bias; }
    bool o_bias() const { return model_type != "qwen2" && attention_bias; }

    template <class Self, class V>
    static void visit(Self& s, V&& v) {
        v("model_type", s.model_type,
          Field{.choices = {"qwen3", "qwen2", "llama"},
                .help = "the architecture: qwen3 normalises q and k, qwen2 has biases on q, k, v, llama has neither"});
        v("vocab_size", s.vocab_size,
          Field{.min = 0, .max = 1 << 20, .help = "rows of the embedding; 0 takes the tokenizer's"});
        v("hidden_size", s.hidden_size,
          Field{.min = 8, .max = 65536, .help = "model width; compute and memory grow with its square"});
        v("intermediate_size", s.intermediate_size,
          Field{.min = 8, .max = 1 << 18, .help = "width of the feed-forward layer, usually 3 times hidden_size"});
        v("num_hidden_layers", s.num_hidden_layers,
          Field{.min = 1, .max = 1024, .help = "number of blocks; cost grows with it"});
        v("num_attention_heads", s.num_attention_heads, Field{.min = 1, .max = 1024, .help = "query heads"});
        v("num_key_value_heads", s.num_key_value_heads,
          Field{.min = 1,
                .max = 1024,
                .help = "key/value heads shared by the query heads (GQA); fewer shrink the KV cache"});
        v("head_dim", s.head_dim,
          Field{.min = 0, .max = 256, .help = "width of a head, even; 0 takes hidden_size / num_attention_heads"});
        v("max_position_embeddings", s.max_position_embeddings,
          Field{.min = 2, .max = 1 << 24, .help = "longest context in tokens"});
        v("rms_norm_eps", s.rms_norm_eps, Field{.min = 0, .max = 1, .help = "added under the square root of RMSNorm"});
        v("initializer_range", s.initializer_range,
          Field{.min = 0, .max = 10, .help = "standard deviation of fresh weights"});
        v("tie_word_embeddings", s.tie_word_embeddings,
          Field{.help = "one matrix for embedding and output; saves vocab_size x hidden_size parameters"});
        v("attention_bias", s.attention_bias, Field{.help = "biases in the attention projections"});
        v("rope_parameters", s.rope_parameters, Field{.help = "rotary position embedding"});
    }
};

struct TokenizerConfig {
    std::string path;           // folder or tokenizer.json; empty: train one on the data
    int64_t vocab_size = 4096;  // of the one to train

    template <class Self, class V>
    static void visit(Self& s, V&& v) {
        v("path", s.path,
          Field{.help = "folder of a tokenizer; empty takes the base model's, a fresh model trains one on the data"});
        v("vocab_size", s.vocab_size,
          Field{.min = 257,
                .max = 1 << 20,
                .help = "tokens of the tokenizer to train: bytes, special tokens and merges"});
    }
};

struct DataConfig {
    std::vector<std::string> files;  // text, rows (.jsonl, .json, .csv, .tsv), folders of them
    std::string format = "auto";
    std::string text_column = "text";
    std::string messages_column, prompt_column, input_column, completion_column;  // empty: recognised
    std::string system_prompt;         // of conversations that have none of their own
    std::string chat_template_kwargs;  // NAME=JSON, several with ; between: "enable_thinking=false"
    bool train_on_prompt = false;
    bool mask_history = false;
    int64_t max_length = 256;  // T: tokens of a packed sequence
    bool packing = true;
    double validation_fraction = 0.05;
    std::vector<std::string> validation_files;  // in place of validation_fraction

    template <class Self, class V>
    static void visit(Self& s, V&& v) {
        v("files", s.files,
          Field{.help = "text (.txt, .md, .html, .docx, .pdf), conversations (.jsonl, .json, .csv, .tsv) or folders of "
                        "them"});
        v("format", s.format,
          Field{.choices = {"auto", "txt", "jsonl", "text", "messages", "sharegpt", "alpaca", "prompt_completion"},
                .help = "auto goes by the file name and the first rows"});
        v("text_column", s.text_column, Field{.help = "key of the text in rows of plain text"});
        v("messages_column", s.messages_column, Field{.help = "key of a conversation's messages; empty recognises it"});
        v("prompt_column", s.prompt_column, Field{.help = "key of the question or instruction; empty recognises it"});
        v("input_column", s.input_column,
          Field{.help = "key of what an instruction is about, put behind it; empty recognises it"});
        v("completion_column", s.completion_column, Field{.help = "key of the answer; empty recognises it"});
        v("system_prompt", s.system_prompt, Field{.help = "system message of the conversations that have none"});
        v("chat_template_kwargs", s.chat_template_kwargs,
          Field{.help = "switches of the model's chat template, as enable_thinking=false; several with ; between"});
        v("train_on_prompt", s.train_on_prompt,
          Field{.help = "learn the questions too; off: the assistant's turns alone"});
        v("mask_history", s.mask_history, Field{.help = "learn the last answer of a conversation alone"});
        v("max_length", s.max_length,
          Field{.min = 2, .max = 1 << 24, .help = "tokens of a training sequence; activations grow with it"});
        v("packing", s.packing, Field{.help = "fill each sequence with several documents, none attending to another"});
        v("validation_fraction", s.validation_fraction,
          Field{.min = 0, .max = 0.5, .help = "share of documents held back for validation loss"});
        v("validation_files", s.validation_files,
          Field{.help = "files whose documents are the validation split; then validation_fraction holds nothing back"});
    }
};

struct TrainConfig {
    int64_t per_device_train_batch_size = 8;
    int64_t gradient_accumulation_steps = 1;
    int64_t max_steps = 0;  // 0: by num_train_epochs
    double num_train_epochs = 1.0;
    double learning_rate = 1e-3;
    std::string lr_scheduler_type = "cosine";
    int64_t warmup_steps = 0;
    double min_lr_ratio = 0.0;
    double weight_decay = 0.1;
    double adam_beta1 = 0.9;
    double adam_beta2 = 0.95;
    double adam_epsilon = 1e-8;
    double max_grad_norm = 1.0;  // 0: no clipping
    std::string optim = "adamw_torch";
    int64_t eval_steps = 100;  // 0: never
    int64_t eval_batches = 16;
    int64_t sample_steps = 0;  // 0: never
    std::string sample_prompt = "Once upon a time";
    int64_t sample_max_tokens = 48;
    int64_t save_steps = 0;         // 0: by time alone
    int64_t save_interval_s = 300;  // 0: by steps alone
    int64_t logging_steps = 1;
    int64_t seed = 42;
    bool gradient_checkpointing = false;
    bool use_flash_attention = true;
    int64_t micro_batch_tokens = 0;  // 0: chosen by the trainer
    int64_t memory_limit_bytes = 0;  // 0: none

    bool moments_in_8_bits() const { return optim == "adamw_8bit"; }

    template <class Self, class V>
    static void visit(Self& s, V&& v) {
        v("per_device_train_batch_size", s.per_device_train_batch_size,
          Field{.min = 1, .max = 1 << 20, .help = "sequences of a step before accumulation"});
        v("gradient_accumulation_steps", s.gradient_accumulation_steps,
          Field{.min = 1, .max = 1 << 20, .help = "batches summed into one update"});
        v("max_steps", s.max_steps,
          Field{.min = 0, .max = 1e12, .help = "updates to make; 0 goes by num_train_epochs"});
        v("num_train_epochs", s.num_train_epochs,
          Field{.min = 0, .max = 1e6, .help = "passes over the data when max_steps is 0"});
        v("learning_rate", s.learning_rate, Field{.min = 0, .max = 10, .help = "peak step size of AdamW"});
        v("lr_scheduler_type", s.lr_scheduler_type,
          Field{.choices = {"constant", "linear", "cosine"}, .help = "how the learning rate falls after warm-up"});
        v("warmup_steps", s.warmup_steps,
          Field{.min = 0, .max = 1e12, .help = "steps over which the learning rate rises from zero"});
        v("min_lr_ratio", s.min_lr_ratio,
          Field{.min = 0, .max = 1, .help = "share of the peak at which linear and cosine end"});
        v("weight_decay", s.weight_decay,
          Field{.min = 0, .max = 10, .help = "decoupled decay of matrices; norms and biases have none"});
        v("adam_beta1", s.adam_beta1, Field{.min = 0, .max = 0.999999, .help = "decay of the gradient's mean"});
        v("adam_beta2", s.adam_beta2, Field{.min = 0, .max = 0.9999999, .help = "decay of the gradient's square"});
        v("adam_epsilon", s.adam_epsilon, Field{.min = 1e-30, .max = 1, .help = "added to the root of the square"});
        v("max_grad_norm", s.max_grad_norm,
          Field{.min = 0, .max = 1e9, .help = "gradients longer than this are scaled down; 0 never"});
        v("optim", s.optim,
          Field{.choices = {"adamw_torch", "adamw_8bit"},
                .help = "AdamW; with 8-bit state it takes a quarter of the memory and rounds its averages"});
        v("eval_steps", s.eval_steps, Field{.min = 0, .max = 1e12, .help = "steps between validation losses; 0 never"});
        v("eval_batches", s.eval_batches,
          Field{.min = 1, .max = 1e9, .help = "most batches of a validation; more take longer and vary less"});
        v("sample_steps", s.sample_steps,
          Field{.min = 0, .max = 1e12, .help = "steps between samples of the model's text; 0 never"});
        v("sample_prompt", s.sample_prompt, Field{.help = "what a sample goes on from"});
        v("sample_max_tokens", s.sample_max_tokens, Field{.min = 1, .max = 1 << 20, .help = "tokens of a sample"});
        v("save_steps", s.save_steps,
          Field{.min = 0, .max = 1e12, .help = "steps between checkpoints; 0 goes by save_interval_s"});
        v("save_interval_s", s.save_interval_s,
          Field{.min = 0,
                .max = 1e9,
                .help = "seconds of training between checkpoints, the first after 15 (a large one later); 0 goes by "
                        "save_steps"});
        v("logging_steps", s.logging_steps,
          Field{.min = 1, .max = 1e9, .help = "steps between lines of the log; every step is recorded"});
        v("seed", s.seed, Field{.min = 0, .max = 9e15, .help = "of initial weights, data order and samples"});
        v("gradient_checkpointing", s.gradient_checkpointing,
          Field{.help = "recompute whole blocks in the backward pass: least memory, about a third slower"});
        v("use_flash_attention", s.use_flash_attention,
          Field{.help = "attention tile by tile, so that no T x T scores are kept; off: a plain kernel, to compare"});
        v("micro_batch_tokens", s.micro_batch_tokens,
          Field{.min = 0,
                .max = 1 << 24,
                .help = "tokens that go through the model at once; 0 chooses; less takes less memory"});
        v("memory_limit_bytes", s.memory_limit_bytes,
          Field{.min = 0, .max = 1e15, .help = "most memory of this program; 0 none"});
    }
};

struct BaseModelConfig {
    std::string path;    // Hugging Face folder or GGUF file to go on training from
    bool strict = true;  // every tensor must be there in its shape
    bool load_in_4bit = false;
    std::string bnb_4bit_quant_type = "nf4";
    bool bnb_4bit_use_double_quant = true;
    bool embeddings_in_8bit = false;

    template <class Self, class V>
    static void visit(Self& s, V&& v) {
        v("path", s.path, Field{.help = "Hugging Face folder or GGUF file of the model to go on from"});
        v("strict", s.strict,
          Field{.help =
                    "every tensor must be there in its shape; off: those that are not begin fresh, and are listed"});
        v("load_in_4bit", s.load_in_4bit,
          Field{.help = "QLoRA: the matrices of the blocks in 4 bits, an eighth of their fp32 memory; needs lora"});
        v("bnb_4bit_quant_type", s.bnb_4bit_quant_type,
          Field{.choices = {"nf4"}, .help = "16 levels spaced as normally distributed weights are"});
        v("bnb_4bit_use_double_quant", s.bnb_4bit_use_double_quant,
          Field{.help = "the scales in 8 bits too: saves 0.4 bits a weight"});
        v("embeddings_in_8bit", s.embeddings_in_8bit,
          Field{.help = "embedding and head in 8 bits: half of their 16-bit memory, a little less exact; needs lora"});
    }
};

// A LoRA adapter to train on a base model that stays as it is (arXiv 2106.09685), in PEFT's words.
struct LoraConfig {
    int64_t r = 16;
    double lora_alpha = 32;
    double lora_dropout = 0.05;
    std::vector<std::string> target_modules = {"all-linear"};
    bool use_rslora = false;

    float scale() const;                               // of B A: lora_alpha / r, or lora_alpha / √r
    static const std::vector<std::string>& modules();  // the linear layers of a block
    bool targets(const std::string& module) const;     // "model.layers.0.self_attn.q_proj"

    template <class Self, class V>
    static void visit(Self& s, V&& v) {
        v("r", s.r,
          Field{.min = 1, .max = 4096, .help = "rank: more can learn more and takes more memory; 8 to 64 is usual"});
        v("lora_alpha", s.lora_alpha,
          Field{.min = 1e-6, .max = 1e6, .help = "strength: what is learned counts lora_alpha / r; twice r is usual"});
        v("lora_dropout", s.lora_dropout,
          Field{.min = 0, .max = 0.99, .help = "share of inputs left out at random; helps where there is little data"});
        v("target_modules", s.target_modules,
          Field{.help =
                    "layers that get an adapter: all-linear, or q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, "
                    "down_proj"});
        v("use_rslora", s.use_rslora,
          Field{.help = "lora_alpha / sqrt(r) in place of lora_alpha / r: for large ranks"});
    }
};

// What `lathe-cli train --config FILE.json` reads. Exactly one of model and base_model.
struct RunConfig {
    int64_t version = 1;
    std::optional<ModelConfig> model;
    std::optional<BaseModelConfig> base_model;
    std::optional<LoraConfig> lora;  // none: every weight is trained
    TokenizerConfig tokenizer;
    DataConfig data;
    TrainConfig train;

    template <class Self, class V>
    static void visit(Self& s, V&& v) {
        v("version", s.version, Field{.min = 1, .max = 1, .help = "of this file's format"});
        v("model", s.model, Field{.help = "a fresh model"});
        v("base_model", s.base_model, Field{.help = "a model to go on from"});
        v("lora", s.lora, Field{.help = "an adapter to train on the base model, which stays as it is"});
        v("tokenizer", s.tokenizer, Field{.help = "tokenizer"});
        v("data", s.data, Field{.help = "data"});
        v("train", s.train, Field{.help = "training"});
    }
};

struct SampleConfig {
    int64_t max_tokens = 128;
    double temperature = 0.0;  // 0: greedy
    int64_t top_k = 0;         // 0: off
    double top_p = 1.0;
    double min_p = 0.0;
    double repetition_penalty = 1.0;
    int64_t seed = 0;
    std::vector<std::string> stop;

    template <class Self, class V>
    static void visit(Self& s, V&& v) {
        v("max_tokens", s.max_tokens, Field{.min = 1, .max = 1 << 24, .help = "most tokens of the answer"});
        v("temperature", s.temperature,
          Field{.min = 0, .max = 100, .help = "0 takes the likeliest token; higher is more varied"});
        v("top_k", s.top_k, Field{.min = 0, .max = 1 << 24, .help = "draw among the k likeliest tokens; 0 off"});
        v("top_p", s.top_p,
          Field{.min = 0, .max = 1, .help = "draw among the likeliest tokens that make up this probability"});
        v("min_p", s.min_p,
          Field{.min = 0, .max = 1, .help = "leave out tokens below this share of the likeliest one's probability"});
        v("repetition_penalty", s.repetition_penalty,
          Field{.min = 0.01, .max = 100, .help = "above 1 makes tokens that were already there less likely"});
        v("seed", s.seed, Field{.min = 0, .max = 9e15, .help = "of the random draw"});
        v("stop", s.stop, Field{.help = "texts that end the answer"});
    }
};

// JSON text to config; every wrong, unknown or doubled key is an Exception naming `file` and the dotted key. A key that
// is not there keeps its default; model and base_model may be null. Integers may be written as 1e3 or 3.0. What fields
// say together is validate()'s, after set_field(). Relative data.files, tokenizer.path and base_model.path:
// read_run_config takes them from the folder of `file`, parse_run_config leaves them.
RunConfig read_run_config(const std::string& file);
RunConfig parse_run_config(std::string_view json, const std::string& file);
SampleConfig parse_sample_config(std::string_view json, const std::string& file);
// Ordered as visit() has it, indented; an absent section is left out.
std::string to_json(const RunConfig& config);
std::string to_json(const ModelConfig& config);
std::string to_json(const SampleConfig& config);
// "train.learning_rate=3e-4": value is JSON, or a bare string for string fields. A key of an absent section is
// missing_key; "model={}" and "base_model=null" make and remove one. A wrong assignment changes nothing.
void set_field(RunConfig& config, std::string_view assignment);
// Each field's range, and what fields say together: heads that divide, exactly one of model and base_model, a sequence
// within the context, …
void validate(const RunConfig& config, const std::string& file);
void validate(const ModelConfig& config, const std::string& file);
void validate(const DataConfig& config);
void validate(const SampleConfig& config);
// Dotted keys in which two configs differ, as "train.seed". For the resume check.
std::vector<std::string> differing_keys(const RunConfig& a, const RunConfig& b);

}  // namespace lathe
