// A row to tune on: a conversation that ends with an answer of the assistant's. Pure functions, any thread.
#pragma once

#include <optional>
#include <string>

#include "engine/base/json.h"
#include "engine/data/row_layout.h"

namespace lathe {

struct Example {
    Json messages = Json::array();  // as the OpenAI API has them: role and content; tool_calls and others are kept
    Json tools;                     // an array, or null
    bool operator==(const Example&) const = default;
};

// The example of a row, or why it has none. What stands behind the last answer is left out: nothing is learnt from it.
struct ExampleRow {
    std::optional<Example> example;
    std::string reason;
    bool empty_answer = false;  // the reason: an answer is blank and calls no tool
};
// row: an object. system_prompt: put before a conversation that has no system message; "": none. Reasons: a column that
// is not there or of another type, an unknown role, no assistant turn, a NUL.
ExampleRow example_of(const Json& row, const RowLayout& layout, const std::string& system_prompt);

bool is_blank(std::string_view text);
// What its messages say, a message a line: for what reads text alone.
std::string plain_text(const Example& example);

}  // namespace lathe
