#include "engine/base/config.h"

#include <algorithm>
#include <cmath>

#include "engine/base/config_fields.h"
#include "engine/base/dataset.h"
#include "engine/base/error.h"

namespace lathe {

namespace {

class Checks {
public:
    Checks(const std::string& file, std::string prefix) : file_(file), prefix_(std::move(prefix)) {}

    void require(bool holds, ErrorKind kind, std::string_view key, std::string expected, std::string found) const {
        if (holds) return;
        fail({.kind = kind,
              .file = file_,
              .key = dotted(prefix_, key),
              .expected = std::move(expected),
              .found = std::move(found)});
    }

    template <class Section>
    void ranges(const Section& section) const {
        for_each_leaf(
            section,
            [&](const std::string& key, const auto& value, const Field& field) {
                check_field(value, field, key, file_);
            },
            prefix_);
    }

private:
    const std::string& file_;
    std::string prefix_;
};

std::string text(double value) {
    return std::to_string(value);
}
std::string text(int64_t value) {
    return std::to_string(value);
}

// transformers' validate_rope: what each type needs. The original context falls back to max_position_embeddings.
void check_rope(const RopeParameters& rope, const Checks& check) {
    if (rope.rope_type == "default") return;
    check.require(rope.factor > 1, ErrorKind::out_of_range, "rope_parameters.factor",
                  "above 1 for rope_type " + rope.rope_type, text(rope.factor));
    if (rope.rope_type == "llama3") {
        check.require(rope.low_freq_factor > 0, ErrorKind::out_of_range, "rope_parameters.low_freq_factor", "above 0",
                      text(rope.low_freq_factor));
        check.require(rope.high_freq_factor > rope.low_freq_factor, ErrorKind::mismatch,
                      "rope_parameters.high_freq_factor", "above low_freq_factor " + text(rope.low_freq_factor),
                      text(rope.high_freq_factor));
    }
    if (rope.rope_type == "yarn") {
        check.require(rope.beta_slow > 0, ErrorKind::out_of_range, "rope_parameters.beta_slow", "above 0",
                      text(rope.beta_slow));
        check.require(rope.beta_fast > rope.beta_slow, ErrorKind::mismatch, "rope_parameters.beta_fast",
                      "above beta_slow " + text(rope.beta_slow), text(rope.beta_fast));
    }
}

void check_model(const ModelConfig& model, const Checks& check) {
    check.ranges(model);
    const int64_t heads = model.num_attention_heads;
    if (model.head_dim == 0) {
        check.require(model.hidden_size % heads == 0, ErrorKind::mismatch, "num_attention_heads",
                      "a divisor of hidden_size " + text(model.hidden_size), text(heads));
    }
    check.require(heads % model.num_key_value_heads == 0, ErrorKind::mismatch, "num_key_value_heads",
                  "a divisor of num_attention_heads " + text(heads), text(model.num_key_value_heads));
    const int64_t width = model.head_size();
    check.require(width % 2 == 0 && width >= 2 && width <= 256, ErrorKind::out_of_range, "head_dim",
                  "an even width of a head, at most 256", text(width));
    check_rope(model.rope_parameters, check);
}

void check_data(const DataConfig& data, const Checks& check) {
    check.require(!data.files.empty(), ErrorKind::missing_key, "data.files", "at least one file or folder", "none");
    for (const std::string& path : data.files) {
        check.require(!path.empty(), ErrorKind::out_of_range, "data.files", "names of files or folders",
                      "an empty name");
    }
}

void check_against_model(const RunConfig& config, const Checks& check) {
    if (!config.model) return;
    check.require(config.data.max_length <= config.model->max_position_embeddings, ErrorKind::out_of_range,
                  "data.max_length",
                  "at most model.max_position_embeddings " + text(config.model->max_position_embeddings),
                  text(config.data.max_length));
    const int64_t rows = config.model->vocab_size;
    check.require(rows == 0 || !config.tokenizer.path.empty() || rows >= config.tokenizer.vocab_size,
                  ErrorKind::mismatch, "model.vocab_size",
                  "0 or at least tokenizer.vocab_size " + text(config.tokenizer.vocab_size), text(rows));
}

void check_train(const TrainConfig& train, const Checks& check) {
    check.require(train.max_steps > 0 || train.num_train_epochs > 0, ErrorKind::missing_key, "train.max_steps",
                  "max_steps or num_train_epochs above 0", "both 0");
}

void check_lora(const RunConfig& config, const Checks& check) {
    check.require(config.lora || !config.base_model || !config.base_model->load_in_4bit, ErrorKind::missing_key, "lora",
                  "an adapter to train: weights of 4 bits stay as they are", "none");
    check.require(config.lora || !config.base_model || !config.base_model->embeddings_in_8bit, ErrorKind::missing_key,
                  "lora", "an adapter to train: embeddings of 8 bits stay as they are", "none");
    if (!config.lora) return;
    check.require(config.base_model.has_value(), ErrorKind::mismatch, "lora", "a base_model for it to adapt",
                  "a fresh model");
    check.require(!config.lora->target_modules.empty(), ErrorKind::missing_key, "lora.target_modules",
                  "all-linear, or names of layers", "none");
    for (const std::string& target : config.lora->target_modules) {
        const auto& known = LoraConfig::modules();
        check.require(target == "all-linear" || std::find(known.begin(), known.end(), target) != known.end(),
                      ErrorKind::out_of_range, "lora.target_modules",
                      "all-linear, or q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj", target);
    }
}

}  // namespace

float LoraConfig::scale() const {
    const auto rank = static_cast<double>(r);
    return static_cast<float>(lora_alpha / (use_rslora ? std::sqrt(rank) : rank));
}

const std::vector<std::string>& LoraConfig::modules() {
    static const std::vector<std::string> kModules = {"q_proj",    "k_proj",  "v_proj",   "o_proj",
                                                      "gate_proj", "up_proj", "down_proj"};
    return kModules;
}

bool LoraConfig::targets(const std::string& module) const {
    return std::any_of(target_modules.begin(), target_modules.end(), [&](const std::string& target) {
        return target == "all-linear" || module.ends_with("." + target);
    });
}

void validate(const ModelConfig& config, const std::string& file) {
    check_model(config, Checks(file, ""));
}

void validate(const DataConfig& config) {
    const std::string no_file;
    Checks(no_file, "data").ranges(config);
    check_data(config, Checks(no_file, ""));
}

void validate(const CleanRecipe& recipe, const std::string& file) {
    const Checks check(file, "");
    check.ranges(recipe);
    check.require(recipe.max_characters == 0 || recipe.max_characters >= recipe.min_characters, ErrorKind::mismatch,
                  "max_characters", "at least min_characters " + text(recipe.min_characters),
                  text(recipe.max_characters));
}

void validate(const SampleConfig& config) {
    const std::string no_file;
    Checks(no_file, "").ranges(config);
}

void validate(const RunConfig& config, const std::string& file) {
    const Checks check(file, "");
    check.ranges(config);
    check.require(config.model || config.base_model, ErrorKind::missing_key, "model", "model or base_model", "neither");
    check.require(!config.model || !config.base_model, ErrorKind::mismatch, "base_model", "model or base_model",
                  "both");
    if (config.model) check_model(*config.model, Checks(file, "model"));
    if (config.base_model) {
        check.require(!config.base_model->path.empty(), ErrorKind::missing_key, "base_model.path", "a model's folder",
                      "");
    }
    check_lora(config, check);
    check_data(config.data, check);
    check_against_model(config, check);
    check_train(config.train, check);
}

}  // namespace lathe
