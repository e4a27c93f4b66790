#include "engine/data/example.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "engine/base/error.h"
#include "engine/data/line_reader.h"

namespace lathe {

namespace {

[[noreturn]] void refuse(std::string why, ErrorKind kind = ErrorKind::malformed) {
    fail({.kind = kind, .found = std::move(why)});
}

std::string shown(const std::string& text) {
    return "\"" + text.substr(0, 40) + "\"";
}

std::string text_at(const Json& row, const std::string& column) {
    const auto found = row.find(column);
    if (found == row.end()) refuse("no key " + shown(column));
    if (!found->is_string()) refuse(shown(column) + " is not a string");
    return found->get<std::string>();
}

// Of a column that a row may lack.
std::string text_if(const Json& row, const std::string& column) {
    const auto found = column.empty() ? row.end() : row.find(column);
    return found == row.end() || found->is_null() ? "" : text_at(row, column);
}

Json message(std::string_view role, std::string content) {
    return {{"role", role}, {"content", std::move(content)}};
}

// A role of data sets to the template's word for it; "": none.
std::string_view known_role(std::string_view role) {
    static constexpr std::pair<std::string_view, std::string_view> kRoles[] = {
        {"system", "system"},   {"developer", "system"},  {"user", "user"},        {"assistant", "assistant"},
        {"tool", "tool"},       {"function", "tool"},     {"human", "user"},       {"gpt", "assistant"},
        {"model", "assistant"}, {"chatgpt", "assistant"}, {"observation", "tool"}, {"function_call", "assistant"}};
    const auto found =
        std::find_if(std::begin(kRoles), std::end(kRoles), [&](const auto& r) { return r.first == role; });
    return found == std::end(kRoles) ? "" : found->second;
}

// {"name", "arguments"}, or several, as the API's tool_calls; as text where it is neither.
Json tool_call_message(const std::string& value) {
    Json call;
    if (error_of([&] { call = parse_json(value, ""); })) return message("assistant", value);
    if (call.is_object()) call = Json::array({std::move(call)});
    const bool calls = call.is_array() && !call.empty() && std::all_of(call.begin(), call.end(), [](const Json& one) {
                           return one.is_object() && one.contains("name");
                       });
    if (!calls) return message("assistant", value);
    Json tool_calls = Json::array();
    for (Json& one : call) tool_calls.push_back({{"type", "function"}, {"function", std::move(one)}});
    return {{"role", "assistant"}, {"content", ""}, {"tool_calls", std::move(tool_calls)}};
}

Json turns_of(const Json& row, const RowLayout& layout) {
    const std::string& column = layout.columns.messages;
    const auto found = row.find(column);
    if (found == row.end()) refuse("no key " + shown(column));
    if (!found->is_array()) refuse(shown(column) + " is not an array");
    const bool sharegpt = layout.format == RowFormat::sharegpt;
    Json messages = Json::array();
    for (const Json& turn : *found) {
        if (!turn.is_object()) refuse("a message that is not an object");
        const std::string role = text_at(turn, sharegpt ? "from" : "role");
        const std::string_view known = known_role(role);
        if (known.empty()) refuse("unknown role " + shown(role));
        if (role == "function_call") {
            messages.push_back(tool_call_message(text_at(turn, sharegpt ? "value" : "content")));
        } else if (sharegpt) {
            messages.push_back(message(known, text_at(turn, "value")));
        } else {
            messages.push_back(turn);
            messages.back()["role"] = known;
        }
    }
    return messages;
}

Json pair_of(const Json& row, const RowColumns& columns) {
    Json messages = Json::array();
    if (const auto past = columns.history.empty() ? row.end() : row.find(columns.history); past != row.end()) {
        if (!past->is_array() && !past->is_null()) refuse(shown(columns.history) + " is not an array");
        for (const Json& turn : past->is_array() ? *past : Json::array()) {
            const bool is_pair = turn.is_array() && turn.size() == 2 && turn[0].is_string() && turn[1].is_string();
            if (!is_pair) refuse(shown(columns.history) + " is not of pairs of texts");
            messages.push_back(message("user", turn[0].get<std::string>()));
            messages.push_back(message("assistant", turn[1].get<std::string>()));
        }
    }
    std::string prompt = text_at(row, columns.prompt);
    if (const std::string input = text_if(row, columns.input); !is_blank(input))
        prompt += (prompt.empty() ? "" : "\n") + input;
    messages.push_back(message("user", std::move(prompt)));
    messages.push_back(message("assistant", text_at(row, columns.completion)));
    return messages;
}

bool says_something(const Json& message) {
    const auto content = message.find("content");
    if (content != message.end() && content->is_string() && !is_blank(content->get_ref<const std::string&>()))
        return true;
    if (content != message.end() && content->is_array() && !content->empty()) return true;
    for (const char* key : {"tool_calls", "reasoning_content"})
        if (const auto found = message.find(key); found != message.end() && !found->empty()) return true;
    return false;
}

bool is_answer(const Json& message) {
    return message["role"] == "assistant";
}

void check(Json& messages) {
    size_t end = messages.size();
    while (end > 0 && !is_answer(messages[end - 1])) --end;
    if (end == 0) refuse("no assistant turn");
    messages.erase(messages.begin() + static_cast<std::ptrdiff_t>(end), messages.end());
    for (const Json& one : messages) {
        const auto content = one.find("content");
        const bool typed = content == one.end() || content->is_string() || content->is_array() || content->is_null();
        if (!typed) refuse("a message whose content is not a string");
        if (is_answer(one) && !says_something(one)) refuse("an empty answer", ErrorKind::empty);
        if (content != one.end() && content->is_string() &&
            content->get_ref<const std::string&>().find('\0') != std::string::npos)
            refuse("a NUL character in the text");
    }
}

// Before a conversation that has none.
void put_system_message(Json& messages, const std::string& system) {
    if (system.empty() || (!messages.empty() && messages.front()["role"] == "system")) return;
    messages.insert(messages.begin(), message("system", system));
}

}  // namespace

Example example_of(const Json& row, const RowLayout& layout, const std::string& system_prompt) {
    Example example = conversation_of(row, layout);
    check(example.messages);
    put_system_message(example.messages, system_prompt);
    return example;
}

Example conversation_of(const Json& row, const RowLayout& layout) {
    if (!row.is_object()) refuse("not an object");
    const bool turns = layout.format == RowFormat::messages || layout.format == RowFormat::sharegpt;
    Example example{.messages = turns ? turns_of(row, layout) : pair_of(row, layout.columns), .tools = {}};
    put_system_message(example.messages, text_if(row, layout.columns.system));
    if (!layout.columns.tools.empty()) example.tools = row.value(layout.columns.tools, Json());
    if (!example.tools.is_null() && !example.tools.is_array()) refuse("tools that are not an array");
    return example;
}

std::string plain_text(const Example& example) {
    std::string text;
    for (const Json& one : example.messages)
        if (const auto content = one.find("content"); content != one.end() && content->is_string())
            text += (text.empty() ? "" : "\n") + content->get_ref<const std::string&>();
    return text;
}

}  // namespace lathe
