// Statements. Expressions are in jinja_expression.cpp.
#include "engine/data/jinja_eval.h"

#include <algorithm>

namespace lathe::jinja {

namespace {

constexpr int64_t kScopeBytes = 160;
constexpr int64_t kNameBytes = 96;

void set_name(Scope& scope, const std::string& name, const Value& value) {
    for (auto& [known, slot] : scope.names) {
        if (known != name) continue;
        slot = value;
        return;
    }
    scope.charge.grow(kNameBytes);
    scope.names.emplace_back(name, value);
}

int64_t utf8_bytes(TextView text) {
    int64_t bytes = 0;
    for (const char32_t c : text) {
        const char32_t point = code_point(c);
        bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
    return bytes;
}

}  // namespace

Evaluator::Evaluator(Budget& budget, std::vector<std::pair<std::string, Value>> variables,
                     std::function<void(TextView)> write)
    : budget_(budget), variables_(std::move(variables)), write_(std::move(write)) {}

Evaluator::~Evaluator() {
    // All of them are held here while each is emptied, so that a long chain of them is not freed link by link.
    for (const auto& space : namespaces_) space->attributes.clear();
    for (const ScopePtr& scope : macro_scopes_) scope->names.clear();
}

void Evaluator::run(const Body& body) {
    run(body, inside(nullptr));
}

ScopePtr Evaluator::inside(const ScopePtr& scope) {
    return std::make_shared<Scope>(Scope{.parent = scope, .names = {}, .charge = Charge(budget_, kScopeBytes)});
}

void Evaluator::write(TextView text) {
    if (capture_ != nullptr) return capture_->append(text);
    budget_.step(static_cast<int64_t>(text.size()) / 64);
    budget_.output(utf8_bytes(text));
    write_(text);
}

void Evaluator::print(const Value& value) {
    if (const Text* text = value.string()) return write(*text);
    if (!value.is_undefined()) write(*str_of(budget_, value).string());
}

Value Evaluator::captured(const Body& body, const ScopePtr& scope) {
    TextBuilder out(budget_);
    TextBuilder* const outer = std::exchange(capture_, &out);
    run(body, scope);
    capture_ = outer;
    return out.finish();
}

Evaluator::Flow Evaluator::run(const Body& body, const ScopePtr& scope) {
    const Level level(budget_);
    for (const Statement& statement : body) {
        budget_.step();
        line_ = statement.line;
        if (const Flow flow = run(statement, scope); flow != Flow::next) return flow;
    }
    return Flow::next;
}

Evaluator::Flow Evaluator::run(const Statement& statement, const ScopePtr& scope) {
    switch (statement.kind) {
        case StatementKind::text:
            write(*statement.text.string());
            break;
        case StatementKind::print:
            for (const ExpressionPtr& value : statement.values) print(value_of(*value, scope));
            break;
        case StatementKind::if_:
            return run_if(statement, scope);
        case StatementKind::for_:
            return run_for(statement, scope);
        case StatementKind::set:
            assign(*statement.targets[0], value_of(*statement.values[0], scope), scope);
            break;
        case StatementKind::set_block: {
            Value text = captured(statement.bodies[0], inside(scope));
            if (statement.values[0]) text = filtered(*statement.values[0], text, scope);
            assign(*statement.targets[0], text, scope);
            break;
        }
        case StatementKind::macro:
            set_name(*scope, statement.name, macro(statement, scope));
            break;
        case StatementKind::call:
            run_call(statement, scope);
            break;
        case StatementKind::filter:
            print(filtered(*statement.values[0], captured(statement.bodies[0], inside(scope)), scope));
            break;
        case StatementKind::with:
            run_with(statement, scope);
            break;
        case StatementKind::scope:
            return run(statement.bodies[0], inside(scope));
        case StatementKind::break_:
            return Flow::break_;
        case StatementKind::continue_:
            return Flow::continue_;
    }
    return Flow::next;
}

Evaluator::Flow Evaluator::run_if(const Statement& statement, const ScopePtr& scope) {
    for (size_t i = 0; i < statement.values.size(); ++i)
        if (value_of(*statement.values[i], scope).truth()) return run(statement.bodies[i], scope);
    if (statement.bodies.size() > statement.values.size()) return run(statement.bodies.back(), scope);
    return Flow::next;
}

Evaluator::Flow Evaluator::run_for(const Statement& statement, const ScopePtr& scope) {
    const Value subject = value_of(*statement.values[0], scope);
    line_ = statement.line;
    const auto loop = std::make_shared<Loop>();
    loop->items = items_of(budget_, subject);
    loop->charge = Charge(budget_, static_cast<int64_t>(loop->items.size() * sizeof(Value)));
    if (const ExpressionPtr& condition = statement.values[1]) {
        std::vector<Value> chosen;
        for (const Value& item : loop->items) {
            const ScopePtr trial = inside(scope);
            assign(*statement.targets[0], item, trial);
            if (value_of(*condition, trial).truth()) chosen.push_back(item);
        }
        loop->items = std::move(chosen);
    }
    bool finished_one = false;
    for (loop->index0 = 0; loop->index0 < loop->items.size(); ++loop->index0) {
        budget_.step();
        const ScopePtr body = inside(scope);
        set_name(*body, "loop", Value(loop));
        assign(*statement.targets[0], loop->items[loop->index0], body);
        const Flow flow = run(statement.bodies[0], body);
        finished_one = finished_one || flow == Flow::next;
        if (flow == Flow::break_) break;
    }
    loop->last_changed.clear();  // it may hold the loop itself
    // As compiled by jinja2: also after a loop whose every round ended in break or continue.
    if (!finished_one && statement.bodies.size() > 1) return run(statement.bodies[1], inside(scope));
    return Flow::next;
}

void Evaluator::run_with(const Statement& statement, const ScopePtr& scope) {
    const ScopePtr body = inside(scope);
    for (size_t i = 0; i < statement.values.size(); ++i)
        assign(*statement.targets[i], value_of(*statement.values[i], scope), body);
    run(statement.bodies[0], body);
}

void Evaluator::run_call(const Statement& statement, const ScopePtr& scope) {
    const Expression& expression = *statement.values[0];
    const Value callee = value_of(*expression.operands[0], scope);
    Arguments given = arguments(expression, scope, 1);
    given.named.emplace_back("caller", macro(statement, scope));
    line_ = statement.line;
    print(call(callee, given));
}

void Evaluator::assign(const Expression& target, const Value& value, const ScopePtr& scope) {
    if (target.kind == ExpressionKind::name) return set_name(*scope, target.name, value);
    if (target.kind == ExpressionKind::attribute) {
        Namespace* space = read(target.operands[0]->name, scope).name_space();
        if (space == nullptr) fail_type("cannot assign attribute on non-namespace object");
        if (target.name[0] == '_') fail_type("a namespace attribute that begins with an underscore");
        for (auto& [known, slot] : space->attributes) {
            if (known != target.name) continue;
            slot = value;
            return;
        }
        space->charge.grow(kNameBytes);
        space->attributes.emplace_back(target.name, value);
        return;
    }
    const std::vector<Value> items = items_of(budget_, value);
    if (items.size() != target.operands.size())
        fail_type((items.size() > target.operands.size() ? "too many" : "not enough") +
                  std::string(" values to unpack (expected ") + std::to_string(target.operands.size()) + ")");
    for (size_t i = 0; i < items.size(); ++i) assign(*target.operands[i], items[i], scope);
}

Value Evaluator::filtered(const Expression& filter, const Value& subject, const ScopePtr& scope) {
    const Level level(budget_);
    const Value first = filter.operands[0] ? filtered(*filter.operands[0], subject, scope) : subject;
    Arguments given = arguments(filter, scope, 1);
    line_ = filter.line;
    return apply_filter(budget_, filter.name, first, given);
}

Value Evaluator::macro(const Statement& statement, const ScopePtr& scope) {
    if (macro_scopes_.empty() || macro_scopes_.back() != scope) {
        scope->charge.grow(sizeof(ScopePtr));
        macro_scopes_.push_back(scope);
    }
    return function_value(
        statement.name,
        [this, &statement, scope](Budget&, Arguments& given) { return call_macro(statement, scope, given); },
        /*is_macro=*/true);
}

Value Evaluator::call_macro(const Statement& macro, const ScopePtr& home, Arguments& given) {
    const Level level(budget_);
    const Parameters& parameters = macro.parameters;
    const ScopePtr scope = inside(home);
    const auto take_named = [&](const std::string& name) -> std::optional<Value> {
        const auto place =
            std::find_if(given.named.begin(), given.named.end(), [&](const auto& pair) { return pair.first == name; });
        if (place == given.named.end()) return std::nullopt;
        Value value = place->second;
        given.named.erase(place);
        return value;
    };
    const size_t required = parameters.names.size() - parameters.defaults.size();
    for (size_t i = 0; i < parameters.names.size(); ++i) {
        const std::string& name = parameters.names[i];
        std::optional<Value> value;
        if (i < given.positional.size())
            value = given.positional[i];
        else
            value = take_named(name);
        if (!value && i >= required) value = value_of(*parameters.defaults[i - required], scope);
        set_name(*scope, name, value ? *value : undefined("parameter '" + name + "' was not provided"));
    }
    const bool own_caller =
        std::find(parameters.names.begin(), parameters.names.end(), "caller") != parameters.names.end();
    if (parameters.takes_caller && !own_caller)
        set_name(*scope, "caller", take_named("caller").value_or(undefined("No caller defined")));
    if (parameters.takes_more_named) {
        std::vector<std::pair<Value, Value>> rest;
        for (auto& [name, value] : given.named) rest.emplace_back(string_value(budget_, name), std::move(value));
        set_name(*scope, "kwargs", dict_value(budget_, std::move(rest)));
    } else if (!given.named.empty()) {
        fail_type("macro '" + macro.name + "' takes no keyword argument '" + given.named[0].first + "'");
    }
    const size_t taken = std::min(parameters.names.size(), given.positional.size());
    if (parameters.takes_more)
        set_name(
            *scope, "varargs",
            sequence_value(budget_, SequenceKind::tuple,
                           {given.positional.begin() + static_cast<std::ptrdiff_t>(taken), given.positional.end()}));
    else if (given.positional.size() > taken)
        fail_type("macro '" + macro.name + "' takes not more than " + std::to_string(taken) + " argument(s)");
    return captured(macro.bodies[0], scope);
}

}  // namespace lathe::jinja
