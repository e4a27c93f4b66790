#include "engine/data/tokenizer_vocabulary.h"

#include <unordered_map>
#include <utility>

#include "engine/data/byte_alphabet.h"

namespace lathe {

namespace {

using Ids = std::unordered_map<std::string_view, int32_t>;  // spelling in the file -> id

constexpr size_t kAddedTokenLimit = 1024;  // bytes

// Ids may have holes, but the tables they index stay in proportion to the file.
int32_t checked_id(int64_t id, size_t entries, const JsonReader& where, std::string_view token) {
    const auto limit = static_cast<int64_t>(entries * 2 + 65536);
    if (id < 0 || id >= limit) {
        fail({.kind = ErrorKind::out_of_range,
              .file = where.file(),
              .key = where.path(token),
              .expected = "an id from 0 to " + std::to_string(limit - 1),
              .found = std::to_string(id)});
    }
    return static_cast<int32_t>(id);
}

void claim(TokenizerSpec& spec, int32_t id, std::string bytes, const JsonReader& where, std::string_view token) {
    const auto at = static_cast<size_t>(id);
    if (at >= spec.is_token.size()) {
        spec.is_token.resize(at + 1);
        spec.token_bytes.resize(at + 1);
    }
    if (spec.is_token[at]) {
        fail({.kind = ErrorKind::mismatch,
              .file = where.file(),
              .key = where.path(token),
              .expected = "an id of its own",
              .found = std::to_string(id) + " of " + spec.token_bytes[at]});
    }
    spec.is_token[at] = true;
    spec.token_bytes[at] = std::move(bytes);
}

Ids read_vocab(const JsonReader& vocab, size_t entries, TokenizerSpec& spec) {
    Ids ids;
    ids.reserve(entries);
    for (const auto field : vocab.object()) {
        int64_t id = 0;
        if (field.value.get(id) != simdjson::SUCCESS) {
            fail({.kind = ErrorKind::wrong_type,
                  .file = vocab.file(),
                  .key = vocab.path(field.key),
                  .expected = "an integer"});
        }
        if (!ids.try_emplace(field.key, checked_id(id, entries, vocab, field.key)).second) {
            fail({.kind = ErrorKind::malformed,
                  .file = vocab.file(),
                  .key = vocab.path(field.key),
                  .expected = "one such token",
                  .found = "two"});
        }
        std::string bytes;
        if (!unspell_bytes(field.key, bytes)) bytes = field.key;
        claim(spec, ids[field.key], std::move(bytes), vocab, field.key);
    }
    spec.byte_ids.fill(-1);
    for (int b = 0; b < 256; ++b) {
        const char byte = static_cast<char>(b);
        if (const auto found = ids.find(spell_bytes({&byte, 1})); found != ids.end()) {
            spec.byte_ids[static_cast<size_t>(b)] = found->second;
        }
    }
    return ids;
}

// ["a", "b"] or "a b".
std::pair<std::string_view, std::string_view> read_merge(simdjson::dom::element element, const JsonReader& merges,
                                                         size_t rank) {
    std::string_view text;
    simdjson::dom::array parts;
    if (element.get(text) == simdjson::SUCCESS) {
        const size_t space = text.find(' ');
        if (space != std::string_view::npos && text.find(' ', space + 1) == std::string_view::npos) {
            return {text.substr(0, space), text.substr(space + 1)};
        }
    } else if (element.get(parts) == simdjson::SUCCESS && parts.size() == 2) {
        std::string_view left, right;
        if (parts.at(0).get(left) == simdjson::SUCCESS && parts.at(1).get(right) == simdjson::SUCCESS)
            return {left, right};
    }
    fail({.kind = ErrorKind::malformed,
          .file = merges.file(),
          .key = merges.key() + "[" + std::to_string(rank) + "]",
          .expected = "a pair of tokens"});
}

void read_merges(const JsonReader& merges, const Ids& ids, TokenizerSpec& spec) {
    const simdjson::dom::array all = merges.array();
    spec.merges.reserve(all.size());
    std::string joined;
    for (const auto element : all) {
        const auto [left, right] = read_merge(element, merges, spec.merges.size());
        joined.assign(left).append(right);
        Merge merge{};
        for (const auto& [token, id] :
             {std::pair{left, &merge.left}, {right, &merge.right}, {std::string_view(joined), &merge.result}}) {
            const auto found = ids.find(token);
            if (found == ids.end() || token.empty()) {
                fail({.kind = ErrorKind::mismatch,
                      .file = merges.file(),
                      .key = merges.key() + "[" + std::to_string(spec.merges.size()) + "]",
                      .expected = "tokens of the vocabulary",
                      .found = std::string(token)});
            }
            *id = found->second;
        }
        spec.merges.push_back(merge);
    }
}

AddedToken read_added_token(const JsonReader& item, size_t entries) {
    item.allow_only({"id", "content", "single_word", "lstrip", "rstrip", "normalized", "special"});
    AddedToken token;
    token.content = item.at("content").text();
    token.id = checked_id(item.at("id").integer(), entries, item, "id");
    token.special = item.flag("special", false);
    token.single_word = item.flag("single_word", false);
    token.lstrip = item.flag("lstrip", false);
    token.rstrip = item.flag("rstrip", false);
    token.normalized = item.flag("normalized", !token.special);
    if (token.content.empty() || token.content.size() > kAddedTokenLimit) {
        fail({.kind = ErrorKind::out_of_range,
              .file = item.file(),
              .key = item.path("content"),
              .expected = "1 to 1024 bytes",
              .found = std::to_string(token.content.size())});
    }
    return token;
}

void read_added_tokens(const JsonReader& added, size_t entries, const Ids& ids, TokenizerSpec& spec) {
    std::unordered_map<std::string, int32_t> seen;
    for (const JsonReader& item : added.items()) {
        AddedToken token = read_added_token(item, entries);
        if (!seen.try_emplace(token.content, token.id).second) {
            fail({.kind = ErrorKind::mismatch,
                  .file = item.file(),
                  .key = item.path("content"),
                  .expected = "one such token",
                  .found = token.content});
        }
        if (const auto in_vocab = ids.find(token.content); in_vocab != ids.end()) {
            if (in_vocab->second != token.id) {
                fail({.kind = ErrorKind::mismatch,
                      .file = item.file(),
                      .key = item.path("id"),
                      .expected = std::to_string(in_vocab->second) + " as in model.vocab",
                      .found = std::to_string(token.id)});
            }
            spec.token_bytes[static_cast<size_t>(token.id)] = token.content;
        } else {
            claim(spec, token.id, token.content, item, "id");
        }
        spec.added_tokens.push_back(std::move(token));
    }
}

void check_model(const JsonReader& model) {
    if (model.type() != "BPE") model.at("type").unsupported(model.type(), "BPE");
    model.allow_only({"type", "dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix", "fuse_unk",
                      "byte_fallback", "ignore_merges", "vocab", "merges"});
    if (model.has("dropout")) {
        double dropout = 0;
        if (model.object().at_key("dropout").get(dropout) != simdjson::SUCCESS || dropout != 0) {
            model.at("dropout").unsupported("dropout", "null or 0");
        }
    }
    for (const std::string_view key : {"continuing_subword_prefix", "end_of_word_suffix"}) {
        if (model.has(key) && !model.at(key).text().empty())
            model.at(key).unsupported(std::string(model.at(key).text()), "null or \"\"");
    }
    if (model.flag("byte_fallback", false)) model.at("byte_fallback").unsupported("true", "false");
}

}  // namespace

void read_vocabulary(const JsonReader& root, TokenizerSpec& spec) {
    const JsonReader model = root.at("model");
    check_model(model);
    spec.ignore_merges = model.flag("ignore_merges", false);
    size_t entries = 0;
    for ([[maybe_unused]] const auto field : model.at("vocab").object()) ++entries;
    size_t added_entries = 0;
    if (root.has("added_tokens")) {
        for ([[maybe_unused]] const auto item : root.at("added_tokens").array()) ++added_entries;
    }
    entries += added_entries;
    const Ids ids = read_vocab(model.at("vocab"), entries, spec);
    read_merges(model.at("merges"), ids, spec);
    if (added_entries > 0) read_added_tokens(root.at("added_tokens"), entries, ids, spec);
    if (spec.merges.empty() && ids.empty()) fail({.kind = ErrorKind::empty, .file = root.file(), .key = "model.vocab"});
    const bool all_bytes = std::find(spec.byte_ids.begin(), spec.byte_ids.end(), -1) == spec.byte_ids.end();
    if (model.has("unk_token") && !all_bytes)
        model.at("unk_token").unsupported("an unknown token", "null, or all 256 bytes in the vocabulary");
}

}  // namespace lathe
