// A model's chat template: from messages to the text that the model was trained on. Templates are Jinja; this is an
// interpreter of the part that they use, equal to jinja2 3.1.6 in transformers' sandbox character for character, and
// bounded in steps, time, memory, output and depth (TemplateLimits). A template reaches nothing outside: no files, no
// other templates, no attribute that begins with __. Immutable after compile(): any number of threads may render().
// Sources: jinja2 3.1.6 (lexer, parser, compiler, runtime, filters, tests, sandbox), transformers 5.23
// utils/chat_template_utils.py.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.h"
#include "engine/base/json.h"
#include "engine/data/jinja_budget.h"
#include "engine/data/tokenizer.h"

namespace lathe {

// A piece of a prompt. What the conversation said (in messages and tools) must never become a special token.
struct PromptSegment {
    std::string text;
    bool from_conversation = false;
    bool operator==(const PromptSegment&) const = default;
};
using Prompt = std::vector<PromptSegment>;
std::string text_of(const Prompt& prompt);
// The ids of the prompt's text as transformers' apply_chat_template has them, but that a special or other added token
// is only seen where the template wrote all of it.
std::vector<int32_t> encode(const Tokenizer& tokenizer, const Prompt& prompt);

class ChatTemplate {
public:
    // `file` stands in errors, with "line N" as their key. Errors: malformed (syntax), unsupported (include, import,
    // extends, autoescape, recursive loops), too_large.
    static ChatTemplate compile(std::string_view source, const std::string& file);

    // messages and tools are as the OpenAI API has them; null tools: none. Any variable that the template reads stands
    // in `variables`, an object: add_generation_prompt, bos_token, eos_token, enable_thinking, …; their strings count
    // as the template's. Errors: usage (the template's raise_exception, with its text as `found`), malformed (what
    // Python would raise), unsupported, too_large (a limit); all with file and line.
    Prompt render(const Json& messages, const Json& tools, const Json& variables,
                  const TemplateLimits& limits = {}) const;

    const std::string& source() const;

private:
    struct Data;
    explicit ChatTemplate(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
    std::shared_ptr<const Data> data_;
};

// The template of a tokenizer's folder: chat_template.jinja, else chat_template of tokenizer_config.json (or of what a
// GGUF says in its place), a text or a list of {name, template} whose "default" counts. With it, as variables, the
// special tokens that tokenizer_config.json names (bos_token, eos_token, …).
struct FoundTemplate {
    std::string source;  // "": there is none
    std::string file;    // that it is from
    Json variables = Json::object();
};
// Errors: unreadable, malformed, wrong_type, missing_key, too_large.
FoundTemplate find_chat_template(const Tokenizer& tokenizer);
// config_json may be empty.
FoundTemplate find_chat_template(const std::string& folder, const std::string& config_json);

// How a model takes a conversation: by its chat template, or, where it has none that works, as text.
struct ChatFormat {
    std::optional<ChatTemplate> chat_template;  // none: Complete mode
    Json variables = Json::object();            // bos_token, eos_token, … for it
    std::optional<Error> refused;               // why the template that is there is not used
};
// Never throws for what is wrong with a template: the rest of the model works without it.
ChatFormat read_chat_format(const Tokenizer& tokenizer);

}  // namespace lathe
