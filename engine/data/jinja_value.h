// Values of a template, with Python's meaning. All are immutable but namespaces, and nest at most kMaxNesting deep, so
// that walking and freeing them takes little stack. Thread: the renderer's.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/json.h"
#include "engine/data/jinja_text.h"

namespace lathe::jinja {

class Value;
struct Callable;
struct Loop;

// Printing it gives nothing; any other use throws `why`.
struct Undefined {
    std::shared_ptr<const std::string> why;
};
struct None {};

struct String {
    Text text;
    Charge charge;
};
// A range's items are its numbers.
enum class SequenceKind { list, tuple, dict_keys, dict_values, dict_items, iterator, range };
struct Sequence {
    SequenceKind kind = SequenceKind::list;
    std::vector<Value> items;
    int nesting = 1;
    Charge charge;
    int64_t start = 0, stop = 0, step = 1;    // of a range
    std::string iterator_name = "generator";  // of an iterator: what Python calls it
    mutable bool consumed = false;            // an iterator gives its items once
};
struct Dict {
    std::vector<std::pair<Value, Value>> items;  // in the order of insertion
    int nesting = 1;
    Charge charge;
};
struct Namespace {
    std::vector<std::pair<std::string, Value>> attributes;
    Charge charge;
};

constexpr int kMaxNesting = 100;

class Value {
public:
    using Data = std::variant<Undefined, None, bool, int64_t, double, std::shared_ptr<const String>,
                              std::shared_ptr<const Sequence>, std::shared_ptr<const Dict>, std::shared_ptr<Namespace>,
                              std::shared_ptr<const Callable>, std::shared_ptr<Loop>>;
    Value() = default;  // undefined
    Value(Data data) : data_(std::move(data)) {}

    template <class T>
    const T* get() const {
        return std::get_if<T>(&data_);
    }
    bool is_undefined() const { return get<Undefined>() != nullptr; }
    bool is_none() const { return get<None>() != nullptr; }
    bool is_bool() const { return get<bool>() != nullptr; }
    const Text* string() const;
    const Sequence* sequence() const;
    bool is(SequenceKind kind) const { return sequence() != nullptr && sequence()->kind == kind; }
    const Dict* dict() const;
    Namespace* name_space() const;
    const Callable* callable() const;
    Loop* loop() const;
    bool is_number() const { return is_bool() || get<int64_t>() != nullptr || get<double>() != nullptr; }
    // A bool counts as 0 or 1.
    std::optional<int64_t> integer() const;
    double real() const;  // of a number

    bool truth() const;
    int nesting() const;
    const char* type_name() const;  // Python's
    const Data& data() const { return data_; }

private:
    Data data_;
};

// Makers. A string that grew out of others was charged for by its builder.
Value string_value(Budget& budget, Text text);
inline Value string_value(Budget& budget, std::string_view utf8) {
    return string_value(budget, text_of(utf8));
}
Value literal(Text text);  // of the template: not charged
Value sequence_value(Budget& budget, SequenceKind kind, std::vector<Value> items);
inline Value list_value(Budget& budget, std::vector<Value> items) {
    return sequence_value(budget, SequenceKind::list, std::move(items));
}
Value iterator_value(Budget& budget, std::vector<Value> items, const char* name = "generator");
Value range_value(Budget& budget, int64_t start, int64_t stop, int64_t step);  // throws over 100,000 items
Value dict_value(Budget& budget, std::vector<std::pair<Value, Value>> items);  // keys differ
Value undefined(std::string why);
// Strings are marked as from the conversation where `mark`.
Value value_of(Budget& budget, const Json& json, bool mark);

// Adds or replaces.
void insert(Budget& budget, std::vector<std::pair<Value, Value>>& items, Value key, Value value);
const Value* lookup(Budget& budget, const Dict& dict, const Value& key);
// Python's ==; never throws but for the budget.
bool equal(Budget& budget, const Value& a, const Value& b);
// Python's <; throws where the types have no order.
bool less(Budget& budget, const Value& a, const Value& b);
bool less_or_equal(Budget& budget, const Value& a, const Value& b);
// Throws a type error of Python, what the template did not expect.
[[noreturn]] void fail_type(const std::string& text);
[[noreturn]] void fail_undefined(const Value& value);

// A string put together piece by piece, charged as it grows.
class TextBuilder {
public:
    explicit TextBuilder(Budget& budget) : charge_(budget, 64), budget_(budget) {}
    void append(TextView text) {
        if (text.size() > room_) make_room(text.size());
        room_ -= text.size();
        text_ += text;
    }
    void append(std::string_view ascii) {
        for (const char c : ascii) append(TextView(text_of_char(static_cast<char32_t>(static_cast<unsigned char>(c)))));
    }
    void append(char32_t c) { append(TextView(&c, 1)); }
    const Text& text() const { return text_; }
    Value finish();

private:
    void make_room(size_t characters);

    Text text_;
    size_t room_ = 0;
    Charge charge_;
    Budget& budget_;
};

}  // namespace lathe::jinja
