// A template's source as tokens: text between tags with the white space already taken away that the tags ask for
// (trim_blocks and lstrip_blocks are on, as in transformers), comments gone, literals decoded.
// Source: jinja2 3.1.6 lexer.py. Pure function, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/jinja_text.h"

namespace lathe::jinja {

enum class TokenKind { text, print_begin, print_end, tag_begin, tag_end, name, string, integer, real, sign, end };

struct Token {
    TokenKind kind = TokenKind::end;
    int line = 1;
    Text text;         // of text and string
    std::string word;  // of name and sign
    int64_t integer = 0;
    double real = 0;
};

// Errors: malformed with the key "line N".
std::vector<Token> tokenize(TextView source);
[[noreturn]] void fail_syntax(int line, const std::string& what);

}  // namespace lathe::jinja
