// How deep the parser may go.
#pragma once

#include "engine/data/jinja_parser.h"

namespace lathe::jinja {

constexpr int kMaxDepth = 150;   // of brackets and blocks
constexpr int kMaxHeight = 400;  // of an expression: a + b + c + … is as high as it is long

class Parser::Nested {
public:
    explicit Nested(Parser& parser);
    ~Nested() { --parser_.depth_; }
    Nested(const Nested&) = delete;
    Nested& operator=(const Nested&) = delete;

private:
    Parser& parser_;
};

}  // namespace lathe::jinja
