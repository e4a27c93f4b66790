// Filters that apply another filter or a test to each item, and those that fill in what is missing.
#include "engine/data/jinja_filters.h"

namespace lathe::jinja {

namespace {

std::string name_of(const Value& value) {
    if (value.string() == nullptr) fail_type("the name of a filter or test must be a string");
    return utf8_of(TextView(*value.string()).substr(0, 100));
}

Value map(Budget& budget, const Value& subject, Arguments& arguments) {
    if (!subject.truth()) return iterator_value(budget, {});
    std::vector<Value> mapped;
    if (arguments.positional.empty()) {
        const Bound given("map", arguments, {"attribute", "default"}, 1);
        for (const Value& item : items_of(budget, subject)) {
            Value value = attribute_path(budget, item, *given[0]);
            if (value.is_undefined() && !given.absent(1)) value = *given[1];
            mapped.push_back(std::move(value));
        }
        return iterator_value(budget, std::move(mapped));
    }
    const std::string name = name_of(arguments.positional[0]);
    const Arguments rest{.positional = {arguments.positional.begin() + 1, arguments.positional.end()},
                         .named = arguments.named};
    for (const Value& item : items_of(budget, subject)) {
        Arguments own = rest;
        mapped.push_back(apply_filter(budget, name, item, own));
    }
    return iterator_value(budget, std::move(mapped));
}

// select, reject, selectattr, rejectattr: by a test, or by truth where none is named.
template <bool wanted, bool by_attribute>
Value choose(Budget& budget, const Value& subject, Arguments& arguments) {
    if (!subject.truth()) return iterator_value(budget, {});
    constexpr size_t kFirst = by_attribute ? 1 : 0;
    if (arguments.positional.size() < kFirst) fail_type("Missing parameter for attribute name");
    const bool tests = arguments.positional.size() > kFirst;
    const std::string name = tests ? name_of(arguments.positional[kFirst]) : "";
    Arguments rest{.positional = {}, .named = arguments.named};
    for (size_t i = kFirst + 1; i < arguments.positional.size(); ++i)
        rest.positional.push_back(arguments.positional[i]);
    std::vector<Value> chosen;
    for (const Value& item : items_of(budget, subject)) {
        const Value tried = by_attribute ? attribute_path(budget, item, arguments.positional[0]) : item;
        Arguments own = rest;
        if ((tests ? apply_test(budget, name, tried, own) : tried.truth()) == wanted) chosen.push_back(item);
    }
    return iterator_value(budget, std::move(chosen));
}

Value default_filter(Budget&, const Value& subject, Arguments& arguments) {
    const Bound given("default", arguments, {"default_value", "boolean"});
    const bool missing = subject.is_undefined() || (given.truth(1, false) && !subject.truth());
    if (!missing) return subject;
    return given[0] != nullptr ? *given[0] : literal({});
}

Value attr(Budget& budget, const Value& subject, Arguments& arguments) {
    const Bound given("attr", arguments, {"name"}, 1);
    const std::string name = utf8_of(TextView(*given.string(0)).substr(0, 100));
    if (subject.dict() != nullptr && !method_of(subject, name)) {
        if (name.rfind("__", 0) != 0) return undefined("'dict object' has no attribute '" + name + "'");
    }
    return attribute(budget, subject, name);
}

Value groupby(Budget& budget, const Value& subject, Arguments& arguments) {
    const Bound given("groupby", arguments, {"attribute", "default", "case_sensitive"}, 1);
    const auto key_of = [&](const Value& item) {
        const Value key = attribute_path(budget, item, *given[0]);
        return key.is_undefined() && !given.absent(1) ? *given[1] : key;
    };
    Arguments by{.positional = {}, .named = {{"attribute", *given[0]}}};
    if (given.truth(2, false)) by.named.emplace_back("case_sensitive", Value(true));
    if (!given.absent(1)) fail_type("groupby with a default: Lathe does not know it");
    const Value sorted = apply_filter(budget, "sort", subject, by);
    std::vector<Value> groups, group;
    const auto same = [&](const Value& a, const Value& b) {
        if (given.truth(2, false)) return equal(budget, a, b);
        return equal(budget, ignoring_case(budget, a), ignoring_case(budget, b));
    };
    const auto finish_group = [&] {
        if (group.empty()) return;
        const Value key = key_of(group.front());
        groups.push_back(
            sequence_value(budget, SequenceKind::tuple, {key, list_value(budget, std::exchange(group, {}))}));
    };
    for (const Value& item : sorted.sequence()->items) {
        if (!group.empty() && !same(key_of(group.front()), key_of(item))) finish_group();
        group.push_back(item);
    }
    finish_group();
    return list_value(budget, std::move(groups));
}

}  // namespace

std::span<const NamedFilter> choice_filters() {
    static constexpr NamedFilter kFilters[] = {{"attr", attr},
                                               {"d", default_filter},
                                               {"default", default_filter},
                                               {"groupby", groupby},
                                               {"map", map},
                                               {"reject", choose<false, false>},
                                               {"rejectattr", choose<false, true>},
                                               {"select", choose<true, false>},
                                               {"selectattr", choose<true, true>}};
    return kFilters;
}

}  // namespace lathe::jinja
