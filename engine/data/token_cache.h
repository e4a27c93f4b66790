// Tokens of a data set, made once and mapped from a file FOLDER/KEY.tokens; KEY = sha256 of (format version, data,
// tokenizer, text column; with examples also their layout, template and switches). File, little endian: 64-byte head
// (magic "LATHETOK", version), tokens u32, zeros to 8 bytes, per document the end of its tokens u64 (counted in tokens
// from the first), per document its UTF-8 bytes u32, import report (JSON), 160-byte foot with all counts and its own
// sha256. A data set with examples says so in its foot: then bit 31 of a token means that it is no target, and before
// the report stands, at a multiple of 8, per document its place u64 (file in the upper 24 bits, line). Written under a
// temporary name, fsynced, renamed; a file whose sizes or foot do not fit is made again. Reading: any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.h"
#include "engine/data/documents.h"
#include "engine/data/example_encoder.h"

namespace lathe {

class Tokenizer;

// What turns text to tokens: of a Tokenizer, or of a test.
struct Encoder {
    // Appends the tokens of a text, with no special token recognised in it. Called by several threads at once.
    std::function<void(std::string_view text, std::vector<int32_t>& ids)> encode;
    int64_t vocab_size = 0;
    int32_t eos_id = -1;  // appended to each document if ≥ 0
    std::string sha256;   // of the tokenizer

    // Appends the tokens of an example, end tokens included, with kMaskedToken where one is no target, and returns the
    // bytes of its text. Errors are the row's. Called by several threads at once; null: there are no examples.
    std::function<int64_t(const Example& example, std::vector<uint32_t>& tokens)> encode_example = {};
    std::string example_key = {};                // of what decides those tokens besides the tokenizer
    std::optional<Error> examples_refused = {};  // why there is no encoding of examples
};

// The tokenizer must outlive it. Examples by the chat template that it comes with.
Encoder encoder_of(const Tokenizer& tokenizer, const ExampleOptions& options = {});
// UTF-8 bytes that each token stands for, (V); special tokens 0. What Dataset takes.
std::vector<int32_t> token_byte_counts(const Tokenizer& tokenizer);

class TokenCache {
public:
    // Maps a file. Errors: not_found, unreadable, malformed (cut short, foreign, damaged foot or table).
    explicit TokenCache(const std::string& path);
    ~TokenCache();
    TokenCache(TokenCache&& other) noexcept;
    TokenCache& operator=(TokenCache&&) = delete;
    TokenCache(const TokenCache&) = delete;

    const std::string& path() const { return path_; }
    int64_t documents() const { return documents_; }
    int64_t tokens() const { return tokens_; }  // end tokens included
    int64_t vocab_size() const { return vocab_size_; }
    int32_t eos_id() const { return eos_id_; }
    const ImportReport& report() const { return report_; }
    bool masked() const { return places_ != nullptr; }  // tokens carry kMaskedToken

    int64_t document_begin(int64_t index) const {
        return index == 0 ? 0 : static_cast<int64_t>(document_ends_[index - 1]);
    }
    int64_t document_end(int64_t index) const { return static_cast<int64_t>(document_ends_[index]); }
    int64_t document_bytes(int64_t index) const { return document_bytes_[index]; }
    // Where a document of a masked cache is from: the index of its file in list_data_files(), its line.
    int64_t document_file(int64_t index) const { return static_cast<int64_t>(places_[index] >> kLineBits); }
    int64_t document_line(int64_t index) const {
        return static_cast<int64_t>(places_[index] & ((uint64_t{1} << kLineBits) - 1));
    }
    static constexpr int kLineBits = 40;

    std::span<const uint32_t> tokens_between(int64_t begin, int64_t end) const {
        return {ids_ + begin, static_cast<size_t>(end - begin)};
    }

private:
    std::string path_;
    void* mapping_ = nullptr;
    int64_t size_ = 0;
    const uint32_t* ids_ = nullptr;
    const uint64_t* document_ends_ = nullptr;
    const uint32_t* document_bytes_ = nullptr;
    const uint64_t* places_ = nullptr;  // null: not masked
    int64_t documents_ = 0, tokens_ = 0, vocab_size_ = 0;
    int32_t eos_id_ = -1;
    ImportReport report_;
};

// Bytes read of bytes in all; false cancels (Exception cancelled). Called on the caller's thread.
using ImportProgress = std::function<bool(int64_t done_bytes, int64_t total_bytes)>;

// Opens the cache of these documents and this tokenizer, or makes it with `threads` encoders (the file is the same for
// any number). Errors: those of documents.h, of OutputFile; mismatch where a data file changes meanwhile; cancelled.
// Nothing is left behind by a failure.
TokenCache open_token_cache(const std::string& folder, const DocumentSource& source, const Encoder& encoder,
                            const ImportProgress& progress = {}, int threads = 2);

}  // namespace lathe
