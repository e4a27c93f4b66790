#include "engine/data/tokenizer_origin.h"

#include <filesystem>

#include "engine/base/export_text.h"
#include "engine/base/json.h"

namespace lathe {

namespace {

constexpr int64_t kRecordLimit = 16 << 20;

// Of tokenizer.json as FILE, {"files": {NAME: {"sha256"}}}, has it; "" where it does not tell.
std::string recorded_sha256(const std::string& file) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored)) return "";
    Json json;
    if (error_of([&] { json = read_json(file, kRecordLimit); })) return "";
    for (const char* key : {"files", "tokenizer.json", "sha256"}) {
        if (!json.is_object() || !json.contains(key)) return "";
        json = Json(json[key]);
    }
    return json.is_string() ? json.get<std::string>() : "";
}

}  // namespace

std::string tokenizer_difference(const std::string& path, const Tokenizer& tokenizer, int64_t vocab_size) {
    if (tokenizer.vocab_size() > vocab_size)
        return "the tokenizer has " + std::to_string(tokenizer.vocab_size()) + " tokens, the model " +
               std::to_string(vocab_size);
    for (const std::string name : {kExportReportFile, "manifest.json"}) {
        const std::string recorded = recorded_sha256(path + "/" + name);
        if (!recorded.empty() && recorded != tokenizer.sha256())
            return "tokenizer.json is not the one that stood beside these weights when they were written (" + name +
                   ")";
    }
    return "";
}

}  // namespace lathe
