#include "engine/data/row_layout.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <utility>
#include <vector>

#include "engine/base/error.h"

namespace lathe {

namespace {

using Names = std::initializer_list<std::string_view>;

constexpr std::string_view kFormats[] = {"text", "messages", "sharegpt", "alpaca", "prompt_completion"};

bool equal_words(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

class Recogniser {
public:
    Recogniser(std::span<const Json> rows, const RowColumns& wish, const std::string& file, bool table)
        : rows_(rows), wish_(wish), file_(file), table_(table) {}

    RowLayout by_format(const std::string& format) const {
        if (format == "text" || format == "jsonl") return text();
        if (format == "messages" || format == "sharegpt") {
            RowLayout layout = required_turns();
            layout.format = format == "messages" ? RowFormat::messages : RowFormat::sharegpt;
            return layout;
        }
        RowLayout layout = format == "alpaca" ? alpaca() : pair();
        require(layout.columns.prompt, "data.prompt_column");
        require(layout.columns.completion, "data.completion_column");
        return layout;
    }

    RowLayout by_rows() const {
        if (rows_.empty()) return text();  // which has nothing to read either
        if (!wish_.messages.empty()) return required_turns();
        if (!wish_.prompt.empty() || !wish_.completion.empty()) return by_format("prompt_completion");
        if (RowLayout layout = turns(); !layout.columns.messages.empty()) return layout;
        if (RowLayout layout = alpaca(); is_whole(layout)) return layout;
        // Rows of plain text may have a column "title" or "answer" beside it.
        const bool has_text = !column({wish_.text}, &Json::is_string).empty();
        if (RowLayout layout = pair(); is_whole(layout) && !has_text) return layout;
        if (!has_text && table_) missing("data.prompt_column", "data.prompt_column and data.completion_column");
        return text();
    }

private:
    // The first of these names that is a column of the first row that has any, and of that type.
    std::string column(Names names, bool (Json::*is_type)() const) const {
        for (const std::string_view name : names)
            for (const Json& row : rows_)
                for (const auto& [key, value] : row.items())
                    if (equal_words(key, name) && (value.*is_type)()) return key;
        return "";
    }
    std::string wished(const std::string& wish, Names names) const {
        return wish.empty() ? column(names, &Json::is_string) : column({wish}, &Json::is_string);
    }

    RowLayout text() const { return {.format = RowFormat::text, .columns = {.text = wish_.text}}; }

    RowLayout turns() const {
        RowLayout layout{.format = RowFormat::messages, .columns = beside("")};
        std::vector<std::string_view> names = {"messages", "conversations", "conversation"};
        if (!wish_.messages.empty()) names = {wish_.messages};
        for (const std::string_view name : names) {
            const std::string key = column({name}, &Json::is_array);
            if (key.empty() || !is_conversation(key)) continue;
            layout.columns.messages = key;
            if (first_turn(key).contains("from")) layout.format = RowFormat::sharegpt;
            break;
        }
        return layout;
    }
    RowLayout required_turns() const {
        RowLayout layout = turns();
        require(layout.columns.messages, "data.messages_column");
        return layout;
    }
    const Json& first_turn(const std::string& key) const {
        static const Json kNone = Json::object();
        for (const Json& row : rows_)
            if (const auto found = row.find(key); found != row.end() && found->is_array() && !found->empty())
                return found->front();
        return kNone;
    }
    bool is_conversation(const std::string& key) const {
        const Json& turn = first_turn(key);
        return turn.is_object() && (turn.contains("role") || turn.contains("from"));
    }

    RowLayout alpaca() const {
        RowColumns columns = beside(wished(wish_.prompt, {"instruction"}));
        columns.completion = wished(wish_.completion, {"output", "response", "answer"});
        columns.input = wished(wish_.input, {"input", "context"});
        return {.format = RowFormat::alpaca, .columns = std::move(columns)};
    }
    RowLayout pair() const {
        RowColumns columns =
            beside(wished(wish_.prompt, {"prompt", "question", "instruction", "query", "input", "user", "problem"}));
        columns.completion =
            wished(wish_.completion, {"completion", "answer", "response", "output", "assistant", "solution"});
        if (!wish_.input.empty()) columns.input = column({wish_.input}, &Json::is_string);
        return {.format = RowFormat::prompt_completion, .columns = std::move(columns)};
    }
    RowColumns beside(std::string prompt) const {
        return {.text = {},
                .messages = {},
                .prompt = std::move(prompt),
                .input = {},
                .completion = {},
                .system = column({"system", "system_prompt"}, &Json::is_string),
                .history = column({"history"}, &Json::is_array),
                .tools = column({"tools"}, &Json::is_array)};
    }
    static bool is_whole(const RowLayout& layout) {
        return !layout.columns.prompt.empty() && !layout.columns.completion.empty();
    }

    void require(const std::string& name, const char* setting) const {
        if (name.empty()) missing(setting, std::string("a column that ") + setting + " names");
    }
    [[noreturn]] void missing(const char* setting, const std::string& expected) const {
        std::string found;
        if (!rows_.empty())
            for (const auto& [key, value] : rows_.front().items()) found += (found.empty() ? "" : ", ") + key;
        fail({.kind = ErrorKind::missing_key,
              .file = file_,
              .key = setting,
              .expected = expected,
              .found = found.empty() ? "no rows" : "the columns " + found.substr(0, 120)});
    }

    std::span<const Json> rows_;
    const RowColumns& wish_;
    const std::string& file_;
    bool table_;
};

}  // namespace

std::string_view name_of(RowFormat format) {
    return kFormats[static_cast<size_t>(format)];
}

std::string described(const RowLayout& layout) {
    const RowColumns& c = layout.columns;
    std::string text;
    for (const auto& [role, name] : {std::pair{"text", &c.text},
                                     {"messages", &c.messages},
                                     {"prompt", &c.prompt},
                                     {"input", &c.input},
                                     {"completion", &c.completion},
                                     {"system", &c.system},
                                     {"history", &c.history},
                                     {"tools", &c.tools}})
        if (!name->empty()) text += (text.empty() ? "" : ", ") + std::string(role) + " " + *name;
    return text;
}

RowLayout recognise_layout(std::span<const Json> rows, const std::string& format, const RowColumns& wish,
                           const std::string& file, bool table) {
    const Recogniser recogniser(rows, wish, file, table);
    return format == "auto" ? recogniser.by_rows() : recogniser.by_format(format);
}

}  // namespace lathe
