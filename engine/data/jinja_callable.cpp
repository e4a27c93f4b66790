#include "engine/data/jinja_callable.h"

#include <algorithm>

namespace lathe::jinja {

Value function_value(std::string name, std::function<Value(Budget&, Arguments&)> call, bool is_macro) {
    return Value(std::make_shared<const Callable>(Callable{std::move(name), std::move(call), is_macro}));
}

Bound::Bound(const std::string& function, Arguments& arguments, std::initializer_list<const char*> parameters,
             size_t required)
    : function_(function), values_(parameters.size()), given_(parameters.size()) {
    if (arguments.positional.size() > parameters.size())
        fail_type(function + "() takes " + std::to_string(parameters.size()) + " arguments but " +
                  std::to_string(arguments.positional.size()) + " were given");
    for (size_t i = 0; i < arguments.positional.size(); ++i) {
        values_[i] = arguments.positional[i];
        given_[i] = true;
    }
    for (auto& [name, value] : arguments.named) {
        const auto* const place = std::find(parameters.begin(), parameters.end(), name);
        if (place == parameters.end()) fail_type(function + "() got an unexpected keyword argument '" + name + "'");
        const auto i = static_cast<size_t>(place - parameters.begin());
        if (given_[i]) fail_type(function + "() got multiple values for argument '" + name + "'");
        values_[i] = value;
        given_[i] = true;
    }
    for (size_t i = 0; i < required; ++i)
        if (!given_[i]) fail_type(function + "() is missing the argument '" + std::data(parameters)[i] + "'");
}

bool Bound::truth(size_t parameter, bool otherwise) const {
    return given_[parameter] ? values_[parameter].truth() : otherwise;
}

int64_t Bound::integer(size_t parameter, int64_t otherwise) const {
    if (!given_[parameter]) return otherwise;
    const Value& value = values_[parameter];
    if (value.is_undefined()) fail_undefined(value);
    if (const auto number = value.integer()) return *number;
    fail_type(function_ + "(): '" + value.type_name() + "' object cannot be interpreted as an integer");
}

const Text* Bound::string(size_t parameter) const {
    if (!given_[parameter]) return nullptr;
    const Value& value = values_[parameter];
    if (value.is_undefined()) fail_undefined(value);
    if (value.string() == nullptr) fail_type(function_ + "() argument must be str, not " + value.type_name());
    return value.string();
}

bool is_iterable(const Value& value) {
    return value.is_undefined() || value.string() != nullptr || value.sequence() != nullptr ||
           value.dict() != nullptr || value.loop() != nullptr;
}

Items::Items(Budget& budget, const Value& value) : budget_(budget), value_(value) {
    if (value.is_undefined()) return;
    if (const Text* text = value.string()) {
        size_ = text->size();
    } else if (const Sequence* sequence = value.sequence()) {
        if (!sequence->consumed) size_ = sequence->items.size();
        if (sequence->kind == SequenceKind::iterator) sequence->consumed = true;
    } else if (const Dict* dict = value.dict()) {
        size_ = dict->items.size();
    } else {
        fail_type(std::string("'") + value.type_name() + "' object is not iterable");
    }
}

Value Items::operator[](size_t i) const {
    budget_.step();
    if (const Text* text = value_.string()) return string_value(budget_, Text(1, (*text)[i]));
    if (const Sequence* sequence = value_.sequence()) return sequence->items[i];
    return value_.dict()->items[i].first;
}

std::vector<Value> items_of(Budget& budget, const Value& value) {
    const Items all(budget, value);
    budget.room_for(static_cast<int64_t>(all.size() * sizeof(Value)));
    std::vector<Value> items;
    items.reserve(all.size());
    for (size_t i = 0; i < all.size(); ++i) items.push_back(all[i]);
    return items;
}

std::optional<int64_t> length_of(const Value& value) {
    if (value.is_undefined()) return 0;
    if (const Text* text = value.string()) return static_cast<int64_t>(text->size());
    if (const Dict* dict = value.dict()) return static_cast<int64_t>(dict->items.size());
    if (const Loop* loop = value.loop()) return static_cast<int64_t>(loop->items.size());
    if (const Sequence* sequence = value.sequence(); sequence != nullptr && sequence->kind != SequenceKind::iterator)
        return static_cast<int64_t>(sequence->items.size());
    return std::nullopt;
}

std::optional<Value> loop_attribute(Budget& budget, const Value& value, std::string_view name) {
    Loop& loop = *value.loop();
    const auto length = static_cast<int64_t>(loop.items.size());
    const auto index0 = static_cast<int64_t>(loop.index0);
    if (name == "index") return Value(index0 + 1);
    if (name == "index0") return Value(index0);
    if (name == "revindex") return Value(length - index0);
    if (name == "revindex0") return Value(length - index0 - 1);
    if (name == "length") return Value(length);
    if (name == "first") return Value(index0 == 0);
    if (name == "last") return Value(index0 + 1 == length);
    if (name == "depth") return Value(loop.depth0 + 1);
    if (name == "depth0") return Value(loop.depth0);
    if (name == "previtem") return index0 == 0 ? undefined("there is no previous item") : loop.items[loop.index0 - 1];
    if (name == "nextitem")
        return index0 + 1 == length ? undefined("there is no next item") : loop.items[loop.index0 + 1];
    if (name == "cycle") {
        return function_value("cycle", [index0](Budget&, Arguments& arguments) {
            if (arguments.positional.empty()) fail_type("no items for cycling given");
            return arguments.positional[static_cast<size_t>(index0) % arguments.positional.size()];
        });
    }
    if (name == "changed") {
        const std::shared_ptr<Loop> held = *value.get<std::shared_ptr<Loop>>();
        return function_value("changed", [held](Budget& given, Arguments& arguments) {
            bool same = held->has_changed && held->last_changed.size() == arguments.positional.size();
            for (size_t i = 0; same && i < arguments.positional.size(); ++i)
                same = equal(given, held->last_changed[i], arguments.positional[i]);
            held->last_changed = arguments.positional;
            held->has_changed = true;
            return Value(!same);
        });
    }
    budget.step();
    return std::nullopt;
}

}  // namespace lathe::jinja
