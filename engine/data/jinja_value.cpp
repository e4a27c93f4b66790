#include "engine/data/jinja_value.h"

#include <algorithm>
#include <cmath>

#include "engine/base/error.h"
#include "engine/data/jinja_callable.h"

namespace lathe::jinja {

namespace {

constexpr int64_t kValueBytes = sizeof(Value) + 16;
constexpr int64_t kObjectBytes = 96;
constexpr int64_t kMaxRange = 100'000;  // as jinja2's sandbox

void check_nesting(int nesting) {
    if (nesting > kMaxNesting)
        fail({.kind = ErrorKind::too_large,
              .expected = "values nested at most " + std::to_string(kMaxNesting) + " deep"});
}

}  // namespace

const Text* Value::string() const {
    const auto* p = get<std::shared_ptr<const String>>();
    return p != nullptr ? &(*p)->text : nullptr;
}
const Sequence* Value::sequence() const {
    const auto* p = get<std::shared_ptr<const Sequence>>();
    return p != nullptr ? p->get() : nullptr;
}
const Dict* Value::dict() const {
    const auto* p = get<std::shared_ptr<const Dict>>();
    return p != nullptr ? p->get() : nullptr;
}
Namespace* Value::name_space() const {
    const auto* p = get<std::shared_ptr<Namespace>>();
    return p != nullptr ? p->get() : nullptr;
}
const Callable* Value::callable() const {
    const auto* p = get<std::shared_ptr<const Callable>>();
    return p != nullptr ? p->get() : nullptr;
}
Loop* Value::loop() const {
    const auto* p = get<std::shared_ptr<Loop>>();
    return p != nullptr ? p->get() : nullptr;
}

std::optional<int64_t> Value::integer() const {
    if (const auto* number = get<int64_t>()) return *number;
    if (const auto* truth = get<bool>()) return *truth ? 1 : 0;
    return std::nullopt;
}

double Value::real() const {
    if (const auto* number = get<double>()) return *number;
    return static_cast<double>(integer().value_or(0));
}

bool Value::truth() const {
    if (is_undefined() || is_none()) return false;
    if (is_number()) return get<double>() != nullptr ? real() != 0 : *integer() != 0;
    if (const Text* text = string()) return !text->empty();
    if (const Sequence* s = sequence()) return s->kind == SequenceKind::iterator || !s->items.empty();
    if (const Dict* d = dict()) return !d->items.empty();
    return true;
}

int Value::nesting() const {
    if (const Sequence* s = sequence()) return s->nesting;
    if (const Dict* d = dict()) return d->nesting;
    return 0;
}

const char* Value::type_name() const {
    if (is_undefined()) return "Undefined";
    if (is_none()) return "NoneType";
    if (is_bool()) return "bool";
    if (get<int64_t>() != nullptr) return "int";
    if (get<double>() != nullptr) return "float";
    if (string() != nullptr) return "str";
    if (dict() != nullptr) return "dict";
    if (name_space() != nullptr) return "Namespace";
    if (loop() != nullptr) return "LoopContext";
    if (callable() != nullptr) return "function";
    switch (sequence()->kind) {
        case SequenceKind::list:
            return "list";
        case SequenceKind::tuple:
            return "tuple";
        case SequenceKind::dict_keys:
            return "dict_keys";
        case SequenceKind::dict_values:
            return "dict_values";
        case SequenceKind::dict_items:
            return "dict_items";
        case SequenceKind::range:
            return "range";
        default:
            return sequence()->iterator_name.c_str();
    }
}

Value string_value(Budget& budget, Text text) {
    const auto bytes = static_cast<int64_t>(text.size() * sizeof(char32_t));
    budget.step(bytes / 64);
    Charge charge(budget, kObjectBytes + bytes);
    return Value(std::make_shared<const String>(String{std::move(text), std::move(charge)}));
}

Value literal(Text text) {
    return Value(std::make_shared<const String>(String{std::move(text), {}}));
}

Value sequence_value(Budget& budget, SequenceKind kind, std::vector<Value> items) {
    Sequence sequence{.kind = kind, .items = std::move(items), .charge = {}};
    const auto count = static_cast<int64_t>(sequence.items.size());
    budget.step(count);
    sequence.charge = Charge(budget, kObjectBytes + count * kValueBytes);
    for (const Value& item : sequence.items) sequence.nesting = std::max(sequence.nesting, 1 + item.nesting());
    check_nesting(sequence.nesting);
    return Value(std::make_shared<const Sequence>(std::move(sequence)));
}

Value iterator_value(Budget& budget, std::vector<Value> items, const char* name) {
    Value plain = sequence_value(budget, SequenceKind::iterator, std::move(items));
    std::const_pointer_cast<Sequence>(*plain.get<std::shared_ptr<const Sequence>>())->iterator_name = name;
    return plain;
}

Value range_value(Budget& budget, int64_t start, int64_t stop, int64_t step) {
    if (step == 0) fail_type("range() arg 3 must not be zero");
    const int64_t span = step > 0 ? stop - start : start - stop;
    const int64_t count = span <= 0 ? 0 : (span - 1) / std::abs(step) + 1;
    if (count > kMaxRange)
        fail({.kind = ErrorKind::too_large, .expected = "a range of at most " + std::to_string(kMaxRange) + " items"});
    std::vector<Value> items;
    items.reserve(static_cast<size_t>(count));
    for (int64_t i = 0; i < count; ++i) items.emplace_back(start + i * step);
    Value range = sequence_value(budget, SequenceKind::range, std::move(items));
    const auto inside = std::const_pointer_cast<Sequence>(*range.get<std::shared_ptr<const Sequence>>());
    inside->start = start;
    inside->stop = stop;
    inside->step = step;
    return range;
}

Value dict_value(Budget& budget, std::vector<std::pair<Value, Value>> items) {
    Dict dict{.items = std::move(items), .charge = {}};
    const auto count = static_cast<int64_t>(dict.items.size());
    budget.step(count);
    dict.charge = Charge(budget, kObjectBytes + count * 2 * kValueBytes);
    for (const auto& [key, value] : dict.items)
        dict.nesting = std::max({dict.nesting, 1 + key.nesting(), 1 + value.nesting()});
    check_nesting(dict.nesting);
    return Value(std::make_shared<const Dict>(std::move(dict)));
}

Value undefined(std::string why) {
    return Value(Undefined{std::make_shared<const std::string>(std::move(why))});
}

Value value_of(Budget& budget, const Json& json, bool mark) {
    switch (json.type()) {
        case Json::value_t::boolean:
            return Value(json.get<bool>());
        case Json::value_t::number_integer:
            return Value(json.get<int64_t>());
        case Json::value_t::number_unsigned:
            if (json.get<uint64_t>() <= static_cast<uint64_t>(INT64_MAX)) return Value(json.get<int64_t>());
            return Value(json.get<double>());
        case Json::value_t::number_float:
            return Value(json.get<double>());
        case Json::value_t::string:
            return string_value(budget, text_of(json.get_ref<const std::string&>(), mark));
        case Json::value_t::array: {
            std::vector<Value> items;
            for (const Json& item : json) items.push_back(value_of(budget, item, mark));
            return list_value(budget, std::move(items));
        }
        case Json::value_t::object: {
            std::vector<std::pair<Value, Value>> items;
            for (const auto& [key, item] : json.items())
                items.emplace_back(string_value(budget, text_of(key, mark)), value_of(budget, item, mark));
            return dict_value(budget, std::move(items));
        }
        default:
            return Value(None{});
    }
}

void insert(Budget& budget, std::vector<std::pair<Value, Value>>& items, Value key, Value value) {
    if (key.dict() != nullptr || key.is(SequenceKind::list))
        fail_type(std::string("unhashable type: ") + key.type_name());
    for (auto& [known, slot] : items) {
        budget.step();
        if (!equal(budget, known, key)) continue;
        slot = std::move(value);
        return;
    }
    budget.room_for(static_cast<int64_t>(items.size() + 1) * 2 * kValueBytes);
    items.emplace_back(std::move(key), std::move(value));
}

const Value* lookup(Budget& budget, const Dict& dict, const Value& key) {
    for (const auto& [known, value] : dict.items) {
        budget.step();
        if (equal(budget, known, key)) return &value;
    }
    return nullptr;
}

void fail_type(const std::string& text) {
    fail({.kind = ErrorKind::malformed, .found = text});
}

void fail_undefined(const Value& value) {
    const auto* u = value.get<Undefined>();
    fail({.kind = ErrorKind::malformed, .found = u->why ? *u->why : "an undefined value"});
}

Value TextBuilder::finish() {
    return Value(std::make_shared<const String>(String{std::move(text_), std::move(charge_)}));
}

void TextBuilder::make_room(size_t characters) {
    const size_t more = std::max(characters, std::max<size_t>(64, text_.size() / 2));
    budget_.step(static_cast<int64_t>(characters) / 16);
    charge_.grow(static_cast<int64_t>(more * sizeof(char32_t)));
    room_ += more;
    text_.reserve(text_.size() + room_);
}

}  // namespace lathe::jinja
