#include "engine/data/tokenizer.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <filesystem>
#include <limits>
#include <mutex>
#include <thread>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/data/byte_alphabet.h"
#include "engine/data/gguf_tokenizer.h"
#include "engine/data/normalizer.h"
#include "engine/data/tokenizer_data.h"
#include "engine/formats/adapter_base.h"
#include "engine/formats/model_weights.h"
#include "engine/formats/peft_adapter.h"

namespace lathe {

namespace {

// Working memory borrowed for one call.
class Borrowed {
public:
    explicit Borrowed(const Tokenizer::Data& data) : data_(data), scratch_(data.borrow()) {}
    ~Borrowed() { data_.give_back(std::move(scratch_)); }
    Borrowed(const Borrowed&) = delete;
    Borrowed& operator=(const Borrowed&) = delete;
    BpeModel::Scratch& operator*() { return *scratch_; }

private:
    const Tokenizer::Data& data_;
    BpeModel::ScratchPtr scratch_;
};

void encode_words(const Tokenizer::Data& data, std::string_view text, std::vector<int32_t>& ids,
                  BpeModel::Scratch& scratch) {
    data.pretokenizer.split(text, [&](std::string_view word) { data.model.encode_word(word, ids, scratch); });
}

// text is valid UTF-8.
void encode_valid(const Tokenizer::Data& data, std::string_view text, bool added_tokens, std::vector<int32_t>& ids,
                  BpeModel::Scratch& scratch, const TrustedText* trusted) {
    using Piece = AddedTokenMatcher::Piece;
    std::string buffer;
    std::vector<Piece> raw{{text, -1}}, pieces;
    if (added_tokens && !data.raw_tokens.empty()) data.raw_tokens.find(text, raw, trusted);
    for (const Piece& outer : raw) {
        if (outer.id >= 0) {
            ids.push_back(outer.id);
            continue;
        }
        const std::string_view normal = data.nfc ? normalize_nfc(outer.text, buffer) : outer.text;
        // Where NFC moved characters nobody knows any more whose they are.
        const bool lost = trusted != nullptr && normal.data() != outer.text.data() && !trusted->covers(outer.text);
        if (!added_tokens || lost || data.normalized_tokens.empty()) {
            encode_words(data, normal, ids, scratch);
            continue;
        }
        data.normalized_tokens.find(normal, pieces, normal.data() == outer.text.data() ? trusted : nullptr);
        for (const Piece& piece : pieces) {
            if (piece.id >= 0) {
                ids.push_back(piece.id);
            } else {
                encode_words(data, piece.text, ids, scratch);
            }
        }
    }
}

// trusted: where added tokens may be seen; null: everywhere.
void encode_bytes(const Tokenizer::Data& data, std::string_view text, bool added_tokens, std::vector<int32_t>& ids,
                  const TrustedText* trusted) {
    if (text.size() > static_cast<size_t>(std::numeric_limits<int32_t>::max())) {
        fail({.kind = ErrorKind::too_large,
              .key = "text",
              .expected = "at most 2147483647 bytes",
              .found = std::to_string(text.size())});
    }
    Borrowed scratch(data);
    while (!text.empty()) {
        const size_t valid = valid_utf8_prefix(text);
        if (valid > 0) encode_valid(data, text.substr(0, valid), added_tokens, ids, *scratch, trusted);
        text.remove_prefix(valid);
        if (text.empty()) break;
        if (const int32_t id = data.model.byte_id(static_cast<unsigned char>(text.front())); id >= 0) ids.push_back(id);
        text.remove_prefix(1);
    }
}

}  // namespace

std::string Tokenizer::place_of(const ModelFiles& files) {
    const std::string& path = files.path;
    std::string adapter = files.adapter.empty() && is_adapter(path) ? path : files.adapter;
    std::error_code ignored;
    if (!adapter.empty() && std::filesystem::exists(adapter + "/tokenizer.json", ignored)) return adapter;
    return is_adapter(path) ? base_of_adapter(path) : path;
}

bool Tokenizer::is_at(const std::string& model) {
    const std::string path = place_of(model);
    if (is_gguf(path)) return GgufFile(path).has("tokenizer.ggml.model");
    std::error_code ignored;
    return std::filesystem::exists(path + "/tokenizer.json", ignored) ||
           (path.ends_with("tokenizer.json") && std::filesystem::is_regular_file(path, ignored));
}

Tokenizer Tokenizer::open(const std::string& model) {
    const std::string path = place_of(model);
    if (is_gguf(path)) {
        GgufTokenizer made = read_gguf_tokenizer(GgufFile(path));
        auto data = make_tokenizer_data(std::move(made.tokenizer_json), std::move(made.tokenizer_config_json), path);
        data->folder = path;
        return Tokenizer(std::move(data));
    }
    std::error_code error;
    const bool is_folder = std::filesystem::is_directory(path, error);
    const std::string file = is_folder ? path + "/tokenizer.json" : path;
    std::string folder = is_folder ? path : std::filesystem::path(path).parent_path().string();
    if (folder.empty()) folder.assign(1, '.');
    if (!std::filesystem::exists(file, error)) {
        fail({.kind = ErrorKind::not_found,
              .file = file,
              .expected = is_folder ? "tokenizer.json in the folder" : "a tokenizer.json"});
    }
    auto data =
        make_tokenizer_data(read_file(file, kTokenizerJsonLimit), optional_file(folder, "tokenizer_config.json"), file);
    data->special_tokens_map = optional_file(folder, "special_tokens_map.json");
    data->folder = folder;
    return Tokenizer(std::move(data));
}

Tokenizer Tokenizer::from_json(std::string tokenizer_json, std::string config_json, const std::string& file) {
    return Tokenizer(make_tokenizer_data(std::move(tokenizer_json), std::move(config_json), file));
}

std::vector<int32_t> Tokenizer::encode(std::string_view text, bool added_tokens) const {
    std::vector<int32_t> ids;
    encode_to(text, ids, added_tokens);
    return ids;
}

void Tokenizer::encode_to(std::string_view text, std::vector<int32_t>& ids, bool added_tokens) const {
    encode_bytes(*data_, text, added_tokens, ids, nullptr);
}

std::vector<int32_t> Tokenizer::encode_parts(const std::vector<Part>& parts) const {
    std::string text;
    for (const Part& part : parts) text += part.text;
    TrustedText trusted;
    const char* at = text.data();
    for (const Part& part : parts) {
        if (part.added_tokens && !part.text.empty())
            trusted.stretches.push_back({{at, part.text.size()}, part.special_tokens});
        at += part.text.size();
    }
    std::vector<int32_t> ids;
    encode_bytes(*data_, text, true, ids, &trusted);
    return ids;
}

std::vector<std::vector<int32_t>> Tokenizer::encode_all(const std::vector<std::string_view>& texts, int threads,
                                                        bool added_tokens) const {
    std::vector<std::vector<int32_t>> all(texts.size());
    std::atomic<size_t> next = 0;
    std::exception_ptr failure;
    std::mutex mutex;
    const auto work = [&] {
        try {
            for (size_t i = next++; i < texts.size(); i = next++) encode_to(texts[i], all[i], added_tokens);
        } catch (...) {
            const std::lock_guard lock(mutex);
            failure = std::current_exception();
            next = texts.size();
        }
    };
    const auto workers = std::min(static_cast<size_t>(std::max(threads, 1)), texts.size());
    {
        std::vector<std::jthread> pool;
        for (size_t i = 1; i < workers; ++i) pool.emplace_back(work);
        work();
    }
    if (failure) std::rethrow_exception(failure);
    return all;
}

const std::vector<int32_t>& Tokenizer::prefix_ids() const {
    return data_->prefix_ids;
}
const std::vector<int32_t>& Tokenizer::suffix_ids() const {
    return data_->suffix_ids;
}

std::string Tokenizer::decode(const int32_t* ids, size_t count, bool skip_special) const {
    std::string text;
    for (size_t i = 0; i < count; ++i) {
        if (!skip_special || !is_special(ids[i])) text += token_bytes(ids[i]);
    }
    return text;
}

const std::string& Tokenizer::token_bytes(int32_t id) const {
    return id >= 0 && id < vocab_size() ? data_->token_bytes[static_cast<size_t>(id)] : data_->no_bytes;
}

bool Tokenizer::is_special(int32_t id) const {
    return id >= 0 && id < vocab_size() && data_->special[static_cast<size_t>(id)];
}

int64_t Tokenizer::vocab_size() const {
    return static_cast<int64_t>(data_->token_bytes.size());
}
std::optional<int32_t> Tokenizer::id_of(std::string_view content) const {
    return data_->id_of(content);
}
int32_t Tokenizer::eos_id() const {
    return data_->eos_id;
}
const std::string& Tokenizer::sha256() const {
    return data_->sha256;
}
const std::string& Tokenizer::config_json() const {
    return data_->config;
}
const std::string& Tokenizer::folder() const {
    return data_->folder;
}

void Tokenizer::save(const std::string& folder) const {
    make_folders(folder);
    write_file_durably(folder + "/tokenizer.json", data_->json);
    write_file_durably(folder + "/tokenizer_config.json", data_->config);
    if (!data_->special_tokens_map.empty())
        write_file_durably(folder + "/special_tokens_map.json", data_->special_tokens_map);
}

size_t complete_utf8_prefix(std::string_view text) {
    // At most the last three bytes can be the beginning of a code point.
    for (size_t back = 1; back <= 3 && back <= text.size(); ++back) {
        const auto b = static_cast<unsigned char>(text[text.size() - back]);
        if ((b & 0xC0) == 0x80) continue;
        const size_t length = b >= 0xF0 && b <= 0xF4 ? 4 : b >= 0xE0 && b < 0xF0 ? 3 : b >= 0xC2 && b < 0xE0 ? 2 : 1;
        if (length <= back) return text.size();
        // It may still become valid if its next byte, where it is there, is in the range that its first allows.
        char completed[4] = {'\x80', '\x80', '\x80', '\x80'};
        if (b == 0xE0) completed[1] = '\xA0';
        if (b == 0xF0) completed[1] = '\x90';
        std::copy_n(text.end() - static_cast<std::ptrdiff_t>(back), back, completed);
        return valid_utf8_prefix({completed, length}) == length ? text.size() - back : text.size();
    }
    return text.size();
}

}  // namespace lathe
