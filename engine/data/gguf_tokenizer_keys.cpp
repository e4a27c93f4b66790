#include "engine/data/gguf_tokenizer_keys.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/data/byte_alphabet.h"
#include "engine/data/chat_template.h"
#include "engine/data/tokenizer_json.h"

namespace lathe {

namespace {

constexpr const char* kPrefix = "tokenizer.ggml.";

enum TokenType : int32_t { kNormal = 1, kControl = 3, kUserDefined = 4, kUnused = 5 };

GgufKeys keys_of_gguf(const std::string& path) {
    const GgufFile file(path);
    GgufKeys keys;
    for (const auto& [key, value] : file.values())
        if (key.starts_with("tokenizer.")) keys.emplace_back(key, value);
    return keys;
}

[[noreturn]] void unsupported(const std::string& file, const std::string& key, const std::string& expected,
                              const std::string& found) {
    fail({.kind = ErrorKind::unsupported, .file = file, .key = key, .expected = expected, .found = found});
}

// One folder's tokenizer on its way into the keys.
class Writer {
public:
    Writer(const std::string& folder, const HfConfig& config)
        : file_(folder + "/tokenizer.json"),
          config_(config),
          spec_(parse_tokenizer_json(read_file(file_, kTokenizerJsonLimit), file_)),
          chat_(find_chat_template(folder, optional_file(folder, "tokenizer_config.json"))) {}

    GgufKeys keys() {
        put("model", gguf_text("gpt2"));
        put("pre", gguf_text(pre()));
        put_tokens();
        put_merges();
        put_ids();
        put("add_space_prefix", gguf_bool(false));
        if (!chat_.source.empty()) keys_.emplace_back("tokenizer.chat_template", gguf_text(chat_.source));
        return std::move(keys_);
    }

private:
    void put(const std::string& name, GgufValue value) { keys_.emplace_back(kPrefix + name, std::move(value)); }

    // Whose steps these are. A qwen2 goes through without NFC too: llama.cpp never normalises.
    std::string pre() const {
        struct Known {
            const char* name;
            std::vector<SplitStep> steps;
            bool may_nfc, ignore_merges;
        };
        using enum SplitStep::Kind;
        const Known known[] = {
            {"qwen2", {{.kind = pattern, .pattern = WordPattern::qwen2}}, true, false},
            {"llama-bpe", {{.kind = pattern, .pattern = WordPattern::llama3}}, false, true},
            {"smollm", {{.kind = single_digits}, {.kind = pattern, .pattern = WordPattern::gpt2}}, false, false},
            {"gpt-2", {{.kind = pattern, .pattern = WordPattern::gpt2}}, false, false},
        };
        const auto same = [](const SplitStep& a, const SplitStep& b) {
            return a.kind == b.kind && (a.kind != pattern || a.pattern == b.pattern);
        };
        for (const Known& one : known)
            if ((one.may_nfc || !spec_.nfc) && spec_.ignore_merges == one.ignore_merges &&
                std::equal(spec_.steps.begin(), spec_.steps.end(), one.steps.begin(), one.steps.end(), same))
                return one.name;
        unsupported(file_, "pre_tokenizer",
                    "the steps of a tokenizer that GGUF knows: qwen2, llama-bpe, smollm or gpt-2", "others");
    }

    void put_tokens() {
        const auto size = static_cast<size_t>(config_.model.vocab_size);
        if (spec_.token_bytes.size() > size)
            fail({.kind = ErrorKind::mismatch,
                  .file = file_,
                  .expected = "at most " + std::to_string(size) + " tokens, the vocab_size",
                  .found = std::to_string(spec_.token_bytes.size())});
        tokens_.resize(size);
        std::vector<int32_t> types(size, kUnused);
        for (size_t id = 0; id < size; ++id) {
            const bool is_token = id < spec_.is_token.size() && spec_.is_token[id];
            tokens_[id] = is_token ? spell_bytes(spec_.token_bytes[id]) : "[PAD" + std::to_string(id) + "]";
            if (is_token) types[id] = kNormal;
        }
        for (const AddedToken& token : spec_.added_tokens) {
            if (token.single_word || token.lstrip || token.rstrip)
                unsupported(file_, "added_tokens", "no single_word, lstrip or rstrip", token.content);
            const auto id = static_cast<size_t>(token.id);
            const bool looks_special = token.content.starts_with("<|") && token.content.ends_with("|>");
            tokens_[id] = token.content;
            types[id] = token.special || looks_special ? kControl : kUserDefined;
        }
        put("tokens", gguf_texts(tokens_));
        put("token_type", gguf_i32s(types));
    }

    void put_merges() {
        std::vector<std::string> merges;
        for (const Merge& merge : spec_.merges) merges.push_back(spelling(merge.left) + " " + spelling(merge.right));
        put("merges", gguf_texts(merges));
    }

    // Of an added token that merges make, too.
    std::string spelling(int32_t id) const { return spell_bytes(spec_.token_bytes[static_cast<size_t>(id)]); }

    // Of bos_token and the like in tokenizer_config.json.
    std::optional<int64_t> named_id(const std::string& name) const {
        const auto text = chat_.variables.find(name + "_token");
        if (text == chat_.variables.end()) return std::nullopt;
        const auto at = std::find(tokens_.begin(), tokens_.end(), text->get<std::string>());
        if (at == tokens_.end()) return std::nullopt;
        return at - tokens_.begin();
    }

    void put_id(const char* name, int64_t id) {
        if (id >= config_.model.vocab_size)
            fail({.kind = ErrorKind::out_of_range,
                  .file = file_,
                  .key = std::string(name) + "_token_id",
                  .expected = "below the vocab_size, " + std::to_string(config_.model.vocab_size),
                  .found = std::to_string(id)});
        put(std::string(name) + "_token_id", gguf_u32(static_cast<uint32_t>(id)));
    }

    // The tokenizer's end token first: it ends a document, too.
    std::vector<int64_t> end_ids() const {
        std::vector<int64_t> ids = config_.eos_token_ids;
        const auto named = named_id("eos");
        if (!named) return ids;
        if (ids.empty()) ids.push_back(*named);
        const auto at = std::find(ids.begin(), ids.end(), *named);
        if (at != ids.end()) std::rotate(ids.begin(), at, at + 1);
        return ids;
    }

    // What stands before or after each document: `id`, or nothing.
    bool adds(const std::vector<int32_t>& around, std::optional<int64_t>& id) const {
        if (around.empty()) return false;
        if (around.size() > 1 || (id && *id != around[0]))
            unsupported(file_, "post_processor", "bos before and eos after a document at most", "another token");
        id = around[0];
        return true;
    }

    void put_ids() {
        std::vector<int64_t> ends = end_ids();
        std::optional<int64_t> bos = named_id("bos"), eos;
        if (!ends.empty()) eos = ends[0];
        if (config_.bos_token_id >= 0) bos = config_.bos_token_id;
        const bool adds_bos = adds(spec_.prefix_ids, bos), adds_eos = adds(spec_.suffix_ids, eos);
        if (bos) put_id("bos", *bos);
        if (eos) put_id("eos", *eos);
        if (ends.size() > 1) put_id("eot", ends[1]);
        if (ends.size() > 2) put_id("eom", ends[2]);
        const auto padding = config_.pad_token_id >= 0 ? config_.pad_token_id : named_id("pad").value_or(-1);
        if (padding >= 0) put_id("padding", padding);
        if (const auto unknown = named_id("unk")) put_id("unknown", *unknown);
        put("add_bos_token", gguf_bool(adds_bos));
        put("add_eos_token", gguf_bool(adds_eos));
    }

    const std::string file_;
    const HfConfig& config_;
    const TokenizerSpec spec_;
    const FoundTemplate chat_;
    std::vector<std::string> tokens_;  // by id
    GgufKeys keys_;
};

}  // namespace

GgufKeys gguf_tokenizer_keys(const std::string& source, const HfConfig& config) {
    return is_gguf(source) ? keys_of_gguf(source) : Writer(source, config).keys();
}

}  // namespace lathe
