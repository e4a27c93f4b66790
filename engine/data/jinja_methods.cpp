// Methods of mappings and sequences, and the functions that every template has.
#include <algorithm>
#include <ctime>

#include "engine/base/error.h"
#include "engine/data/jinja_callable.h"

namespace lathe::jinja {

namespace {

constexpr size_t kMaxMessage = 300;
constexpr size_t kMaxTimeFormat = 256;

Value view(Budget& budget, const Dict& dict, SequenceKind kind) {
    std::vector<Value> items;
    for (const auto& [key, value] : dict.items) {
        if (kind == SequenceKind::dict_items)
            items.push_back(sequence_value(budget, SequenceKind::tuple, {key, value}));
        else
            items.push_back(kind == SequenceKind::dict_keys ? key : value);
    }
    return sequence_value(budget, kind, std::move(items));
}

std::optional<Value> dict_method(const Value& object, const std::string& name) {
    for (const auto& [known, kind] :
         {std::pair("items", SequenceKind::dict_items), std::pair("keys", SequenceKind::dict_keys),
          std::pair("values", SequenceKind::dict_values)}) {
        if (name != known) continue;
        return function_value(name, [object, name, kind = kind](Budget& budget, Arguments& arguments) {
            const Bound none(name, arguments, {});
            return view(budget, *object.dict(), kind);
        });
    }
    if (name == "get") {
        return function_value(name, [object](Budget& budget, Arguments& arguments) {
            if (!arguments.named.empty()) fail_type("dict.get() takes no keyword arguments");
            const Bound given("get", arguments, {"key", "default"}, 1);
            if (given[0]->dict() != nullptr || given[0]->is(SequenceKind::list))
                fail_type(std::string("unhashable type: '") + given[0]->type_name() + "'");
            if (const Value* found = lookup(budget, *object.dict(), *given[0])) return *found;
            return given[1] != nullptr ? *given[1] : Value(None{});
        });
    }
    if (name == "copy") return function_value(name, [object](Budget&, Arguments&) { return object; });
    return std::nullopt;
}

std::optional<Value> sequence_method(const Value& object, const std::string& name) {
    if (name == "index" || name == "count") {
        return function_value(name, [object, name](Budget& budget, Arguments& arguments) {
            const Bound given(name, arguments, {"value"}, 1);
            int64_t count = 0;
            const auto& items = object.sequence()->items;
            for (size_t i = 0; i < items.size(); ++i) {
                budget.step();
                if (!equal(budget, items[i], *given[0])) continue;
                if (name == "index") return Value(static_cast<int64_t>(i));
                ++count;
            }
            if (name == "index") fail_type("the value is not in the list");
            return Value(count);
        });
    }
    if (name == "copy" && object.is(SequenceKind::list))
        return function_value(name, [object](Budget&, Arguments&) { return object; });
    return std::nullopt;
}

Value range(Budget& budget, Arguments& arguments) {
    if (!arguments.named.empty()) fail_type("range() takes no keyword arguments");
    const Bound given("range", arguments, {"start", "stop", "step"}, 1);
    int64_t numbers[3] = {0, 0, 1};
    for (size_t i = 0; i < 3; ++i)
        if (given[i] != nullptr) numbers[i] = std::clamp(given.integer(i, 0), -(int64_t{1} << 60), int64_t{1} << 60);
    if (given[1] == nullptr) {
        numbers[1] = numbers[0];
        numbers[0] = 0;
    }
    return range_value(budget, numbers[0], numbers[1], numbers[2]);
}

// Of a mapping or of pairs, and of keyword arguments.
std::vector<std::pair<Value, Value>> pairs_of(Budget& budget, Arguments& arguments) {
    std::vector<std::pair<Value, Value>> pairs;
    if (arguments.positional.size() > 1) fail_type("dict expected at most 1 argument");
    for (const Value& source : arguments.positional) {
        if (source.dict() != nullptr) {
            pairs = source.dict()->items;
            continue;
        }
        for (const Value& item : items_of(budget, source)) {
            const std::vector<Value> pair = items_of(budget, item);
            if (pair.size() != 2) fail_type("a dict is made of pairs");
            insert(budget, pairs, pair[0], pair[1]);
        }
    }
    for (auto& [name, value] : arguments.named) insert(budget, pairs, string_value(budget, name), value);
    return pairs;
}

Value dict(Budget& budget, Arguments& arguments) {
    return dict_value(budget, pairs_of(budget, arguments));
}

Value make_namespace(Budget& budget, Arguments& arguments) {
    auto space = std::make_shared<Namespace>();
    space->charge = Charge(budget, 128);
    for (auto& [key, value] : pairs_of(budget, arguments)) {
        if (key.string() == nullptr) fail_type("the attributes of a namespace have names");
        std::string name = utf8_of(*key.string());
        if (!name.empty() && name[0] == '_') fail_type("a namespace attribute that begins with an underscore");
        space->charge.grow(static_cast<int64_t>(name.size()) + 96);
        space->attributes.emplace_back(std::move(name), value);
    }
    return Value(std::move(space));
}

Value raise_exception(Budget& budget, Arguments& arguments) {
    const Bound given("raise_exception", arguments, {"message"}, 1);
    const Value text = str_of(budget, *given[0]);
    fail({.kind = ErrorKind::usage, .found = utf8_of(TextView(*text.string()).substr(0, kMaxMessage))});
}

Value strftime_now(Budget& budget, Arguments& arguments) {
    const Bound given("strftime_now", arguments, {"format"}, 1);
    const std::string format = utf8_of(TextView(*given.string(0)).substr(0, kMaxTimeFormat));
    if (given.string(0)->size() > kMaxTimeFormat) fail_type("strftime_now: the format is too long");
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    localtime_r(&now, &parts);
    char text[4096];
    // strftime writes nothing for an empty text and for one that does not fit.
    const size_t size = std::strftime(text, sizeof text, format.c_str(), &parts);
    return string_value(budget, std::string_view(text, size));
}

}  // namespace

std::optional<Value> method_of(const Value& object, const std::string& name) {
    if (object.string() != nullptr) return string_method(object, name);
    if (object.dict() != nullptr) return dict_method(object, name);
    if (object.is(SequenceKind::list) || object.is(SequenceKind::tuple) || object.is(SequenceKind::range))
        return sequence_method(object, name);
    return std::nullopt;
}

std::optional<Value> global_function(const std::string& name) {
    constexpr std::pair<std::string_view, Value (*)(Budget&, Arguments&)> kFunctions[] = {
        {"dict", dict},   {"namespace", make_namespace},  {"raise_exception", raise_exception},
        {"range", range}, {"strftime_now", strftime_now},
    };
    for (const auto& [known, function] : kFunctions)
        if (known == name) return function_value(name, function);
    return std::nullopt;
}

}  // namespace lathe::jinja
