#include "engine/data/gguf_tokenizer.h"

#include <optional>
#include <string_view>
#include <vector>

#include "engine/base/json.h"
#include "engine/data/byte_alphabet.h"
#include "engine/data/word_scanner.h"

namespace lathe {

namespace {

constexpr const char* kPrefix = "tokenizer.ggml.";

enum TokenType : int64_t { kNormal = 1, kUnknown, kControl, kUserDefined, kUnused, kByte };

struct Vocabulary {
    std::vector<std::string_view> tokens, merges;
    std::vector<int64_t> types;
};

// Its spelling in tokenizer.json, which is UTF-8: a token that is none is one of bytes.
std::string spelling(std::string_view token) {
    return valid_utf8_prefix(token) == token.size() ? std::string(token) : spell_bytes(token);
}

void check_length(const GgufFile& file, const std::string& key, size_t length, size_t tokens) {
    if (length != tokens)
        file.refuse(ErrorKind::mismatch, key, std::to_string(tokens) + " entries, as " + kPrefix + "tokens",
                    std::to_string(length));
}

Vocabulary read_vocabulary(const GgufFile& file) {
    Vocabulary all;
    const std::string prefix = kPrefix;
    const auto needed = [&](const char* name) {
        auto list = file.texts(prefix + name);
        if (!list) file.refuse(ErrorKind::missing_key, prefix + name, "a list of texts", "");
        return *std::move(list);
    };
    all.tokens = needed("tokens");
    all.merges = needed("merges");
    const size_t count = all.tokens.size();
    if (count == 0) file.refuse(ErrorKind::empty, prefix + "tokens", "at least one token", "");
    if (const auto scores = file.length(prefix + "scores")) check_length(file, prefix + "scores", *scores, count);
    auto types = file.integers(prefix + "token_type");
    if (types) check_length(file, prefix + "token_type", types->size(), count);
    all.types = types ? *std::move(types) : std::vector<int64_t>(count, kNormal);
    for (size_t id = 0; id < count; ++id) {
        const int64_t type = all.types[id];
        const std::string key = prefix + "token_type[" + std::to_string(id) + "]";
        if (type < kNormal || type > kByte) file.refuse(ErrorKind::out_of_range, key, "1 to 6", std::to_string(type));
        if (type == kByte)
            file.refuse(ErrorKind::unsupported, key, "no byte token in a vocabulary of bytes",
                        std::string(all.tokens[id].substr(0, 80)));
    }
    return all;
}

std::optional<size_t> token_id(const GgufFile& file, const char* name, size_t tokens) {
    const std::string key = std::string(kPrefix) + name + "_token_id";
    const auto id = file.integer(key);
    if (!id) return std::nullopt;
    if (*id < 0 || *id >= static_cast<int64_t>(tokens))
        file.refuse(ErrorKind::out_of_range, key, "0 to " + std::to_string(tokens - 1), std::to_string(*id));
    return static_cast<size_t>(*id);
}

Json byte_level(bool use_regex) {
    return {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", true}, {"use_regex", use_regex}};
}

Json sequence(Json first, Json second) {
    return {{"type", "Sequence"}, {"pretokenizers", Json::array({std::move(first), std::move(second)})}};
}

Json split(WordPattern pattern) {
    return {{"type", "Split"},
            {"pattern", {{"Regex", std::string(pattern_text(pattern))}}},
            {"behavior", "Isolated"},
            {"invert", false}};
}

struct Steps {
    Json normalizer, pre_tokenizer;
    bool ignore_merges = false;
    bool adds_bos = false;  // where the file does not say
};

Steps steps_of(const GgufFile& file) {
    const std::string key = std::string(kPrefix) + "pre";
    const auto pre = file.text(key);
    if (!pre) file.refuse(ErrorKind::missing_key, key, "the way text is cut", "");
    if (*pre == "qwen2")
        return {.normalizer = {{"type", "NFC"}},
                .pre_tokenizer = sequence(split(WordPattern::qwen2), byte_level(false))};
    if (*pre == "llama-bpe")
        return {.pre_tokenizer = sequence(split(WordPattern::llama3), byte_level(false)),
                .ignore_merges = true,
                .adds_bos = true};
    if (*pre == "smollm")
        return {.pre_tokenizer = sequence({{"type", "Digits"}, {"individual_digits", true}}, byte_level(true))};
    if (*pre == "gpt-2") return {.pre_tokenizer = byte_level(true)};
    file.refuse(ErrorKind::unsupported, key, "qwen2, llama-bpe, smollm or gpt-2", pre->substr(0, 80));
}

// What comes before and after a document.
Json post_processor(const GgufFile& file, const Vocabulary& all, bool adds_bos) {
    Json single = Json::array(), special = Json::object();
    const auto add = [&](const char* name, bool otherwise) {
        if (!file.boolean(std::string(kPrefix) + "add_" + name + "_token").value_or(otherwise)) return;
        const auto id = token_id(file, name, all.tokens.size());
        if (!id) return;
        const std::string token = spelling(all.tokens[*id]);
        single.push_back({{"SpecialToken", {{"id", token}, {"type_id", 0}}}});
        special[token] = {{"id", token}, {"ids", Json::array({*id})}, {"tokens", Json::array({token})}};
    };
    add("bos", adds_bos);
    single.push_back({{"Sequence", {{"id", "A"}, {"type_id", 0}}}});
    add("eos", false);
    if (special.empty()) return nullptr;
    return {{"type", "TemplateProcessing"}, {"single", single}, {"pair", single}, {"special_tokens", special}};
}

std::string added_tokens(const Vocabulary& all) {
    std::string text = "[";
    for (size_t id = 0; id < all.tokens.size(); ++id) {
        const int64_t type = all.types[id];
        if (type == kNormal || type == kUnused) continue;
        text +=
            (text.size() > 1 ? ",\n" : "\n") + std::string("    {\"id\": ") + std::to_string(id) + ", \"content\": ";
        text += dump_json(spelling(all.tokens[id]));
        text += R"(, "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": )";
        text += type == kUserDefined ? "false}" : "true}";
    }
    return text + "]";
}

// Token by token rather than as one Json, whose objects search all keys at each insertion.
std::string model_json(const Vocabulary& all, bool ignore_merges) {
    std::string text = R"({"type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": "", )"
                       R"("end_of_word_suffix": "", "fuse_unk": false, "byte_fallback": false, "ignore_merges": )";
    text += ignore_merges ? "true" : "false";
    text += ",\n    \"vocab\": {";
    bool first = true;
    for (size_t id = 0; id < all.tokens.size(); ++id) {
        if (all.types[id] == kUnused) continue;
        text += first ? "\n      " : ",\n      ";
        text += dump_json(spelling(all.tokens[id]));
        text += ": " + std::to_string(id);
        first = false;
    }
    text += "},\n    \"merges\": [";
    for (size_t rank = 0; rank < all.merges.size(); ++rank) {
        text += rank ? ",\n      " : "\n      ";
        text += dump_json(spelling(all.merges[rank]));
    }
    return text + "]}";
}

std::string config_json(const GgufFile& file, const Vocabulary& all, const std::string& chat_template) {
    Json config;
    const bool is_qwen2 = file.text(std::string(kPrefix) + "pre") == "qwen2";
    config["tokenizer_class"] = is_qwen2 ? "Qwen2Tokenizer" : "PreTrainedTokenizerFast";
    for (const auto& [name, key] :
         {std::pair{"bos", "bos_token"}, {"eos", "eos_token"}, {"padding", "pad_token"}, {"unknown", "unk_token"}}) {
        const auto id = token_id(file, name, all.tokens.size());
        config[key] = id ? Json(spelling(all.tokens[*id])) : Json();
    }
    config["add_prefix_space"] = false;
    config["clean_up_tokenization_spaces"] = false;
    if (!chat_template.empty()) config["chat_template"] = chat_template;
    return dump_json(config, 2) + "\n";
}

}  // namespace

GgufTokenizer read_gguf_tokenizer(const GgufFile& file) {
    const std::string model_key = std::string(kPrefix) + "model";
    const auto model = file.text(model_key);
    if (!model) file.refuse(ErrorKind::missing_key, model_key, "gpt2", "");
    if (*model != "gpt2") file.refuse(ErrorKind::unsupported, model_key, "gpt2", model->substr(0, 80));
    if (file.boolean(std::string(kPrefix) + "add_space_prefix").value_or(false))
        file.refuse(ErrorKind::unsupported, std::string(kPrefix) + "add_space_prefix", "false", "true");
    const Steps steps = steps_of(file);
    const Vocabulary all = read_vocabulary(file);
    GgufTokenizer tokenizer;
    const auto line = [](const char* key, const std::string& value) {
        return "  \"" + std::string(key) + "\": " + value + ",\n";
    };
    tokenizer.tokenizer_json =
        "{\n" + line("version", "\"1.0\"") + line("truncation", "null") + line("padding", "null") +
        line("added_tokens", added_tokens(all)) + line("normalizer", dump_json(steps.normalizer)) +
        line("pre_tokenizer", dump_json(steps.pre_tokenizer)) +
        line("post_processor", dump_json(post_processor(file, all, steps.adds_bos))) +
        line("decoder", dump_json(byte_level(true))) + "  \"model\": " + model_json(all, steps.ignore_merges) + "\n}\n";
    tokenizer.chat_template = file.text("tokenizer.chat_template").value_or("");
    tokenizer.tokenizer_config_json = config_json(file, all, tokenizer.chat_template);
    return tokenizer;
}

}  // namespace lathe
