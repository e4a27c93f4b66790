#include "engine/infer/chat_format.h"

#include <algorithm>

namespace lathe {

namespace {

// Neighbours of one author are one message: an answer that was gone on with has several turns.
Json messages_of(std::span<const ChatTurn> turns) {
    Json messages = Json::array();
    bool from_model = false;
    for (const ChatTurn& turn : turns) {
        if (!messages.empty() && turn.from_model == from_model) {
            auto& text = messages.back()["content"].get_ref<std::string&>();
            if (!from_model && !text.empty() && text.back() != '\n') text += '\n';
            text += turn.text;
        } else {
            messages.push_back({{"role", turn.from_model ? "assistant" : "user"}, {"content", turn.text}});
        }
        from_model = turn.from_model;
    }
    return messages;
}

std::vector<int32_t> turn_tokens(std::span<const ChatTurn> turns, const ChatFormat& format,
                                 const Tokenizer& tokenizer) {
    Json messages = messages_of(turns);
    std::string begun;  // the model's last turn: it goes on with that
    if (turns.back().from_model) {
        begun = messages.back()["content"].get<std::string>();
        messages.erase(messages.size() - 1);
    }
    Json variables = format.variables;
    variables["add_generation_prompt"] = true;
    Prompt prompt = format.chat_template->render(messages, Json(), variables);
    if (!begun.empty()) prompt.push_back({begun, true});
    return encode(tokenizer, prompt);
}

}  // namespace

std::vector<int32_t> message_tokens(const Json& document, const std::string& file, const ChatFormat& format,
                                    const Tokenizer& tokenizer) {
    if (format.refused) fail(*format.refused);
    if (!format.chat_template) fail({.kind = ErrorKind::not_found, .file = tokenizer.folder(), .key = "chat_template"});
    Json variables = format.variables;
    variables["add_generation_prompt"] = true;
    if (!document.is_array() && !document.is_object())
        fail({.kind = ErrorKind::wrong_type, .file = file, .expected = "an array of messages, or an object"});
    if (document.is_object()) {
        for (const auto& [key, value] : document.items()) {
            if (key == "chat_template_kwargs" && value.is_object())
                variables.update(value);
            else if (key != "messages" && key != "tools")
                fail({.kind = key == "chat_template_kwargs" ? ErrorKind::wrong_type : ErrorKind::unknown_key,
                      .file = file,
                      .key = key,
                      .expected = key == "chat_template_kwargs" ? "an object" : "messages"});
        }
        if (!document.contains("messages")) fail({.kind = ErrorKind::missing_key, .file = file, .key = "messages"});
    }
    const Json& messages = document.is_object() ? document["messages"] : document;
    if (!messages.is_array() ||
        !std::all_of(messages.begin(), messages.end(), [](const Json& m) { return m.is_object(); }))
        fail({.kind = ErrorKind::wrong_type, .file = file, .key = "messages", .expected = "an array of objects"});
    if (messages.empty()) fail({.kind = ErrorKind::empty, .file = file, .key = "messages"});
    const Json tools = document.is_object() ? document.value("tools", Json()) : Json();
    if (!tools.is_null() && !tools.is_array())
        fail({.kind = ErrorKind::wrong_type, .file = file, .key = "tools", .expected = "an array of objects"});
    return encode(tokenizer, format.chat_template->render(messages, tools, variables));
}

FittedPrompt fit_chat(std::span<const ChatTurn> turns, const ChatFormat& format, const Tokenizer& tokenizer,
                      int64_t context, int64_t max_tokens) {
    if (turns.empty()) fail({.kind = ErrorKind::empty, .key = "turns", .expected = "at least one"});
    const int64_t room = context - std::max<int64_t>(1, std::min(max_tokens, context / 4));
    // Counted one by one to start from: the template adds to that.
    size_t first = turns.size();
    for (int64_t sum = 0; first > 0; --first) {
        sum += static_cast<int64_t>(tokenizer.encode(turns[first - 1].text, false).size());
        if (sum > room && first < turns.size()) break;
    }
    std::vector<size_t> starts = {0};  // of what may be asked: all of it, or from a text of the user's on
    for (size_t i = 1; i < turns.size(); ++i)
        if (!turns[i].from_model && turns[i - 1].from_model) starts.push_back(i);
    auto start = std::lower_bound(starts.begin(), starts.end(), first);
    if (start == starts.end()) --start;  // the last one says how much too long it is
    for (;; ++start) {
        FittedPrompt prompt{.tokens = turn_tokens(turns.subspan(*start), format, tokenizer),
                            .turns_left_out = static_cast<int64_t>(*start)};
        const auto length = static_cast<int64_t>(prompt.tokens.size());
        if (length <= room) return prompt;
        if (start + 1 == starts.end())
            fail({.kind = ErrorKind::too_large,
                  .key = "prompt",
                  .expected = "at most " + std::to_string(room) + " tokens",
                  .found = std::to_string(length)});
    }
}

}  // namespace lathe
