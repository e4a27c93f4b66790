// Where a model's folder keeps its chat template; and a prompt's ids.
#include <filesystem>
#include <utility>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/data/chat_template.h"

namespace lathe {

namespace {

constexpr int64_t kMaxFile = 16 << 20;

bool exists(const std::string& path) {
    std::error_code error;
    return std::filesystem::exists(path, error);
}

// Of a list of {"name", "template"} the default one; the others are for uses that Lathe does not have.
std::string template_of(const Json& value, const std::string& file) {
    if (value.is_null()) return "";
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_array())
        fail({.kind = ErrorKind::wrong_type,
              .file = file,
              .key = "chat_template",
              .expected = "a text, or a list of name and template"});
    for (const Json& entry : value)
        if (entry.is_object() && entry.value("name", Json()) == Json("default") && entry.contains("template") &&
            entry["template"].is_string())
            return entry["template"].get<std::string>();
    fail({.kind = ErrorKind::missing_key, .file = file, .key = "chat_template", .expected = "one named default"});
}

// "<s>", or an added token with its text as `content`.
Json token_text(const Json& token) {
    if (token.is_object()) return token.value("content", Json());
    return token;
}

}  // namespace

FoundTemplate find_chat_template(const Tokenizer& tokenizer) {
    return find_chat_template(tokenizer.folder(), tokenizer.config_json());
}

FoundTemplate find_chat_template(const std::string& folder, const std::string& config_json) {
    FoundTemplate found;
    const std::string config_file = folder + "/tokenizer_config.json", template_file = folder + "/chat_template.jinja";
    Json config = Json::object();
    if (!config_json.empty()) config = parse_json(config_json, config_file);
    if (!config.is_object())
        fail(
            {.kind = ErrorKind::wrong_type, .file = config_file, .expected = "an object", .found = config.type_name()});
    for (const char* name :
         {"bos_token", "eos_token", "unk_token", "pad_token", "sep_token", "cls_token", "mask_token"})
        if (const Json text = token_text(config.value(name, Json())); text.is_string()) found.variables[name] = text;
    if (exists(template_file)) {
        found.source = read_file(template_file, kMaxFile);
        found.file = template_file;
        return found;
    }
    found.file = config_file;
    found.source = template_of(config.value("chat_template", Json()), config_file);
    return found;
}

ChatFormat read_chat_format(const Tokenizer& tokenizer) {
    ChatFormat format;
    format.refused = error_of([&] {
        FoundTemplate found = find_chat_template(tokenizer);
        format.variables = std::move(found.variables);
        if (!found.source.empty()) format.chat_template = ChatTemplate::compile(found.source, found.file);
    });
    return format;
}

std::vector<int32_t> encode(const Tokenizer& tokenizer, const Prompt& prompt) {
    std::vector<Tokenizer::Part> parts;
    for (const PromptSegment& segment : prompt) parts.push_back({segment.text, !segment.from_conversation});
    return tokenizer.encode_parts(parts);
}

}  // namespace lathe
