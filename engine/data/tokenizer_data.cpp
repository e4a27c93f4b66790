#include "engine/data/tokenizer_data.h"

#include <algorithm>
#include <unordered_map>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/data/byte_alphabet.h"
#include "engine/data/normalizer.h"

namespace lathe {

namespace {

constexpr const char* kEndOfText = "<|endoftext|>";
constexpr size_t kPooled = 64;

// eos_token of a tokenizer_config.json: a string, an AddedToken object, or nothing.
std::string eos_of(const std::string& config, const std::string& file) {
    const Json json = parse_json(config, file);
    const auto eos = json.find("eos_token");
    if (!json.is_object() || eos == json.end()) return {};
    if (eos->is_string()) return eos->get<std::string>();
    if (eos->is_object() && eos->contains("content") && (*eos)["content"].is_string())
        return (*eos)["content"].get<std::string>();
    return {};
}

std::string generic_config(bool has_end) {
    Json config;
    config["tokenizer_class"] = "PreTrainedTokenizerFast";
    if (has_end) config["eos_token"] = kEndOfText;
    config["clean_up_tokenization_spaces"] = false;
    return dump_json(config, 2) + "\n";
}

BpeModel make_model(const TokenizerSpec& spec) {
    std::unordered_map<std::string, int32_t> whole_words;
    if (spec.ignore_merges) {
        std::vector<bool> added(spec.token_bytes.size());
        for (const AddedToken& token : spec.added_tokens) added[static_cast<size_t>(token.id)] = true;
        for (size_t id = 0; id < spec.token_bytes.size(); ++id) {
            if (spec.is_token[id] && !added[id]) whole_words.emplace(spec.token_bytes[id], static_cast<int32_t>(id));
        }
    }
    return BpeModel(spec.byte_ids, spec.merges, std::move(whole_words));
}

void index_added_tokens(Tokenizer::Data& data) {
    std::string buffer;
    for (const AddedToken& token : data.added_tokens) {
        data.special[static_cast<size_t>(token.id)] = token.special;
        if (token.normalized) {
            data.normalized_tokens.add(token, data.nfc ? normalize_nfc(token.content, buffer) : token.content);
        } else {
            data.raw_tokens.add(token, token.content);
        }
    }
    std::sort(data.added_tokens.begin(), data.added_tokens.end(),
              [](const AddedToken& a, const AddedToken& b) { return a.content < b.content; });
}

}  // namespace

std::shared_ptr<Tokenizer::Data> make_tokenizer_data(std::string json, std::string config, const std::string& file) {
    TokenizerSpec spec = parse_tokenizer_json(json, file);
    auto data = std::make_shared<Tokenizer::Data>();
    data->model = make_model(spec);
    data->pretokenizer = Pretokenizer(std::move(spec.steps));
    data->nfc = spec.nfc;
    data->prefix_ids = std::move(spec.prefix_ids);
    data->suffix_ids = std::move(spec.suffix_ids);
    data->added_tokens = std::move(spec.added_tokens);
    data->token_bytes = std::move(spec.token_bytes);
    data->special.resize(data->token_bytes.size());
    index_added_tokens(*data);
    std::vector<bool> added(data->token_bytes.size());
    for (const AddedToken& token : data->added_tokens) added[static_cast<size_t>(token.id)] = true;
    for (size_t id = 0; id < added.size(); ++id) {
        if (spec.is_token[id] && !added[id]) data->by_bytes.push_back(static_cast<int32_t>(id));
    }
    const auto bytes_of = [&](int32_t id) -> const std::string& { return data->token_bytes[static_cast<size_t>(id)]; };
    std::sort(data->by_bytes.begin(), data->by_bytes.end(),
              [&](int32_t a, int32_t b) { return bytes_of(a) < bytes_of(b); });
    const bool has_end = data->id_of(kEndOfText).has_value();
    const std::string config_file = file.substr(0, file.find_last_of('/') + 1) + "tokenizer_config.json";
    const std::string eos = config.empty() ? std::string() : eos_of(config, config_file);
    data->eos_id = data->id_of(eos.empty() ? kEndOfText : eos).value_or(-1);
    data->config = config.empty() ? generic_config(has_end) : std::move(config);
    data->sha256 = sha256(json);
    data->json = std::move(json);
    return data;
}

std::optional<int32_t> Tokenizer::Data::id_of(std::string_view content) const {
    const auto added =
        std::lower_bound(added_tokens.begin(), added_tokens.end(), content,
                         [](const AddedToken& token, std::string_view text) { return token.content < text; });
    if (added != added_tokens.end() && added->content == content) return added->id;
    std::string bytes;
    if (valid_utf8_prefix(content) != content.size() || !unspell_bytes(content, bytes)) bytes = content;
    const auto bytes_of = [&](int32_t id) -> const std::string& { return token_bytes[static_cast<size_t>(id)]; };
    const auto found = std::lower_bound(by_bytes.begin(), by_bytes.end(), bytes,
                                        [&](int32_t id, const std::string& text) { return bytes_of(id) < text; });
    if (found == by_bytes.end() || bytes_of(*found) != bytes) return std::nullopt;
    return *found;
}

BpeModel::ScratchPtr Tokenizer::Data::borrow() const {
    {
        const std::lock_guard lock(mutex_);
        if (!pool_.empty()) {
            BpeModel::ScratchPtr scratch = std::move(pool_.back());
            pool_.pop_back();
            return scratch;
        }
    }
    return model.make_scratch();
}

void Tokenizer::Data::give_back(BpeModel::ScratchPtr scratch) const {
    const std::lock_guard lock(mutex_);
    if (pool_.size() < kPooled) pool_.push_back(std::move(scratch));
}

}  // namespace lathe
