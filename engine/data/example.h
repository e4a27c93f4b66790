// A row to tune on: a conversation that ends with an answer of the assistant's. Pure functions, any thread.
#pragma once

#include <string>

#include "engine/base/json.h"
#include "engine/data/row_layout.h"

namespace lathe {

struct Example {
    Json messages = Json::array();  // as the OpenAI API has them: role and content; tool_calls and others are kept
    Json tools;                     // an array, or null
    bool operator==(const Example&) const = default;
};

// The example of a row. What stands behind the last answer is left out: nothing is learnt from it. system_prompt: put
// before a conversation that has no system message; "": none. Errors, the reason as `found`: empty where an answer is
// blank and calls no tool; malformed for a row that is no object, a column that is not there or of another type, an
// unknown role, no assistant turn, a NUL.
Example example_of(const Json& row, const RowLayout& layout, const std::string& system_prompt);

// The same as it stands in the row: answers may be blank or missing, nothing is left out or put before it.
Example conversation_of(const Json& row, const RowLayout& layout);

// What its messages say, a message a line: for what reads text alone.
std::string plain_text(const Example& example);

}  // namespace lathe
