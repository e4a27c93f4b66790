// What stands behind `is`. Source: jinja2 3.1.6 tests.py.
#include <utility>

#include "engine/data/jinja_eval.h"

namespace lathe::jinja {

namespace {

const Value& other(Arguments& arguments, const char* name) {
    if (arguments.positional.size() != 1 || !arguments.named.empty())
        fail_type(std::string("the test ") + name + " takes one argument");
    return arguments.positional[0];
}
void none(Arguments& arguments) {
    if (!arguments.positional.empty() || !arguments.named.empty()) fail_type("the test takes no argument");
}

template <bool (*test)(const Value&)>
bool plain(Budget&, const Value& value, Arguments& arguments) {
    none(arguments);
    return test(value);
}

bool is_defined(const Value& v) {
    return !v.is_undefined();
}
bool is_undefined(const Value& v) {
    return v.is_undefined();
}
bool is_none(const Value& v) {
    return v.is_none();
}
bool is_boolean(const Value& v) {
    return v.is_bool();
}
bool is_true(const Value& v) {
    return v.is_bool() && v.truth();
}
bool is_false(const Value& v) {
    return v.is_bool() && !v.truth();
}
bool is_integer(const Value& v) {
    return v.get<int64_t>() != nullptr;
}
bool is_float(const Value& v) {
    return v.get<double>() != nullptr;
}
bool is_number(const Value& v) {
    return v.is_number();
}
bool is_string(const Value& v) {
    return v.string() != nullptr;
}
bool is_mapping(const Value& v) {
    return v.dict() != nullptr;
}
bool is_callable(const Value& v) {
    return v.callable() != nullptr || v.loop() != nullptr || v.is_undefined();
}
bool is_escaped(const Value&) {
    return false;
}
bool is_sequence(const Value& v) {
    return v.is_undefined() || v.string() != nullptr || v.dict() != nullptr || v.is(SequenceKind::list) ||
           v.is(SequenceKind::tuple) || v.is(SequenceKind::range);
}

int64_t remainder(Budget& budget, const Value& value, int64_t by) {
    const Value rest = arithmetic(budget, Operator::modulo, value, Value(by));
    if (!rest.is_number()) fail_type("a remainder of what is no number");
    return rest.real() == 0 ? 0 : 1;
}
bool is_odd(Budget& budget, const Value& value, Arguments& arguments) {
    none(arguments);
    return equal(budget, arithmetic(budget, Operator::modulo, value, Value(int64_t{2})), Value(int64_t{1}));
}
bool is_even(Budget& budget, const Value& value, Arguments& arguments) {
    none(arguments);
    return remainder(budget, value, 2) == 0;
}
bool is_divisible(Budget& budget, const Value& value, Arguments& arguments) {
    return equal(budget, arithmetic(budget, Operator::modulo, value, other(arguments, "divisibleby")),
                 Value(int64_t{0}));
}

// Cased characters are there, and all are of that case.
template <bool (*has)(char32_t), bool (*has_not)(char32_t)>
bool is_case(Budget& budget, const Value& value, Arguments& arguments) {
    none(arguments);
    const Value text = str_of(budget, value);
    bool any = false;
    for (const char32_t c : *text.string()) {
        if (has_not(c)) return false;
        any = any || has(c);
    }
    return any;
}

bool is_filter(Budget&, const Value& value, Arguments& arguments) {
    none(arguments);
    return value.string() != nullptr && find_filter(utf8_of(*value.string())) != nullptr;
}
bool is_test(Budget&, const Value& value, Arguments& arguments) {
    none(arguments);
    return value.string() != nullptr && find_test(utf8_of(*value.string())) != nullptr;
}
bool is_iterable_test(Budget&, const Value& value, Arguments& arguments) {
    none(arguments);
    return is_iterable(value);
}

bool is_equal(Budget& budget, const Value& value, Arguments& arguments) {
    return equal(budget, value, other(arguments, "eq"));
}
bool is_not_equal(Budget& budget, const Value& value, Arguments& arguments) {
    return !equal(budget, value, other(arguments, "ne"));
}
bool is_less(Budget& budget, const Value& value, Arguments& arguments) {
    return less(budget, value, other(arguments, "lt"));
}
bool is_at_most(Budget& budget, const Value& value, Arguments& arguments) {
    return less_or_equal(budget, value, other(arguments, "le"));
}
bool is_greater(Budget& budget, const Value& value, Arguments& arguments) {
    return less(budget, other(arguments, "gt"), value);
}
bool is_at_least(Budget& budget, const Value& value, Arguments& arguments) {
    return less_or_equal(budget, other(arguments, "ge"), value);
}
bool is_in(Budget& budget, const Value& value, Arguments& arguments) {
    return contains(budget, other(arguments, "in"), value);
}
// Python's `is`, where it does not depend on how values are kept.
bool is_same(Budget& budget, const Value& value, Arguments& arguments) {
    const Value& that = other(arguments, "sameas");
    if (value.data().index() != that.data().index()) return false;
    if (value.sequence() != nullptr) return value.sequence() == that.sequence();
    if (value.dict() != nullptr) return value.dict() == that.dict();
    return equal(budget, value, that);
}

}  // namespace

Test find_test(std::string_view name) {
    static constexpr std::pair<std::string_view, Test> kTests[] = {
        {"!=", is_not_equal},
        {"<", is_less},
        {"<=", is_at_most},
        {"==", is_equal},
        {">", is_greater},
        {">=", is_at_least},
        {"boolean", plain<is_boolean>},
        {"callable", plain<is_callable>},
        {"defined", plain<is_defined>},
        {"divisibleby", is_divisible},
        {"eq", is_equal},
        {"equalto", is_equal},
        {"escaped", plain<is_escaped>},
        {"even", is_even},
        {"false", plain<is_false>},
        {"filter", is_filter},
        {"float", plain<is_float>},
        {"ge", is_at_least},
        {"greaterthan", is_greater},
        {"gt", is_greater},
        {"in", is_in},
        {"integer", plain<is_integer>},
        {"iterable", is_iterable_test},
        {"le", is_at_most},
        {"lessthan", is_less},
        {"lower", is_case<is_lower, is_upper>},
        {"lt", is_less},
        {"mapping", plain<is_mapping>},
        {"ne", is_not_equal},
        {"none", plain<is_none>},
        {"number", plain<is_number>},
        {"odd", is_odd},
        {"sameas", is_same},
        {"sequence", plain<is_sequence>},
        {"string", plain<is_string>},
        {"test", is_test},
        {"true", plain<is_true>},
        {"undefined", plain<is_undefined>},
        {"upper", is_case<is_upper, is_lower>},
    };
    for (const auto& [known, test] : kTests)
        if (known == name) return test;
    return nullptr;
}

}  // namespace lathe::jinja
