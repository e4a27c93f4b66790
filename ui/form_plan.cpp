#include "ui/form_plan.h"

#include <QCoreApplication>
#include <map>

#include "ui/field_words.h"

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(FormPlan)
};

bool begins_with(const std::string& key, const char* begin) {
    return key.rfind(begin, 0) == 0;
}

bool is_method(const std::string& key) {
    return begins_with(key, "lora.") || begins_with(key, "base_model.bnb_") || key == "base_model.load_in_4bit";
}

std::string section_of_run(const std::string& key) {
    if (key == "version") return "";
    if (is_method(key)) return "lora";
    const std::string name = key.substr(0, key.find('.'));
    return name == "base_model" ? "model" : name;
}

QString title_of_run(const std::string& section) {
    if (section == "data") return Words::tr("Data");
    if (section == "model") return Words::tr("Model");
    if (section == "lora") return Words::tr("Method");
    return section == "tokenizer" ? Words::tr("Tokenizer") : Words::tr("Training");
}

std::string section_of_model(const std::string& key) {
    static const std::map<std::string, std::string> kSections = {
        {"model.model_type", "model"},
        {"model.rms_norm_eps", "model"},
        {"model.initializer_range", "model"},
        {"model.hidden_size", "size"},
        {"model.num_hidden_layers", "size"},
        {"model.intermediate_size", "size"},
        {"model.vocab_size", "size"},
        {"model.tie_word_embeddings", "size"},
        {"tokenizer.path", "size"},
        {"tokenizer.vocab_size", "size"},
        {"model.num_attention_heads", "attention"},
        {"model.num_key_value_heads", "attention"},
        {"model.head_dim", "attention"},
        {"model.attention_bias", "attention"},
        {"model.max_position_embeddings", "position"},
        {"data.max_length", "memory"},
        {"train.per_device_train_batch_size", "memory"},
        {"train.gradient_accumulation_steps", "memory"},
        {"train.micro_batch_tokens", "memory"},
        {"train.gradient_checkpointing", "memory"},
        {"train.optim", "memory"},
        {"train.memory_limit_bytes", "memory"},
    };
    if (is_method(key)) return "lora";
    if (begins_with(key, "base_model.")) return "model";
    if (begins_with(key, "model.rope_parameters.")) return "position";
    const auto found = kSections.find(key);
    return found == kSections.end() ? "" : found->second;
}

QString title_of_model(const std::string& section) {
    if (section == "model") return Words::tr("Origin");
    if (section == "lora") return Words::tr("Method");
    if (section == "size") return Words::tr("Size");
    if (section == "attention") return Words::tr("Attention");
    return section == "position" ? Words::tr("Positions") : Words::tr("Memory in training");
}

bool is_first_of_model(const std::string& key) {
    const std::string section = section_of_model(key);
    if (section == "size") return key != "model.vocab_size" && key != "tokenizer.path";
    if (section == "attention") return key != "model.attention_bias";
    if (section == "memory") return key == "data.max_length" || is_basic_field(key);
    return key == "model.model_type" || key == "model.max_position_embeddings" ||
           key == "model.rope_parameters.rope_type" || key == "model.rope_parameters.factor" || is_basic_field(key);
}

}  // namespace

const FormPlan& run_form() {
    static const FormPlan kPlan{.sections = {"data", "model", "lora", "tokenizer", "train"},
                                .section_of = section_of_run,
                                .title = title_of_run,
                                .is_first = is_basic_field};
    return kPlan;
}

const FormPlan& model_form() {
    static const FormPlan kPlan{.sections = {"model", "size", "attention", "position", "lora", "memory"},
                                .section_of = section_of_model,
                                .title = title_of_model,
                                .is_first = is_first_of_model};
    return kPlan;
}

}  // namespace lathe
