#include "engine/data/tokenizer_json.h"

#include <algorithm>
#include <filesystem>

#include "engine/base/files.h"
#include "engine/data/byte_alphabet.h"
#include "engine/data/json_reader.h"
#include "engine/data/tokenizer_steps.h"
#include "engine/data/tokenizer_vocabulary.h"

namespace lathe {

namespace {

constexpr int64_t kConfigLimit = 16 << 20;

}  // namespace

std::string optional_file(const std::string& folder, const char* name) {
    const std::string path = folder + "/" + name;
    std::error_code ignored;
    return std::filesystem::exists(path, ignored) ? read_file(path, kConfigLimit) : std::string();
}

TokenizerSpec parse_tokenizer_json(const std::string& json, const std::string& file) {
    if (static_cast<int64_t>(json.size()) > kTokenizerJsonLimit) {
        fail({.kind = ErrorKind::too_large,
              .file = file,
              .expected = std::to_string(kTokenizerJsonLimit) + " bytes",
              .found = std::to_string(json.size())});
    }
    simdjson::dom::parser parser;
    simdjson::dom::element element;
    simdjson::error_code error = parser.allocate(std::max<size_t>(json.size(), 64), 64);  // nesting of at most 64
    if (!error) error = parser.parse(json).get(element);
    if (error) {
        fail({.kind = ErrorKind::malformed, .file = file, .expected = "JSON", .found = simdjson::error_message(error)});
    }
    const JsonReader root(element, file, "");
    root.allow_only({"version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer",
                     "post_processor", "decoder", "model"});
    TokenizerSpec spec;
    read_vocabulary(root, spec);
    spec.nfc = reads_nfc(root);
    spec.steps = read_split_steps(root);
    read_template(root, spec);
    check_decoder(root);
    return spec;
}

}  // namespace lathe
