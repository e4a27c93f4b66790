// Expressions of the evaluator.
#include "engine/base/error.h"
#include "engine/data/jinja_eval.h"

namespace lathe::jinja {

Value Evaluator::read(const std::string& name, const ScopePtr& scope) {
    for (const Scope* at = scope.get(); at != nullptr; at = at->parent.get())
        for (const auto& [known, value] : at->names)
            if (known == name) return value;
    for (const auto& [known, value] : variables_)
        if (known == name) return value;
    if (auto function = global_function(name)) return *function;
    return undefined("'" + name + "' is undefined");
}

Value Evaluator::value_of(const Expression& expression, const ScopePtr& scope) {
    const Level level(budget_);
    budget_.step();
    line_ = expression.line;
    switch (expression.kind) {
        case ExpressionKind::constant:
            return expression.constant;
        case ExpressionKind::name:
            return read(expression.name, scope);
        case ExpressionKind::call:
            return call(expression, scope);
        case ExpressionKind::compare:
            return Value(compare(expression, scope));
        case ExpressionKind::not_:
            return Value(!value_of(*expression.operands[0], scope).truth());
        case ExpressionKind::and_: {
            Value left = value_of(*expression.operands[0], scope);
            return left.truth() ? value_of(*expression.operands[1], scope) : left;
        }
        case ExpressionKind::or_: {
            Value left = value_of(*expression.operands[0], scope);
            return left.truth() ? left : value_of(*expression.operands[1], scope);
        }
        case ExpressionKind::conditional:
            if (value_of(*expression.operands[0], scope).truth()) return value_of(*expression.operands[1], scope);
            if (expression.operands[2]) return value_of(*expression.operands[2], scope);
            return undefined("the inline if-expression evaluated to false and no else section was defined.");
        default:
            return value_of_operands(expression, scope);
    }
}

// What takes the values of its operands.
Value Evaluator::value_of_operands(const Expression& expression, const ScopePtr& scope) {
    const std::vector<ExpressionPtr>& operands = expression.operands;
    const auto value = [&](size_t i) { return operands[i] ? value_of(*operands[i], scope) : Value(None{}); };
    const auto here = [&] { line_ = expression.line; };
    switch (expression.kind) {
        case ExpressionKind::list:
        case ExpressionKind::tuple: {
            std::vector<Value> items;
            for (size_t i = 0; i < operands.size(); ++i) items.push_back(value(i));
            const bool is_list = expression.kind == ExpressionKind::list;
            return sequence_value(budget_, is_list ? SequenceKind::list : SequenceKind::tuple, std::move(items));
        }
        case ExpressionKind::dict: {
            std::vector<std::pair<Value, Value>> items;
            for (size_t i = 0; i < operands.size(); i += 2) {
                Value key = value(i);
                insert(budget_, items, std::move(key), value(i + 1));
            }
            return dict_value(budget_, std::move(items));
        }
        case ExpressionKind::attribute: {
            const Value object = value(0);
            here();
            return attribute(budget_, object, expression.name);
        }
        case ExpressionKind::subscript: {
            const Value object = value(0), key = value(1);
            here();
            return subscript(budget_, object, key);
        }
        case ExpressionKind::slice: {
            const Value object = value(0), start = value(1), stop = value(2), step = value(3);
            here();
            return slice(budget_, object, start, stop, step);
        }
        case ExpressionKind::filter:
        case ExpressionKind::test: {
            const Value subject = value(0);
            Arguments given = arguments(expression, scope, 1);
            here();
            if (expression.kind == ExpressionKind::filter)
                return apply_filter(budget_, expression.name, subject, given);
            return Value(apply_test(budget_, expression.name, subject, given));
        }
        case ExpressionKind::negate:
            return negated(value(0), expression.operators[0] == Operator::subtract);
        case ExpressionKind::arithmetic: {
            const Value left = value(0), right = value(1);
            here();
            return arithmetic(budget_, expression.operators[0], left, right);
        }
        default: {  // concat
            TextBuilder text(budget_);
            for (size_t i = 0; i < operands.size(); ++i) append_str(text, budget_, value(i));
            return text.finish();
        }
    }
}

bool Evaluator::compare(const Expression& expression, const ScopePtr& scope) {
    Value left = value_of(*expression.operands[0], scope);
    for (size_t i = 0; i < expression.operators.size(); ++i) {
        Value right = value_of(*expression.operands[i + 1], scope);
        line_ = expression.line;
        bool holds = false;
        switch (expression.operators[i]) {
            case Operator::equal:
                holds = equal(budget_, left, right);
                break;
            case Operator::not_equal:
                holds = !equal(budget_, left, right);
                break;
            case Operator::less:
                holds = less(budget_, left, right);
                break;
            case Operator::greater:
                holds = less(budget_, right, left);
                break;
            case Operator::less_equal:
                holds = less_or_equal(budget_, left, right);
                break;
            case Operator::greater_equal:
                holds = less_or_equal(budget_, right, left);
                break;
            case Operator::in:
                holds = contains(budget_, right, left);
                break;
            default:
                holds = !contains(budget_, right, left);
                break;
        }
        if (!holds) return false;
        left = std::move(right);
    }
    return true;
}

Arguments Evaluator::arguments(const Expression& expression, const ScopePtr& scope, size_t first) {
    Arguments given;
    for (size_t i = first; i < expression.operands.size(); ++i)
        given.positional.push_back(value_of(*expression.operands[i], scope));
    for (const auto& [name, argument] : expression.named) {
        for (const auto& [other, ignored] : given.named)
            if (other == name) fail_type("keyword argument repeated: " + name);
        given.named.emplace_back(name, value_of(*argument, scope));
    }
    if (expression.star) {
        const Items rest(budget_, value_of(*expression.star, scope));
        for (size_t i = 0; i < rest.size(); ++i) given.positional.push_back(rest[i]);
    }
    if (expression.star_star) {
        const Value rest = value_of(*expression.star_star, scope);
        if (rest.dict() == nullptr) fail_type("argument after ** must be a mapping");
        for (const auto& [key, value] : rest.dict()->items) {
            if (key.string() == nullptr) fail_type("keywords must be strings");
            given.named.emplace_back(utf8_of(*key.string()), value);
        }
    }
    budget_.step(static_cast<int64_t>(given.positional.size() + given.named.size()));
    return given;
}

Value Evaluator::call(const Expression& expression, const ScopePtr& scope) {
    const Value callee = value_of(*expression.operands[0], scope);
    Arguments given = arguments(expression, scope, 1);
    line_ = expression.line;
    return call(callee, given);
}

Value Evaluator::call(const Value& callee, Arguments& given) {
    if (callee.is_undefined()) fail_undefined(callee);
    if (callee.loop() != nullptr) fail_type("The loop must have the 'recursive' marker to be called recursively.");
    if (callee.callable() == nullptr) fail_type(std::string("'") + callee.type_name() + "' object is not callable");
    Value result = callee.callable()->call(budget_, given);
    if (const auto* space = result.get<std::shared_ptr<Namespace>>()) namespaces_.push_back(*space);
    return result;
}

}  // namespace lathe::jinja
