// Byte-level BPE tokenizer read from a Hugging Face tokenizer.json, or one made of a GGUF's metadata, which is followed
// as written: normalizer, pre-tokenizer, added tokens, merges, decoder. What it cannot follow exactly is refused by
// name (`unsupported`). Ids equal those of Hugging Face tokenizers for valid UTF-8. Every const member may be called
// from any number of threads at once. Copies share the data. Sources: tokenizers/src/models/bpe/{model,word}.rs,
// tokenizer/added_vocabulary.rs, pre_tokenizers/byte_level.rs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lathe {

struct ModelFiles;  // model_weights.h

class Tokenizer {
public:
    // A folder that holds tokenizer.json (and perhaps tokenizer_config.json, special_tokens_map.json), or a
    // tokenizer.json, or a GGUF file (gguf_tokenizer.h), or an adapter's folder (place_of). Throws not_found,
    // unreadable, malformed, missing_key, wrong_type, out_of_range, mismatch, unsupported, too_large; names file and
    // key.
    static Tokenizer open(const std::string& model);
    // Where the tokenizer of a model is, as open() takes it: the adapter's folder where it has one, else the base.
    static std::string place_of(const ModelFiles& files);
    // Whether there is one; what is wrong with it open() says.
    static bool is_at(const std::string& model);
    // The same from text; `file` stands in errors. config_json may be empty.
    static Tokenizer from_json(std::string tokenizer_json, std::string config_json, const std::string& file);

    // Ids of the text, nothing added before or after (Hugging Face: add_special_tokens=False).
    // added_tokens: special and other added tokens in the text are recognised as Hugging Face does; false: such text is
    // plain text. A byte that is not part of valid UTF-8 becomes the token of that one byte. Text over 2^31 - 1 bytes,
    // or one on which a regular expression of the file takes too long, is too_large.
    std::vector<int32_t> encode(std::string_view text, bool added_tokens = true) const;
    // Appends to ids.
    void encode_to(std::string_view text, std::vector<int32_t>& ids, bool added_tokens = true) const;
    // A text in parts, which are encoded as the one text that they are together; but special and other added tokens are
    // recognised only where they lie wholly in a part that allows it.
    struct Part {
        std::string_view text;
        bool added_tokens = true;
        bool special_tokens = true;  // among the added ones
    };
    std::vector<int32_t> encode_parts(const std::vector<Part>& parts) const;
    // encode() of many pieces on that many threads; result[i] belongs to texts[i].
    std::vector<std::vector<int32_t>> encode_all(const std::vector<std::string_view>& texts, int threads,
                                                 bool added_tokens = true) const;
    // What the file's TemplateProcessing puts before and after a document (<|begin_of_text|> of Llama 3; empty for
    // Qwen).
    const std::vector<int32_t>& prefix_ids() const;
    const std::vector<int32_t>& suffix_ids() const;

    // Raw bytes of the tokens in a row; may be cut inside a code point. skip_special leaves special tokens out.
    // An id that is no token has no bytes.
    std::string decode(const int32_t* ids, size_t count, bool skip_special = false) const;
    const std::string& token_bytes(int32_t id) const;
    bool is_special(int32_t id) const;

    int64_t vocab_size() const;  // highest id + 1
    // Of an added token its text, of any other token its spelling in the file ("Ġthe").
    std::optional<int32_t> id_of(std::string_view content) const;
    // tokenizer_config.json's eos_token, else "<|endoftext|>" where that is a token, else -1.
    int32_t eos_id() const;
    const std::string& sha256() const;       // of the bytes of tokenizer.json
    const std::string& config_json() const;  // tokenizer_config.json as read; may be empty
    const std::string& folder() const;       // or GGUF file it was opened from; empty when made in memory

    // Writes tokenizer.json and tokenizer_config.json, as transformers' AutoTokenizer loads them, into an existing or
    // new folder; verbatim what was read, where it was read.
    void save(const std::string& folder) const;

    struct Data;
    explicit Tokenizer(std::shared_ptr<const Data> data) : data_(std::move(data)) {}

private:
    std::shared_ptr<const Data> data_;
};

// Length of the part of the text that ends on a code point: what a stream may show. Bytes that cannot become valid
// UTF-8 count as complete.
size_t complete_utf8_prefix(std::string_view text);

}  // namespace lathe
