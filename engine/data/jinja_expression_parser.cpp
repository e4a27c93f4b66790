// Expressions of the parser, loosest binding first.
#include <algorithm>

#include "engine/base/error.h"
#include "engine/data/jinja_nested.h"
#include "engine/data/jinja_parser.h"

namespace lathe::jinja {

std::unique_ptr<Expression> make(ExpressionKind kind, int line) {
    auto expression = std::make_unique<Expression>();
    expression->kind = kind;
    expression->line = line;
    return expression;
}

ExpressionPtr Parser::finish(std::unique_ptr<Expression> expression) const {
    const auto add = [&](const ExpressionPtr& part) {
        if (part) expression->height = std::max(expression->height, part->height + 1);
    };
    for (const ExpressionPtr& operand : expression->operands) add(operand);
    for (const auto& [name, argument] : expression->named) add(argument);
    add(expression->star);
    add(expression->star_star);
    if (expression->height > kMaxHeight)
        fail({.kind = ErrorKind::too_large,
              .key = "line " + std::to_string(expression->line),
              .expected = "at most " + std::to_string(kMaxHeight) + " operators in a row"});
    return expression;
}

namespace {

std::unique_ptr<Expression> make_binary(ExpressionKind kind, int line, ExpressionPtr left, ExpressionPtr right) {
    auto node = make(kind, line);
    node->operands.push_back(std::move(left));
    node->operands.push_back(std::move(right));
    return node;
}

std::optional<Operator> operator_of(std::string_view sign) {
    constexpr std::pair<std::string_view, Operator> kOperators[] = {
        {"+", Operator::add},           {"-", Operator::subtract},      {"*", Operator::multiply},
        {"/", Operator::divide},        {"//", Operator::floor_divide}, {"%", Operator::modulo},
        {"**", Operator::power},        {"==", Operator::equal},        {"!=", Operator::not_equal},
        {"<", Operator::less},          {"<=", Operator::less_equal},   {">", Operator::greater},
        {">=", Operator::greater_equal}};
    for (const auto& [text, known] : kOperators)
        if (text == sign) return known;
    return std::nullopt;
}

}  // namespace

ExpressionPtr Parser::tuple_or_expression(bool with_conditional, std::string_view end, bool parenthesized) {
    const Nested nested(*this);
    const int line = now().line;
    const auto at_end = [&] {
        return is(TokenKind::print_end) || is(TokenKind::tag_end) || is_sign(")") || (!end.empty() && is_word(end));
    };
    std::vector<ExpressionPtr> items;
    bool is_tuple = false;
    while (!at_end()) {
        items.push_back(with_conditional ? conditional() : or_expression());
        if (!is_sign(",")) break;
        is_tuple = true;
        take();
    }
    if (!is_tuple && !items.empty()) return std::move(items.front());
    if (!is_tuple && !parenthesized) fail_here("no expression");
    auto tuple = make(ExpressionKind::tuple, line);
    tuple->operands = std::move(items);
    return finish(std::move(tuple));
}

ExpressionPtr Parser::conditional() {
    const Nested nested(*this);
    ExpressionPtr value = or_expression();
    while (is_word("if")) {
        auto node = make(ExpressionKind::conditional, take().line);
        node->operands.push_back(or_expression());
        node->operands.push_back(std::move(value));
        node->operands.push_back(skip_word("else") ? conditional() : nullptr);
        value = finish(std::move(node));
    }
    return value;
}

ExpressionPtr Parser::or_expression() {
    ExpressionPtr left = and_expression();
    while (is_word("or")) {
        const int line = take().line;
        left = finish(make_binary(ExpressionKind::or_, line, std::move(left), and_expression()));
    }
    return left;
}

ExpressionPtr Parser::and_expression() {
    ExpressionPtr left = not_expression();
    while (is_word("and")) {
        const int line = take().line;
        left = finish(make_binary(ExpressionKind::and_, line, std::move(left), not_expression()));
    }
    return left;
}

ExpressionPtr Parser::not_expression() {
    if (!is_word("not")) return comparison();
    const Nested nested(*this);
    auto node = make(ExpressionKind::not_, take().line);
    node->operands.push_back(not_expression());
    return finish(std::move(node));
}

ExpressionPtr Parser::comparison() {
    const int line = now().line;
    ExpressionPtr first = sum();
    std::unique_ptr<Expression> node;
    for (;;) {
        std::optional<Operator> op;
        if (is(TokenKind::sign)) op = operator_of(now().word);
        if (op && *op < Operator::equal) op.reset();
        if (op)
            take();
        else if (skip_word("in"))
            op = Operator::in;
        else if (is_word("not") && ahead().kind == TokenKind::name && ahead().word == "in") {
            take();
            take();
            op = Operator::not_in;
        }
        if (!op) break;
        if (!node) {
            node = make(ExpressionKind::compare, line);
            node->operands.push_back(std::move(first));
        }
        node->operators.push_back(*op);
        node->operands.push_back(sum());
    }
    return node ? finish(std::move(node)) : std::move(first);
}

ExpressionPtr Parser::sum() {
    ExpressionPtr left = concatenation();
    while (is_sign("+") || is_sign("-")) {
        const Token& sign = take();
        auto node = make_binary(ExpressionKind::arithmetic, sign.line, std::move(left), concatenation());
        node->operators.push_back(*operator_of(sign.word));
        left = finish(std::move(node));
    }
    return left;
}

ExpressionPtr Parser::concatenation() {
    const int line = now().line;
    ExpressionPtr first = product();
    if (!is_sign("~")) return first;
    auto node = make(ExpressionKind::concat, line);
    node->operands.push_back(std::move(first));
    while (skip_sign("~")) node->operands.push_back(product());
    return finish(std::move(node));
}

ExpressionPtr Parser::product() {
    ExpressionPtr left = power();
    while (is_sign("*") || is_sign("/") || is_sign("//") || is_sign("%")) {
        const Token& sign = take();
        auto node = make_binary(ExpressionKind::arithmetic, sign.line, std::move(left), power());
        node->operators.push_back(*operator_of(sign.word));
        left = finish(std::move(node));
    }
    return left;
}

ExpressionPtr Parser::power() {
    ExpressionPtr left = unary();
    while (is_sign("**")) {
        const int line = take().line;
        auto node = make_binary(ExpressionKind::arithmetic, line, std::move(left), unary());
        node->operators.push_back(Operator::power);
        left = finish(std::move(node));
    }
    return left;
}

ExpressionPtr Parser::unary(bool with_filters) {
    ExpressionPtr operand;
    if (is_sign("-") || is_sign("+")) {
        const Nested nested(*this);
        const Token& sign = take();
        auto node = make(ExpressionKind::negate, sign.line);
        node->operators.push_back(sign.word == "-" ? Operator::subtract : Operator::add);
        node->operands.push_back(unary(false));
        operand = finish(std::move(node));
    } else {
        operand = primary();
    }
    operand = postfix(std::move(operand));
    return with_filters ? filters_and_tests(std::move(operand)) : std::move(operand);
}

ExpressionPtr Parser::primary() {
    const int line = now().line;
    if (skip_sign("(")) {
        ExpressionPtr inner = tuple_or_expression(true, {}, /*parenthesized=*/true);
        expect_sign(")");
        return inner;
    }
    if (is_sign("[")) return list();
    if (is_sign("{")) return dict();
    auto node = make(ExpressionKind::constant, line);
    switch (now().kind) {
        case TokenKind::string: {
            Text text;
            while (is(TokenKind::string)) text += take().text;
            node->constant = literal(std::move(text));
            return node;
        }
        case TokenKind::integer:
            node->constant = Value(take().integer);
            return node;
        case TokenKind::real:
            node->constant = Value(take().real);
            return node;
        case TokenKind::name:
            break;
        default:
            fail_here("no expression");
    }
    const std::string name = take().word;
    if (name == "true" || name == "True") {
        node->constant = Value(true);
    } else if (name == "false" || name == "False") {
        node->constant = Value(false);
    } else if (name == "none" || name == "None") {
        node->constant = Value(None{});
    } else {
        node->kind = ExpressionKind::name;
        node->name = name;
        names_.insert(name);
    }
    return node;
}

ExpressionPtr Parser::list() {
    auto node = make(ExpressionKind::list, take().line);
    while (!is_sign("]")) {
        if (!node->operands.empty()) expect_sign(",");
        if (is_sign("]")) break;
        node->operands.push_back(expression());
    }
    expect_sign("]");
    return finish(std::move(node));
}

ExpressionPtr Parser::dict() {
    auto node = make(ExpressionKind::dict, take().line);
    while (!is_sign("}")) {
        if (!node->operands.empty()) expect_sign(",");
        if (is_sign("}")) break;
        node->operands.push_back(expression());
        expect_sign(":");
        node->operands.push_back(expression());
    }
    expect_sign("}");
    return finish(std::move(node));
}

}  // namespace lathe::jinja
