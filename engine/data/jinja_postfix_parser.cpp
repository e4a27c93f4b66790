// What follows an operand: subscripts, calls, filters, tests.
#include "engine/data/jinja_callable.h"
#include "engine/data/jinja_parser.h"

namespace lathe::jinja {

ExpressionPtr Parser::postfix(ExpressionPtr operand) {
    for (;;) {
        const int line = now().line;
        if (is_sign("[")) {
            operand = subscripts(std::move(operand));
        } else if (is_sign("(")) {
            auto call = make(ExpressionKind::call, line);
            call->operands.push_back(std::move(operand));
            arguments(*call);
            operand = finish(std::move(call));
        } else if (skip_sign(".")) {
            const bool numbered = is(TokenKind::integer);
            auto node = make(numbered ? ExpressionKind::subscript : ExpressionKind::attribute, line);
            node->operands.push_back(std::move(operand));
            if (numbered) {
                auto key = make(ExpressionKind::constant, line);
                key->constant = Value(take().integer);
                node->operands.push_back(std::move(key));
            } else {
                node->name = expect_name();
            }
            operand = finish(std::move(node));
        } else {
            return operand;
        }
    }
}

ExpressionPtr Parser::subscripts(ExpressionPtr operand) {
    const int line = take().line;
    std::vector<ExpressionPtr> parts, slice_parts;
    while (!is_sign("]")) {
        if (!parts.empty()) expect_sign(",");
        parts.push_back(subscript_part(slice_parts));
    }
    expect_sign("]");
    const bool is_slice = !slice_parts.empty();
    if (is_slice && parts.size() > 1) fail_syntax(line, "a slice among several subscripts");
    auto node = make(is_slice ? ExpressionKind::slice : ExpressionKind::subscript, line);
    node->operands.push_back(std::move(operand));
    if (is_slice) {
        for (ExpressionPtr& part : slice_parts) node->operands.push_back(std::move(part));
    } else if (parts.size() == 1) {
        node->operands.push_back(std::move(parts.front()));
    } else {
        auto tuple = make(ExpressionKind::tuple, line);
        tuple->operands = std::move(parts);
        node->operands.push_back(finish(std::move(tuple)));
    }
    return finish(std::move(node));
}

// A slice's three parts go to slice_parts.
ExpressionPtr Parser::subscript_part(std::vector<ExpressionPtr>& slice_parts) {
    ExpressionPtr first = is_sign(":") ? nullptr : expression();
    if (!is_sign(":")) return first;
    const auto part = [&] {
        return skip_sign(":") && !is_sign(":") && !is_sign("]") && !is_sign(",") ? expression() : nullptr;
    };
    slice_parts.push_back(std::move(first));
    slice_parts.push_back(part());
    slice_parts.push_back(part());
    return nullptr;
}

ExpressionPtr Parser::filters_and_tests(ExpressionPtr operand) {
    for (;;) {
        if (skip_sign("|")) {
            operand = filter(std::move(operand));
        } else if (is_word("is")) {
            operand = test(std::move(operand));
        } else if (is_sign("(")) {
            auto call = make(ExpressionKind::call, now().line);
            call->operands.push_back(std::move(operand));
            arguments(*call);
            operand = finish(std::move(call));
        } else {
            return operand;
        }
    }
}

ExpressionPtr Parser::filter(ExpressionPtr subject) {
    auto node = make(ExpressionKind::filter, now().line);
    node->name = expect_name();
    while (skip_sign(".")) node->name += "." + expect_name();
    if (conditions_ == 0 && find_filter(node->name) == nullptr)
        fail_syntax(node->line, "no filter named " + node->name);
    node->operands.push_back(std::move(subject));
    if (is_sign("(")) arguments(*node);
    return finish(std::move(node));
}

ExpressionPtr Parser::test(ExpressionPtr subject) {
    take();
    const bool negated = skip_word("not");
    auto node = make(ExpressionKind::test, now().line);
    node->name = expect_name();
    while (skip_sign(".")) node->name += "." + expect_name();
    if (conditions_ == 0 && find_test(node->name) == nullptr) fail_syntax(node->line, "no test named " + node->name);
    node->operands.push_back(std::move(subject));
    const bool argument_word = is(TokenKind::name) && !is_word("else") && !is_word("or") && !is_word("and");
    if (is_sign("(")) {
        arguments(*node);
    } else if (argument_word || is(TokenKind::string) || is(TokenKind::integer) || is(TokenKind::real) ||
               is_sign("[") || is_sign("{")) {
        if (is_word("is")) fail_here("several tests in a row");
        node->operands.push_back(postfix(primary()));
    }
    ExpressionPtr result = finish(std::move(node));
    if (!negated) return result;
    auto inverse = make(ExpressionKind::not_, result->line);
    inverse->operands.push_back(std::move(result));
    return finish(std::move(inverse));
}

void Parser::arguments(Expression& call) {
    expect_sign("(");
    bool first = true;
    const auto in_order = [&](bool fine) {
        if (!fine) fail_here("arguments in a wrong order");
    };
    while (!is_sign(")")) {
        if (!first) {
            expect_sign(",");
            if (is_sign(")")) break;
        }
        first = false;
        if (skip_sign("*")) {
            in_order(!call.star && !call.star_star);
            call.star = expression();
        } else if (skip_sign("**")) {
            in_order(!call.star_star);
            call.star_star = expression();
        } else if (is(TokenKind::name) && ahead().kind == TokenKind::sign && ahead().word == "=") {
            in_order(!call.star_star);
            std::string name = take().word;
            take();
            call.named.emplace_back(std::move(name), expression());
        } else {
            in_order(!call.star && !call.star_star && call.named.empty());
            call.operands.push_back(expression());
        }
    }
    expect_sign(")");
}

}  // namespace lathe::jinja
