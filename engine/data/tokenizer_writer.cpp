#include "engine/data/tokenizer_writer.h"

#include "engine/base/json.h"
#include "engine/data/word_scanner.h"

namespace lathe {

namespace {

Json byte_level(bool use_regex) {
    return {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", true}, {"use_regex", use_regex}};
}

Json added_token(int64_t id, const std::string& content) {
    Json token;
    if (id >= 0) token["id"] = id;
    token["content"] = content;
    for (const char* key : {"single_word", "lstrip", "rstrip", "normalized"}) token[key] = false;
    token["special"] = true;
    return token;
}

std::string quoted(const std::string& text) {
    return dump_json(Json(text));
}

// Line by line rather than as one Json, whose objects search all keys at each insertion.
std::string model_json(const TrainedBpe& bpe) {
    std::string text = R"({
    "type": "BPE",
    "dropout": null,
    "unk_token": null,
    "continuing_subword_prefix": "",
    "end_of_word_suffix": "",
    "fuse_unk": false,
    "byte_fallback": false,
    "ignore_merges": false,
    "vocab": {)";
    for (size_t id = 0; id < bpe.spellings.size(); ++id) {
        text += (id ? ",\n      " : "\n      ") + quoted(bpe.spellings[id]) + ": " + std::to_string(id);
    }
    text += "\n    },\n    \"merges\": [";
    bool first = true;
    for (const auto& [left, right] : bpe.merges) {
        text += (first ? "\n      [" : ",\n      [") + quoted(bpe.spellings[static_cast<size_t>(left)]) + ", " +
                quoted(bpe.spellings[static_cast<size_t>(right)]) + "]";
        first = false;
    }
    return text + (first ? "]\n  }" : "\n    ]\n  }");
}

}  // namespace

std::string tokenizer_json_of(const TrainedBpe& bpe) {
    const bool qwen2 = bpe.pattern == BpePattern::qwen2;
    Json added = Json::array();
    for (size_t id = 0; id < bpe.special_tokens; ++id)
        added.push_back(added_token(static_cast<int64_t>(id), bpe.spellings[id]));
    Json normalizer, pre_tokenizer = byte_level(true);
    if (qwen2) {
        normalizer = {{"type", "NFC"}};
        Json split{{"type", "Split"},
                   {"pattern", {{"Regex", std::string(pattern_text(WordPattern::qwen2))}}},
                   {"behavior", "Isolated"},
                   {"invert", false}};
        pre_tokenizer = {{"type", "Sequence"}, {"pretokenizers", Json::array({split, byte_level(false)})}};
    }
    const auto line = [](const char* key, const Json& value) {
        return "  \"" + std::string(key) + "\": " + dump_json(value) + ",\n";
    };
    return "{\n" + line("version", "1.0") + line("truncation", nullptr) + line("padding", nullptr) +
           line("added_tokens", added) + line("normalizer", normalizer) + line("pre_tokenizer", pre_tokenizer) +
           line("post_processor", nullptr) + line("decoder", byte_level(true)) + "  \"model\": " + model_json(bpe) +
           "\n}\n";
}

std::string tokenizer_config_json_of(const TrainedBpe& bpe) {
    Json config;
    config["tokenizer_class"] = bpe.pattern == BpePattern::qwen2 ? "Qwen2Tokenizer" : "PreTrainedTokenizerFast";
    config["bos_token"] = nullptr;
    const Json end = bpe.special_tokens > 0 ? Json(bpe.spellings.front()) : Json();
    config["eos_token"] = end;
    config["pad_token"] = end;
    config["unk_token"] = nullptr;
    config["add_prefix_space"] = false;
    config["clean_up_tokenization_spaces"] = false;
    config["model_max_length"] = 1000000000;
    Json decoder = Json::object();
    for (size_t id = 0; id < bpe.special_tokens; ++id) decoder[std::to_string(id)] = added_token(-1, bpe.spellings[id]);
    config["added_tokens_decoder"] = decoder;
    return dump_json(config, 2) + "\n";
}

}  // namespace lathe
