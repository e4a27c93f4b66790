// What the rows of a file are: which format, and which of their columns hold what. Recognised by the first rows, or as
// the settings say. Pure functions, any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "engine/base/json.h"

namespace lathe {

// text: a document; the others are conversations. messages: [{role, content}]; sharegpt: [{from, value}]; alpaca: an
// instruction, perhaps an input, an output; prompt_completion: the like under other names, as question and answer.
enum class RowFormat { text, messages, sharegpt, alpaca, prompt_completion };
std::string_view name_of(RowFormat format);

// Names of columns; of a wish "" means recognised, of a layout that there is none.
struct RowColumns {
    std::string text = "text";
    std::string messages = {}, prompt = {}, input = {}, completion = {};
    std::string system = {}, history = {}, tools = {};  // recognised alone: no setting names them
};

struct RowLayout {
    RowFormat format = RowFormat::text;
    RowColumns columns;
};

// The columns that count in this format, as "prompt question, completion answer".
std::string described(const RowLayout& layout);

// `rows` are the first of the file, objects; `format` is data.format's value. A column that a wish names decides the
// format where that is auto. Names are compared without case. Errors: missing_key naming the file and the setting,
// where the format that is asked for, or a table, has no such columns; found lists those that are there.
RowLayout recognise_layout(std::span<const Json> rows, const std::string& format, const RowColumns& wish,
                           const std::string& file, bool table);

}  // namespace lathe
