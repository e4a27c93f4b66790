// Filters that make a number.
#include <cmath>

#include "engine/data/jinja_eval.h"
#include "engine/data/jinja_filters.h"

namespace lathe::jinja {

namespace {

std::optional<int64_t> truncated(double number) {
    if (!(std::abs(number) < 9.2e18)) return std::nullopt;
    return static_cast<int64_t>(number);
}

Value to_int(Budget&, const Value& subject, Arguments& arguments) {
    const Bound given("int", arguments, {"default", "base"});
    if (subject.is_undefined()) fail_undefined(subject);
    const Value otherwise = given[0] != nullptr ? *given[0] : Value(int64_t{0});
    if (const auto number = subject.integer()) return Value(*number);
    std::optional<int64_t> result;
    if (const auto* real = subject.get<double>()) {
        result = truncated(*real);
    } else if (const Text* text = subject.string()) {
        result = parse_integer(*text, given.integer(1, 10));
        if (const auto real = result ? std::nullopt : parse_real(*text)) result = truncated(*real);
    }
    return result ? Value(*result) : otherwise;
}

Value to_float(Budget&, const Value& subject, Arguments& arguments) {
    const Bound given("float", arguments, {"default"});
    if (subject.is_undefined()) fail_undefined(subject);
    if (subject.is_number()) return Value(subject.real());
    if (subject.string() != nullptr)
        if (const auto real = parse_real(*subject.string())) return Value(*real);
    return given[0] != nullptr ? *given[0] : Value(0.0);
}

Value absolute(Budget&, const Value& subject, Arguments& arguments) {
    const Bound none("abs", arguments, {});
    if (subject.is_undefined()) fail_undefined(subject);
    if (const auto* real = subject.get<double>()) return Value(std::abs(*real));
    const auto number = subject.integer();
    if (!number) fail_type(std::string("bad operand type for abs(): '") + subject.type_name() + "'");
    return *number < 0 ? negated(Value(*number), true) : Value(*number);
}

Value sum(Budget& budget, const Value& subject, Arguments& arguments) {
    const Bound given("sum", arguments, {"attribute", "start"});
    Value total = given[1] != nullptr ? *given[1] : Value(int64_t{0});
    if (total.string() != nullptr) fail_type("sum() can't sum strings");
    for (const Value& item : items_of(budget, subject))
        total =
            arithmetic(budget, Operator::add, total, given.absent(0) ? item : attribute_path(budget, item, *given[0]));
    return total;
}

Value round(Budget&, const Value& subject, Arguments& arguments) {
    const Bound given("round", arguments, {"precision", "method"});
    if (subject.is_undefined()) fail_undefined(subject);
    if (!subject.is_number()) fail_type(std::string("type ") + subject.type_name() + " doesn't define round");
    const int64_t precision = given.integer(0, 0);
    if (precision < 0 || precision > 15) fail_type("round: Lathe rounds to 0 to 15 digits");
    const bool up = given[1] != nullptr && equal(*given.string(1), "ceil");
    const bool down = given[1] != nullptr && equal(*given.string(1), "floor");
    if (given[1] != nullptr && !up && !down && !equal(*given.string(1), "common"))
        fail_type("method must be common, ceil or floor");
    const double scale = std::pow(10.0, static_cast<double>(precision));
    if (up) return Value(std::ceil(subject.real() * scale) / scale);
    if (down) return Value(std::floor(subject.real() * scale) / scale);
    if (const auto number = subject.integer()) return Value(*number);
    if (!std::isfinite(subject.real())) return subject;
    // By way of the decimal text, which is rounded exactly.
    char digits[400];
    std::snprintf(digits, sizeof digits, "%.*f", static_cast<int>(precision), subject.real());
    return Value(std::strtod(digits, nullptr));
}

}  // namespace

std::span<const NamedFilter> number_filters() {
    static constexpr NamedFilter kFilters[] = {
        {"abs", absolute}, {"float", to_float}, {"int", to_int}, {"round", round}, {"sum", sum}};
    return kFilters;
}

}  // namespace lathe::jinja
