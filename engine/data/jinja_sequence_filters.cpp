// Filters that take a sequence or a mapping apart or put it in order.
#include <algorithm>

#include "engine/data/jinja_filters.h"

namespace lathe::jinja {

namespace {

bool less_keys(Budget& budget, const std::vector<Value>& a, const std::vector<Value>& b) {
    for (size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        if (!equal(budget, a[i], b[i])) return less(budget, a[i], b[i]);
    return false;
}

struct Keyed {
    std::vector<Value> keys;
    Value item;
};
// As Python's sorted(): stable, also in reverse.
std::vector<Value> sorted(Budget& budget, std::vector<Keyed> items, bool reverse) {
    budget.room_for(static_cast<int64_t>(items.size() * sizeof(Keyed)));
    std::stable_sort(items.begin(), items.end(), [&](const Keyed& a, const Keyed& b) {
        return reverse ? less_keys(budget, b.keys, a.keys) : less_keys(budget, a.keys, b.keys);
    });
    std::vector<Value> result;
    result.reserve(items.size());
    for (Keyed& keyed : items) result.push_back(std::move(keyed.item));
    return result;
}

Value length(Budget&, const Value& subject, Arguments& arguments) {
    const Bound none("length", arguments, {});
    if (const auto length = length_of(subject)) return Value(*length);
    fail_type(std::string("object of type '") + subject.type_name() + "' has no len()");
}

Value first(Budget& budget, const Value& subject, Arguments& arguments) {
    const Bound none("first", arguments, {});
    const Items items(budget, subject);
    return items.size() > 0 ? items[0] : undefined("No first item, sequence was empty.");
}

Value last(Budget& budget, const Value& subject, Arguments& arguments) {
    const Bound none("last", arguments, {});
    if (subject.is(SequenceKind::iterator) || subject.is_undefined())
        fail_type(std::string("'") + subject.type_name() + "' object is not reversible");
    const Items items(budget, subject);
    return items.size() > 0 ? items[items.size() - 1] : undefined("No last item, sequence was empty.");
}

Value list(Budget& budget, const Value& subject, Arguments& arguments) {
    const Bound none("list", arguments, {});
    return list_value(budget, items_of(budget, subject));
}

Value reverse(Budget& budget, const Value& subject, Arguments& arguments) {
    const Bound none("reverse", arguments, {});
    if (const Text* text = subject.string()) return string_value(budget, Text(text->rbegin(), text->rend()));
    const bool once = subject.is(SequenceKind::iterator) || subject.is_undefined();  // reversed() refuses these
    std::vector<Value> items = items_of(budget, subject);
    std::reverse(items.begin(), items.end());
    return once ? list_value(budget, std::move(items))
                : iterator_value(budget, std::move(items), "list_reverseiterator");
}

Value items(Budget& budget, const Value& subject, Arguments& arguments) {
    const Bound none("items", arguments, {});
    std::vector<Value> pairs;
    if (subject.is_undefined()) return iterator_value(budget, {});
    if (subject.dict() == nullptr) fail_type("Can only get item pairs from a mapping.");
    for (const auto& [key, value] : subject.dict()->items)
        pairs.push_back(sequence_value(budget, SequenceKind::tuple, {key, value}));
    return iterator_value(budget, std::move(pairs));
}

Value sort(Budget& budget, const Value& subject, Arguments& arguments) {
    const Bound given("sort", arguments, {"reverse", "case_sensitive", "attribute"});
    const bool exact = given.truth(1, false);
    std::vector<Value> paths;  // "a,b" are two
    if (!given.absent(2) && given[2]->string() != nullptr) {
        const TextView all = *given[2]->string();
        for (size_t begin = 0; begin <= all.size();) {
            const size_t end = std::min(all.find(U',', begin), all.size());
            paths.push_back(string_value(budget, Text(all.substr(begin, end - begin))));
            begin = end + 1;
        }
    } else {
        paths.push_back(given.absent(2) ? Value(None{}) : *given[2]);
    }
    std::vector<Keyed> keyed;
    for (const Value& item : items_of(budget, subject)) {
        keyed.push_back({.keys = {}, .item = item});
        for (const Value& path : paths) {
            const Value key = attribute_path(budget, item, path);
            keyed.back().keys.push_back(exact ? key : ignoring_case(budget, key));
        }
    }
    return list_value(budget, sorted(budget, std::move(keyed), given.truth(0, false)));
}

Value dictsort(Budget& budget, const Value& subject, Arguments& arguments) {
    const Bound given("dictsort", arguments, {"case_sensitive", "by", "reverse"});
    if (subject.is_undefined()) fail_undefined(subject);
    if (subject.dict() == nullptr) fail_type("dictsort takes a mapping");
    const bool by_value = given[1] != nullptr && equal(*given.string(1), "value");
    if (given[1] != nullptr && !by_value && !equal(*given.string(1), "key"))
        fail_type("You can only sort by either \"key\" or \"value\"");
    std::vector<Keyed> keyed;
    for (const auto& [key, value] : subject.dict()->items) {
        const Value& by = by_value ? value : key;
        keyed.push_back({.keys = {given.truth(0, false) ? by : ignoring_case(budget, by)},
                         .item = sequence_value(budget, SequenceKind::tuple, {key, value})});
    }
    return list_value(budget, sorted(budget, std::move(keyed), given.truth(2, false)));
}

Value unique(Budget& budget, const Value& subject, Arguments& arguments) {
    const Bound given("unique", arguments, {"case_sensitive", "attribute"});
    std::vector<Value> seen, kept;
    for (const Value& item : items_of(budget, subject)) {
        const Value full = given.absent(1) ? item : attribute_path(budget, item, *given[1]);
        const Value key = given.truth(0, false) ? full : ignoring_case(budget, full);
        if (key.dict() != nullptr || key.is(SequenceKind::list))
            fail_type(std::string("unhashable type: '") + key.type_name() + "'");
        const bool known = std::any_of(seen.begin(), seen.end(), [&](const Value& other) {
            budget.step();
            return equal(budget, other, key);
        });
        if (known) continue;
        seen.push_back(key);
        kept.push_back(item);
    }
    return iterator_value(budget, std::move(kept));
}

Value batch(Budget& budget, const Value& subject, Arguments& arguments) {
    const Bound given("batch", arguments, {"linecount", "fill_with"}, 1);
    const int64_t size = given.integer(0, 1);
    if (size < 1) fail_type("batch takes a positive number");
    std::vector<Value> rows, row;
    const auto finish_row = [&] { rows.push_back(list_value(budget, std::exchange(row, {}))); };
    for (const Value& item : items_of(budget, subject)) {
        if (static_cast<int64_t>(row.size()) == size) finish_row();
        row.push_back(item);
    }
    if (!row.empty()) {
        if (!given.absent(1)) {
            budget.room_for(std::min<int64_t>(size, INT64_MAX / 64) * 64);
            row.resize(static_cast<size_t>(size), *given[1]);
        }
        finish_row();
    }
    return iterator_value(budget, std::move(rows));
}

template <bool greatest>
Value extreme(Budget& budget, const Value& subject, Arguments& arguments) {
    const Bound given(greatest ? "max" : "min", arguments, {"case_sensitive", "attribute"});
    const std::vector<Value> all = items_of(budget, subject);
    if (all.empty()) return undefined("No aggregated item, sequence was empty.");
    const auto key_of = [&](const Value& item) {
        const Value key = given.absent(1) ? item : attribute_path(budget, item, *given[1]);
        return given.truth(0, false) ? key : ignoring_case(budget, key);
    };
    size_t best = 0;
    for (size_t i = 1; i < all.size(); ++i) {
        const Value a = key_of(all[i]), b = key_of(all[best]);
        if (greatest ? less(budget, b, a) : less(budget, a, b)) best = i;
    }
    return all[best];
}

}  // namespace

std::span<const NamedFilter> sequence_filters() {
    static constexpr NamedFilter kFilters[] = {{"batch", batch},        {"count", length},    {"dictsort", dictsort},
                                               {"first", first},        {"items", items},     {"last", last},
                                               {"length", length},      {"list", list},       {"max", extreme<true>},
                                               {"min", extreme<false>}, {"reverse", reverse}, {"sort", sort},
                                               {"unique", unique}};
    return kFilters;
}

}  // namespace lathe::jinja
