// Python's operators on values.
#include <cmath>

#include "engine/data/jinja_eval.h"

namespace lathe::jinja {

namespace {

[[noreturn]] void fail_operands(const char* sign, const Value& left, const Value& right) {
    if (left.is_undefined()) fail_undefined(left);
    if (right.is_undefined()) fail_undefined(right);
    fail_type(std::string("unsupported operand type(s) for ") + sign + ": '" + left.type_name() + "' and '" +
              right.type_name() + "'");
}

[[noreturn]] void fail_overflow() {
    fail_type("an integer of more than 64 bits");
}

const char* sign_of(Operator op) {
    constexpr const char* kSigns[] = {"+", "-", "*", "/", "//", "%", "**"};
    return kSigns[static_cast<size_t>(op)];
}

double floor_modulo(double a, double b) {
    const double rest = std::fmod(a, b);
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

Value integer_power(int64_t base, int64_t exponent) {
    if (exponent < 0) {
        if (base == 0) fail_type("0.0 cannot be raised to a negative power");
        return Value(std::pow(static_cast<double>(base), static_cast<double>(exponent)));
    }
    int64_t result = 1;
    for (; exponent > 0; exponent >>= 1) {
        if ((exponent & 1) != 0 && __builtin_mul_overflow(result, base, &result)) fail_overflow();
        if (exponent > 1 && __builtin_mul_overflow(base, base, &base)) fail_overflow();
    }
    return Value(result);
}

Value of_integers(Operator op, int64_t a, int64_t b) {
    int64_t result = 0;
    bool overflow = false;
    switch (op) {
        case Operator::add:
            overflow = __builtin_add_overflow(a, b, &result);
            break;
        case Operator::subtract:
            overflow = __builtin_sub_overflow(a, b, &result);
            break;
        case Operator::multiply:
            overflow = __builtin_mul_overflow(a, b, &result);
            break;
        case Operator::power:
            return integer_power(a, b);
        default:
            if (b == 0) fail_type("division by zero");
            if (op == Operator::divide) return Value(static_cast<double>(a) / static_cast<double>(b));
            if (b == -1) {
                overflow = __builtin_sub_overflow(int64_t{0}, a, &result);
                if (op == Operator::modulo) return Value(int64_t{0});
                break;
            }
            result = op == Operator::floor_divide ? a / b : a % b;
            if (a % b != 0 && (a < 0) != (b < 0)) result = op == Operator::floor_divide ? result - 1 : result + b;
    }
    if (overflow) fail_overflow();
    return Value(result);
}

Value of_reals(Operator op, double a, double b) {
    switch (op) {
        case Operator::add:
            return Value(a + b);
        case Operator::subtract:
            return Value(a - b);
        case Operator::multiply:
            return Value(a * b);
        case Operator::power: {
            const double result = std::pow(a, b);
            if ((a == 0 && b < 0) || (std::isnan(result) && !std::isnan(a) && !std::isnan(b)) ||
                (std::isinf(result) && std::isfinite(a) && std::isfinite(b)))
                fail_type("a power out of range");
            return Value(result);
        }
        default:
            break;
    }
    if (b == 0) fail_type("float division by zero");
    if (op == Operator::divide) return Value(a / b);
    if (op == Operator::modulo) return Value(floor_modulo(a, b));
    return Value(std::floor((a - floor_modulo(a, b)) / b + 0.5));
}

// A string or list several times.
Value repeated(Budget& budget, const Value& value, int64_t times) {
    const int64_t length = length_of(value).value_or(0);
    if (times <= 0 || length == 0) times = 0;
    int64_t items = 0;
    const auto unit = static_cast<int64_t>(value.string() != nullptr ? sizeof(char32_t) : sizeof(Value));
    if (__builtin_mul_overflow(length * unit, times, &items)) items = INT64_MAX;
    budget.room_for(items);
    budget.step(items / 64);
    if (const Text* text = value.string()) {
        Text result;
        result.reserve(static_cast<size_t>(length * times));
        for (int64_t i = 0; i < times; ++i) result += *text;
        return string_value(budget, std::move(result));
    }
    std::vector<Value> result;
    const Sequence& sequence = *value.sequence();
    for (int64_t i = 0; i < times; ++i) result.insert(result.end(), sequence.items.begin(), sequence.items.end());
    return sequence_value(budget, sequence.kind, std::move(result));
}

bool is_repeatable(const Value& value) {
    return value.string() != nullptr || value.is(SequenceKind::list) || value.is(SequenceKind::tuple);
}

Value joined(Budget& budget, const Value& left, const Value& right) {
    if (const Text* a = left.string(), *b = right.string(); a != nullptr && b != nullptr) {
        budget.room_for(static_cast<int64_t>((a->size() + b->size()) * sizeof(char32_t)));
        return string_value(budget, *a + *b);
    }
    const Sequence *a = left.sequence(), *b = right.sequence();
    if (a == nullptr || b == nullptr || a->kind != b->kind || !is_repeatable(left)) fail_operands("+", left, right);
    budget.room_for(static_cast<int64_t>((a->items.size() + b->items.size()) * sizeof(Value)));
    std::vector<Value> items = a->items;
    items.insert(items.end(), b->items.begin(), b->items.end());
    return sequence_value(budget, a->kind, std::move(items));
}

}  // namespace

Value arithmetic(Budget& budget, Operator op, const Value& left, const Value& right) {
    if (left.is_number() && right.is_number()) {
        if (left.get<double>() == nullptr && right.get<double>() == nullptr)
            return of_integers(op, *left.integer(), *right.integer());
        return of_reals(op, left.real(), right.real());
    }
    if (op == Operator::modulo && left.string() != nullptr) return percent_format(budget, *left.string(), right);
    if (op == Operator::add) return joined(budget, left, right);
    if (op == Operator::multiply) {
        if (is_repeatable(left) && right.integer()) return repeated(budget, left, *right.integer());
        if (is_repeatable(right) && left.integer()) return repeated(budget, right, *left.integer());
    }
    fail_operands(sign_of(op), left, right);
}

Value negated(const Value& value, bool minus) {
    if (value.is_undefined()) fail_undefined(value);
    if (const auto* number = value.get<double>()) return Value(minus ? -*number : *number);
    const auto number = value.integer();
    if (!number) fail_type(std::string("bad operand type for unary -: '") + value.type_name() + "'");
    if (!minus) return Value(*number);
    if (*number == INT64_MIN) fail_overflow();
    return Value(-*number);
}

bool contains(Budget& budget, const Value& container, const Value& value) {
    if (const Text* text = container.string()) {
        if (value.is_undefined()) fail_type("'in <string>' requires string as left operand, not Undefined");
        if (value.string() == nullptr)
            fail_type(std::string("'in <string>' requires string as left operand, not ") + value.type_name());
        return find(*text, *value.string(), 0, budget) != TextView::npos;
    }
    if (const Dict* dict = container.dict()) {
        if (value.dict() != nullptr || value.is(SequenceKind::list))
            fail_type(std::string("unhashable type: '") + value.type_name() + "'");
        return lookup(budget, *dict, value) != nullptr;
    }
    if (!is_iterable(container) || container.loop() != nullptr)
        fail_type(std::string("argument of type '") + container.type_name() + "' is not iterable");
    const Items items(budget, container);
    for (size_t i = 0; i < items.size(); ++i)
        if (equal(budget, items[i], value)) return true;
    return false;
}

}  // namespace lathe::jinja
