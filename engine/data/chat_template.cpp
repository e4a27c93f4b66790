#include "engine/data/chat_template.h"

#include "engine/base/error.h"
#include "engine/data/jinja_eval.h"

namespace lathe {

namespace {

constexpr size_t kMaxSource = 1 << 20;
constexpr size_t kMaxFound = 300;

// Roles that say nothing of their own. Templates put them into control text ("<|" + role + "|>"), so they count as
// theirs; any other role is the conversation's.
bool is_known_role(const std::string& role) {
    for (const char* known : {"system", "user", "assistant", "tool", "developer", "ipython", "function"})
        if (role == known) return true;
    return false;
}

[[noreturn]] void fail_at(Error error, const std::string& file, int line) {
    error.file = file;
    if (error.key.empty()) error.key = "line " + std::to_string(line);
    error.found = error.found.substr(0, complete_utf8_prefix(std::string_view(error.found).substr(0, kMaxFound)));
    fail(std::move(error));
}

jinja::Value message_value(jinja::Budget& budget, const Json& message) {
    if (!message.is_object()) return jinja::value_of(budget, message, true);
    std::vector<std::pair<jinja::Value, jinja::Value>> items;
    for (const auto& [key, value] : message.items()) {
        const bool own = !(key == "role" && value.is_string() && is_known_role(value.get_ref<const std::string&>()));
        items.emplace_back(jinja::string_value(budget, jinja::text_of(key, true)), jinja::value_of(budget, value, own));
    }
    return jinja::dict_value(budget, std::move(items));
}

jinja::Value messages_value(jinja::Budget& budget, const Json& messages) {
    if (!messages.is_array()) return jinja::value_of(budget, messages, true);
    std::vector<jinja::Value> values;
    for (const Json& message : messages) values.push_back(message_value(budget, message));
    return jinja::list_value(budget, std::move(values));
}

void append(Prompt& prompt, jinja::TextView text) {
    for (size_t begin = 0; begin < text.size();) {
        const bool marked = (text[begin] & jinja::kConversation) != 0;
        size_t end = begin + 1;
        while (end < text.size() && ((text[end] & jinja::kConversation) != 0) == marked) ++end;
        if (prompt.empty() || prompt.back().from_conversation != marked) prompt.push_back({{}, marked});
        prompt.back().text += jinja::utf8_of(text.substr(begin, end - begin));
        begin = end;
    }
}

}  // namespace

struct ChatTemplate::Data {
    std::string source, file;
    jinja::Body body;
};

ChatTemplate ChatTemplate::compile(std::string_view source, const std::string& file) {
    if (source.size() > kMaxSource)
        fail({.kind = ErrorKind::too_large,
              .file = file,
              .expected = "a template of at most " + std::to_string(kMaxSource) + " bytes"});
    auto data = std::make_shared<Data>();
    data->source = source;
    data->file = file;
    try {
        data->body = jinja::parse(jinja::text_of(source));
    } catch (const Exception& exception) {
        fail_at(exception.error(), file, 1);
    }
    return ChatTemplate(std::move(data));
}

Prompt ChatTemplate::render(const Json& messages, const Json& tools, const Json& variables,
                            const TemplateLimits& limits) const {
    jinja::Budget budget(limits);
    Prompt prompt;
    int line = 1;
    try {
        std::vector<std::pair<std::string, jinja::Value>> names;
        for (const auto& [name, value] : variables.items())
            names.emplace_back(name, jinja::value_of(budget, value, false));
        names.emplace_back("messages", messages_value(budget, messages));
        names.emplace_back("tools", jinja::value_of(budget, tools, true));
        names.emplace_back("documents", jinja::Value(jinja::None{}));
        jinja::Evaluator evaluator(budget, std::move(names), [&](jinja::TextView text) { append(prompt, text); });
        try {
            evaluator.run(data_->body);
        } catch (...) {
            line = evaluator.line();
            throw;
        }
    } catch (const Exception& exception) {
        fail_at(exception.error(), data_->file, line);
    }
    return prompt;
}

const std::string& ChatTemplate::source() const {
    return data_->source;
}

std::string text_of(const Prompt& prompt) {
    std::string text;
    for (const PromptSegment& segment : prompt) text += segment.text;
    return text;
}

}  // namespace lathe
