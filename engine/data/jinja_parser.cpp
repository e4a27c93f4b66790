// Statements. Expressions are in jinja_expression_parser.cpp.
#include "engine/data/jinja_parser.h"

#include <algorithm>

#include "engine/base/error.h"
#include "engine/data/jinja_callable.h"
#include "engine/data/jinja_nested.h"

namespace lathe::jinja {

Parser::Nested::Nested(Parser& parser) : parser_(parser) {
    if (++parser_.depth_ <= kMaxDepth) return;
    fail({.kind = ErrorKind::too_large,
          .key = "line " + std::to_string(parser_.now().line),
          .expected = "brackets and blocks nested at most " + std::to_string(kMaxDepth) + " deep"});
}

bool Parser::skip_word(std::string_view word) {
    const bool there = is_word(word);
    if (there) take();
    return there;
}
bool Parser::skip_sign(std::string_view sign) {
    const bool there = is_sign(sign);
    if (there) take();
    return there;
}
void Parser::expect_sign(std::string_view sign) {
    if (!skip_sign(sign)) fail_here("no " + std::string(sign));
}
void Parser::expect_word(std::string_view word) {
    if (!skip_word(word)) fail_here("no " + std::string(word));
}
std::string Parser::expect_name() {
    if (!is(TokenKind::name)) fail_here("no name");
    return take().word;
}
void Parser::expect_tag_end() {
    if (!is(TokenKind::tag_end)) fail_here("more words than the tag takes");
    take();
}

void Parser::fail_here(const std::string& what) const {
    std::string seen = is(TokenKind::end) ? "the end of the template" : now().word;
    fail_syntax(now().line, seen.empty() ? what : what + " at " + seen);
}

Body Parser::parse_template() {
    return statements({});
}

// Leaves the tag's first word, one of the ends, to be taken.
Body Parser::statements(std::initializer_list<std::string_view> ends) {
    const Nested nested(*this);
    Body body;
    for (;;) {
        switch (now().kind) {
            case TokenKind::text: {
                const Token& token = take();
                body.push_back({.kind = StatementKind::text, .line = token.line, .text = literal(token.text)});
                break;
            }
            case TokenKind::print_begin: {
                Statement print{.kind = StatementKind::print, .line = take().line};
                print.values.push_back(tuple_or_expression());
                if (!is(TokenKind::print_end)) fail_here("more than an expression");
                take();
                body.push_back(std::move(print));
                break;
            }
            case TokenKind::tag_begin: {
                take();
                const auto ends_here = [&](std::string_view end) { return is_word(end); };
                if (std::any_of(ends.begin(), ends.end(), ends_here)) return body;
                body.push_back(statement());
                expect_tag_end();
                break;
            }
            default:
                if (ends.size() > 0) fail_here("no " + std::string(*(ends.end() - 1)));
                return body;
        }
    }
}

Body Parser::block(std::initializer_list<std::string_view> ends) {
    skip_sign(":");
    expect_tag_end();
    return statements(ends);
}

Statement Parser::statement() {
    const int line = now().line;
    const std::string tag = expect_name();
    if (tag == "if") return if_statement(line);
    if (tag == "for") return for_statement(line);
    if (tag == "set") return set_statement(line);
    if (tag == "macro") return macro_statement(line);
    if (tag == "call") return call_statement(line);
    if (tag == "with") return with_statement(line);
    if (tag == "block") return block_statement(line);
    if (tag == "generation") {
        Statement scope{.kind = StatementKind::scope, .line = line};
        scope.bodies.push_back(block({"endgeneration"}));
        take();
        return scope;
    }
    if (tag == "filter") {
        Statement node{.kind = StatementKind::filter, .line = line};
        ExpressionPtr chain = filter(nullptr);
        while (skip_sign("|")) chain = filter(std::move(chain));
        node.values.push_back(std::move(chain));
        node.bodies.push_back(block({"endfilter"}));
        take();
        return node;
    }
    if (tag == "print") {
        Statement print{.kind = StatementKind::print, .line = line};
        while (!is(TokenKind::tag_end)) {
            if (!print.values.empty()) expect_sign(",");
            print.values.push_back(expression());
        }
        return print;
    }
    if (tag == "break" || tag == "continue") {
        if (loops_ == 0) fail_syntax(line, tag + " outside of a loop");
        return {.kind = tag == "break" ? StatementKind::break_ : StatementKind::continue_, .line = line};
    }
    for (const char* other : {"include", "import", "from", "extends", "autoescape"})
        if (tag == other)
            fail({.kind = ErrorKind::unsupported, .key = "line " + std::to_string(line), .found = "{% " + tag + " %}"});
    fail_syntax(line, "an unknown tag " + tag);
}

Statement Parser::if_statement(int line) {
    Statement node{.kind = StatementKind::if_, .line = line};
    ++conditions_;
    for (;;) {
        node.values.push_back(tuple_or_expression(/*conditional=*/false));
        node.bodies.push_back(block({"elif", "else", "endif"}));
        const std::string word = take().word;
        if (word == "elif") continue;
        if (word == "else") {
            node.bodies.push_back(block({"endif"}));
            take();
        }
        break;
    }
    --conditions_;
    return node;
}

Statement Parser::for_statement(int line) {
    Statement node{.kind = StatementKind::for_, .line = line};
    node.targets.push_back(target(false, "in"));
    expect_word("in");
    node.values.push_back(tuple_or_expression(/*conditional=*/false, "recursive"));
    node.values.push_back(skip_word("if") ? expression() : nullptr);
    if (is_word("recursive"))
        fail({.kind = ErrorKind::unsupported, .key = "line " + std::to_string(line), .found = "a recursive loop"});
    ++loops_;
    node.bodies.push_back(block({"endfor", "else"}));
    --loops_;
    if (take().word == "else") {
        node.bodies.push_back(block({"endfor"}));
        take();
    }
    return node;
}

Statement Parser::set_statement(int line) {
    Statement node{.kind = StatementKind::set, .line = line};
    node.targets.push_back(target(true));
    if (skip_sign("=")) {
        node.values.push_back(tuple_or_expression());
        return node;
    }
    node.kind = StatementKind::set_block;
    ExpressionPtr chain;
    while (skip_sign("|")) chain = filter(std::move(chain));
    node.values.push_back(std::move(chain));
    node.bodies.push_back(block({"endset"}));
    take();
    return node;
}

void Parser::signature(Parameters& parameters) {
    expect_sign("(");
    while (!is_sign(")")) {
        if (!parameters.names.empty()) expect_sign(",");
        parameters.names.push_back(expect_name());
        if (skip_sign("="))
            parameters.defaults.push_back(expression());
        else if (!parameters.defaults.empty())
            fail_here("a parameter without a default behind one that has one");
    }
    expect_sign(")");
}

Body Parser::callable_body(Parameters& parameters, std::string_view end) {
    std::set<std::string> outer;
    std::swap(outer, names_);
    const int loops = std::exchange(loops_, 0);
    Body body = block({end});
    take();
    loops_ = loops;
    const auto reads = [&](const char* name) {
        return names_.count(name) > 0 &&
               std::find(parameters.names.begin(), parameters.names.end(), name) == parameters.names.end();
    };
    parameters.takes_caller = names_.count("caller") > 0;
    parameters.takes_more = reads("varargs");
    parameters.takes_more_named = reads("kwargs");
    names_.merge(outer);
    return body;
}

Statement Parser::macro_statement(int line) {
    Statement node{.kind = StatementKind::macro, .line = line, .name = expect_name()};
    signature(node.parameters);
    node.bodies.push_back(callable_body(node.parameters, "endmacro"));
    return node;
}

Statement Parser::call_statement(int line) {
    Statement node{.kind = StatementKind::call, .line = line, .name = "caller"};
    if (is_sign("(")) signature(node.parameters);
    node.values.push_back(expression());
    if (node.values[0]->kind != ExpressionKind::call) fail_syntax(line, "no call in {% call %}");
    node.bodies.push_back(callable_body(node.parameters, "endcall"));
    return node;
}

Statement Parser::with_statement(int line) {
    Statement node{.kind = StatementKind::with, .line = line};
    while (!is(TokenKind::tag_end) && !is_sign(":")) {
        if (!node.targets.empty()) expect_sign(",");
        node.targets.push_back(target(false));
        expect_sign("=");
        node.values.push_back(expression());
    }
    node.bodies.push_back(block({"endwith"}));
    take();
    return node;
}

Statement Parser::block_statement(int line) {
    Statement node{.kind = StatementKind::scope, .line = line, .name = expect_name()};
    skip_word("scoped");
    if (is_word("required"))
        fail({.kind = ErrorKind::unsupported, .key = "line " + std::to_string(line), .found = "a required block"});
    const int loops = std::exchange(loops_, 0);
    node.bodies.push_back(block({"endblock"}));
    loops_ = loops;
    take();
    skip_word(node.name);
    return node;
}

ExpressionPtr Parser::one_target(bool with_attribute) {
    const int line = now().line;
    if (skip_sign("(")) {
        ExpressionPtr inner = target(with_attribute, ")");
        expect_sign(")");
        return inner;
    }
    const std::string name = expect_name();
    for (const char* constant : {"true", "false", "none", "True", "False", "None"})
        if (name == constant) fail_syntax(line, "an assignment to " + name);
    auto node = make(ExpressionKind::name, line);
    node->name = name;
    if (!with_attribute || !skip_sign(".")) return node;
    auto attribute = make(ExpressionKind::attribute, line);
    attribute->name = expect_name();
    attribute->operands.push_back(std::move(node));
    return finish(std::move(attribute));
}

ExpressionPtr Parser::target(bool with_attribute, std::string_view end) {
    const Nested nested(*this);
    const int line = now().line;
    ExpressionPtr first = one_target(with_attribute);
    if (!is_sign(",")) return first;
    auto tuple = make(ExpressionKind::tuple, line);
    tuple->operands.push_back(std::move(first));
    while (skip_sign(",")) {
        if (is(TokenKind::tag_end) || is_sign(")") || is_sign("=") || (!end.empty() && is_word(end))) break;
        tuple->operands.push_back(one_target(with_attribute));
    }
    return finish(std::move(tuple));
}

Body parse(TextView source) {
    return Parser(source).parse_template();
}

}  // namespace lathe::jinja
