#include "engine/data/jinja_filters.h"

namespace lathe::jinja {

Filter find_filter(std::string_view name) {
    for (const auto& table : {text_filters(), sequence_filters(), choice_filters(), number_filters()})
        for (const NamedFilter& known : table)
            if (known.name == name) return known.filter;
    return nullptr;
}

Value apply_filter(Budget& budget, std::string_view name, const Value& subject, Arguments& arguments) {
    const Level level(budget);
    budget.step();
    const Filter filter = find_filter(name);
    if (filter == nullptr) fail_type("no filter named '" + std::string(name.substr(0, 100)) + "'");
    return filter(budget, subject, arguments);
}

bool apply_test(Budget& budget, std::string_view name, const Value& subject, Arguments& arguments) {
    budget.step();
    const Test test = find_test(name);
    if (test == nullptr) fail_type("no test named '" + std::string(name.substr(0, 100)) + "'");
    return test(budget, subject, arguments);
}

Value attribute_path(Budget& budget, Value item, const Value& path) {
    if (path.is_none()) return item;
    const Text* text = path.string();
    if (text == nullptr) return subscript(budget, item, path);
    for (size_t begin = 0; begin <= text->size();) {
        const size_t end = std::min(text->find(U'.', begin), text->size());
        const TextView part = TextView(*text).substr(begin, end - begin);
        bool number = !part.empty();
        for (const char32_t c : part) number = number && code_point(c) >= '0' && code_point(c) <= '9';
        const auto index = number ? parse_integer(part, 10) : std::nullopt;
        item = subscript(budget, item, index ? Value(*index) : string_value(budget, Text(part)));
        begin = end + 1;
    }
    return item;
}

Value ignoring_case(Budget& budget, const Value& value) {
    return value.string() != nullptr ? string_value(budget, lower(*value.string())) : value;
}

}  // namespace lathe::jinja
