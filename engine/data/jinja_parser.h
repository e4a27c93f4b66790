// Recursive descent over the tokens; its depth is bounded. Source: jinja2 3.1.6 parser.py.
#pragma once

#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/jinja_lexer.h"
#include "engine/data/jinja_syntax.h"

namespace lathe::jinja {

class Parser {
public:
    explicit Parser(TextView source) : tokens_(tokenize(source)) {}
    Body parse_template();

private:
    class Nested;  // one level deeper as long as it lives

    // Tokens.
    const Token& now() const { return tokens_[at_]; }
    const Token& ahead() const { return tokens_[std::min(at_ + 1, tokens_.size() - 1)]; }
    const Token& take() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
    bool is(TokenKind kind) const { return now().kind == kind; }
    bool is_word(std::string_view word) const { return is(TokenKind::name) && now().word == word; }
    bool is_sign(std::string_view sign) const { return is(TokenKind::sign) && now().word == sign; }
    bool skip_word(std::string_view word);
    bool skip_sign(std::string_view sign);
    void expect_sign(std::string_view sign);
    void expect_word(std::string_view word);
    std::string expect_name();
    void expect_tag_end();
    [[noreturn]] void fail_here(const std::string& what) const;

    // Statements.
    Body statements(std::initializer_list<std::string_view> ends);
    Body block(std::initializer_list<std::string_view> ends);  // from behind a tag's words to one of the ends
    Statement statement();
    Statement if_statement(int line);
    Statement for_statement(int line);
    Statement set_statement(int line);
    Statement macro_statement(int line);
    Statement call_statement(int line);
    Statement with_statement(int line);
    Statement block_statement(int line);
    void signature(Parameters& parameters);
    Body callable_body(Parameters& parameters, std::string_view end);
    ExpressionPtr target(bool with_attribute, std::string_view end = {});
    ExpressionPtr one_target(bool with_attribute);

    // Expressions, loosest first.
    ExpressionPtr tuple_or_expression(bool conditional = true, std::string_view end = {}, bool parenthesized = false);
    ExpressionPtr expression() { return conditional(); }
    ExpressionPtr conditional();
    ExpressionPtr or_expression();
    ExpressionPtr and_expression();
    ExpressionPtr not_expression();
    ExpressionPtr comparison();
    ExpressionPtr sum();
    ExpressionPtr concatenation();
    ExpressionPtr product();
    ExpressionPtr power();
    ExpressionPtr unary(bool with_filters = true);
    ExpressionPtr primary();
    ExpressionPtr list();
    ExpressionPtr dict();
    ExpressionPtr postfix(ExpressionPtr operand);
    ExpressionPtr subscripts(ExpressionPtr operand);
    ExpressionPtr subscript_part(std::vector<ExpressionPtr>& slice_parts);
    ExpressionPtr filters_and_tests(ExpressionPtr operand);
    ExpressionPtr filter(ExpressionPtr subject);
    ExpressionPtr test(ExpressionPtr subject);
    void arguments(Expression& call);
    // Takes the height of its parts, and refuses it where it is too high.
    ExpressionPtr finish(std::unique_ptr<Expression> expression) const;

    std::vector<Token> tokens_;
    size_t at_ = 0;
    int depth_ = 0, loops_ = 0, conditions_ = 0;
    std::set<std::string> names_;  // read so far, of the innermost macro
};

std::unique_ptr<Expression> make(ExpressionKind kind, int line);

}  // namespace lathe::jinja
