// a.b, a[b] and slices, by the rules of jinja2's ImmutableSandboxedEnvironment.
#include <algorithm>

#include "engine/base/error.h"
#include "engine/data/jinja_callable.h"

namespace lathe::jinja {

namespace {

// Methods that Python has and that would change their object: reading them gives something undefined.
bool changes_its_object(const Value& object, const std::string& name) {
    constexpr const char* kDict[] = {"clear", "pop", "popitem", "setdefault", "update"};
    constexpr const char* kList[] = {"append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove"};
    const auto is_name = [&](const char* other) { return name == other; };
    if (object.dict() != nullptr) return std::any_of(std::begin(kDict), std::end(kDict), is_name);
    return object.is(SequenceKind::list) && std::any_of(std::begin(kList), std::end(kList), is_name);
}

// What Python's getattr() finds.
std::optional<Value> python_attribute(Budget& budget, const Value& object, const std::string& name) {
    if (name.rfind("__", 0) == 0)
        fail({.kind = ErrorKind::unsupported, .expected = "no attribute that begins with __", .found = name});
    if (object.loop() != nullptr) return loop_attribute(budget, object, name);
    if (changes_its_object(object, name))
        return undefined("access to attribute '" + name + "' of '" + object.type_name() + "' object is unsafe.");
    return method_of(object, name);
}

std::optional<Value> python_item(Budget& budget, const Value& object, const Value& key) {
    if (const Dict* dict = object.dict()) {
        const Value* found = lookup(budget, *dict, key);
        return found != nullptr ? std::optional(*found) : std::nullopt;
    }
    const auto index = key.integer();
    if (!index) return std::nullopt;
    const auto at = [&](size_t size) -> std::optional<size_t> {
        const int64_t place = *index < 0 ? *index + static_cast<int64_t>(size) : *index;
        return place >= 0 && place < static_cast<int64_t>(size) ? std::optional(static_cast<size_t>(place))
                                                                : std::nullopt;
    };
    if (const Text* text = object.string()) {
        const auto place = at(text->size());
        return place ? std::optional(string_value(budget, Text(1, (*text)[*place]))) : std::nullopt;
    }
    if (object.is(SequenceKind::list) || object.is(SequenceKind::tuple) || object.is(SequenceKind::range)) {
        const auto place = at(object.sequence()->items.size());
        return place ? std::optional(object.sequence()->items[*place]) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<Value> namespace_attribute(const Value& object, std::string_view name) {
    for (const auto& [known, value] : object.name_space()->attributes)
        if (known == name) return value;
    return std::nullopt;
}

// The places that a slice takes, as Python's slice.indices().
std::vector<size_t> slice_places(Budget& budget, int64_t size, const Value& start, const Value& stop,
                                 const Value& step) {
    const auto number = [](const Value& value, int64_t otherwise) {
        if (value.is_none()) return otherwise;
        if (value.is_undefined()) fail_type("slice indices must be integers or None");
        if (const auto given = value.integer()) return *given;
        fail_type("slice indices must be integers or None");
    };
    const int64_t by = number(step, 1);
    if (by == 0) fail_type("slice step cannot be zero");
    const int64_t least = by > 0 ? 0 : -1, most = by > 0 ? size : size - 1;
    const auto place = [&](const Value& value, int64_t otherwise) {
        const int64_t given = number(value, otherwise);
        if (value.is_none()) return otherwise;
        return given < 0 ? (given < -size ? least : std::max(given + size, least)) : std::min(given, most);
    };
    const int64_t first = place(start, by > 0 ? least : most);
    const int64_t last = place(stop, by > 0 ? most : least);
    std::vector<size_t> places;
    budget.room_for(size * 8);
    for (int64_t at = first; by > 0 ? at < last : at > last;) {
        places.push_back(static_cast<size_t>(at));
        const int64_t left = by > 0 ? last - at : at - last;
        if (std::abs(std::max(by, -INT64_MAX)) >= left) break;
        at += by;
    }
    budget.step(static_cast<int64_t>(places.size()) / 8);
    return places;
}

}  // namespace

Value attribute(Budget& budget, const Value& object, const std::string& name) {
    if (object.is_undefined()) fail_undefined(object);
    if (object.name_space() != nullptr) {
        if (auto value = namespace_attribute(object, name)) return *value;
    } else {
        if (auto value = python_attribute(budget, object, name)) return *value;
        if (object.dict() != nullptr)
            if (auto value = python_item(budget, object, literal(text_of(name)))) return *value;
    }
    return undefined(std::string("'") + object.type_name() + " object' has no attribute '" + name + "'");
}

Value subscript(Budget& budget, const Value& object, const Value& key) {
    if (object.is_undefined()) fail_undefined(object);
    if (object.name_space() != nullptr && key.string() != nullptr) {
        if (auto value = namespace_attribute(object, utf8_of(*key.string()))) return *value;
        return undefined("the namespace has no such attribute");
    }
    if (auto value = python_item(budget, object, key)) return *value;
    if (const Text* name = key.string(); name != nullptr && name->size() <= 64)
        if (auto value = python_attribute(budget, object, utf8_of(*name))) return *value;
    TextBuilder text(budget);
    append_repr(text, budget, key);
    return undefined(std::string("'") + object.type_name() + " object' has no element " +
                     utf8_of(TextView(text.text()).substr(0, 100)));
}

Value slice(Budget& budget, const Value& object, const Value& start, const Value& stop, const Value& step) {
    if (object.is_undefined()) fail_undefined(object);
    if (const Text* text = object.string()) {
        Text part;
        const std::vector<size_t> places = slice_places(budget, static_cast<int64_t>(text->size()), start, stop, step);
        part.reserve(places.size());
        for (const size_t place : places) part += (*text)[place];
        return string_value(budget, std::move(part));
    }
    const Sequence* sequence = object.sequence();
    if (sequence == nullptr ||
        !(object.is(SequenceKind::list) || object.is(SequenceKind::tuple) || object.is(SequenceKind::range)))
        fail_type(std::string("'") + object.type_name() + "' object is not subscriptable");
    std::vector<Value> items;
    const auto places = slice_places(budget, static_cast<int64_t>(sequence->items.size()), start, stop, step);
    items.reserve(places.size());
    for (const size_t place : places) items.push_back(sequence->items[place]);
    if (sequence->kind != SequenceKind::range) return sequence_value(budget, sequence->kind, std::move(items));
    return list_value(budget, std::move(items));
}

}  // namespace lathe::jinja
