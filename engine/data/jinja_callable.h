// What a template can call: filters, tests, methods, functions, macros; and what it calls them with.
// Thread: the renderer's.
#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/data/jinja_value.h"

namespace lathe::jinja {

struct Arguments {
    std::vector<Value> positional;
    std::vector<std::pair<std::string, Value>> named;
};

struct Callable {
    std::string name;
    std::function<Value(Budget&, Arguments&)> call;
    bool is_macro = false;
};
Value function_value(std::string name, std::function<Value(Budget&, Arguments&)> call, bool is_macro = false);

// The loop of a template's `for`, as its body sees it.
struct Loop {
    std::vector<Value> items;
    size_t index0 = 0;
    int64_t depth0 = 0;
    std::vector<Value> last_changed;
    bool has_changed = false;
    Charge charge;
};
// Empty where a loop has no such attribute.
std::optional<Value> loop_attribute(Budget& budget, const Value& loop, std::string_view name);

// Arguments by the names of the parameters, as Python binds them: too many, too few (`required`), twice or unknown is a
// type error.
class Bound {
public:
    Bound(const std::string& function, Arguments& arguments, std::initializer_list<const char*> parameters,
          size_t required = 0);
    // Null: not given.
    const Value* operator[](size_t parameter) const { return given_[parameter] ? &values_[parameter] : nullptr; }
    bool truth(size_t parameter, bool otherwise) const;
    int64_t integer(size_t parameter, int64_t otherwise) const;  // type error: not an integer
    const Text* string(size_t parameter) const;                  // null: none given; type error: not a string
    bool absent(size_t parameter) const { return !given_[parameter] || values_[parameter].is_none(); }

private:
    std::string function_;
    std::vector<Value> values_;
    std::vector<bool> given_;
};

// Items of whatever can be iterated over, without a copy. An iterator has none the second time.
class Items {
public:
    Items(Budget& budget, const Value& value);
    size_t size() const { return size_; }
    Value operator[](size_t i) const;

private:
    Budget& budget_;
    Value value_;
    size_t size_ = 0;
};
std::vector<Value> items_of(Budget& budget, const Value& value);
bool is_iterable(const Value& value);
std::optional<int64_t> length_of(const Value& value);  // nothing: it has none

// Python's str(), repr() and transformers' tojson.
void append_str(TextBuilder& out, Budget& budget, const Value& value);
void append_repr(TextBuilder& out, Budget& budget, const Value& value);
std::string repr_of(double number);
Value str_of(Budget& budget, const Value& value);
Value to_json(Budget& budget, const Value& value, Arguments& arguments);

using Filter = Value (*)(Budget& budget, const Value& subject, Arguments& arguments);
using Test = bool (*)(Budget& budget, const Value& subject, Arguments& arguments);
struct NamedFilter {
    std::string_view name;
    Filter filter;
};
// Null: there is none of that name.
Filter find_filter(std::string_view name);
Test find_test(std::string_view name);
Value apply_filter(Budget& budget, std::string_view name, const Value& subject, Arguments& arguments);
bool apply_test(Budget& budget, std::string_view name, const Value& subject, Arguments& arguments);

// a.name and a[key], by the rules of jinja2's sandbox.
Value attribute(Budget& budget, const Value& object, const std::string& name);
Value subscript(Budget& budget, const Value& object, const Value& key);
Value slice(Budget& budget, const Value& object, const Value& start, const Value& stop, const Value& step);
// Method of that type, empty: none. Never changes its object.
std::optional<Value> method_of(const Value& object, const std::string& name);
std::optional<Value> string_method(const Value& object, const std::string& name);
// range, dict, namespace, raise_exception, strftime_now; empty: none.
std::optional<Value> global_function(const std::string& name);
// Of text: "%s is %d" % values, and its format(). Refuses what Lathe does not know.
Value percent_format(Budget& budget, TextView format, const Value& values);
Value brace_format(Budget& budget, TextView format, Arguments& arguments);
// Python's int(text, base) and float(text).
std::optional<int64_t> parse_integer(TextView text, int64_t base);
std::optional<double> parse_real(TextView text);

}  // namespace lathe::jinja
