// Methods of strings, as Python's str has them.
#include <algorithm>
#include <array>

#include "engine/data/jinja_callable.h"

namespace lathe::jinja {

namespace {

using Method = Value (*)(Budget& budget, const Text& text, Arguments& arguments);

// A place given as a number from the end or the beginning.
size_t place(const Bound& given, size_t parameter, size_t size, size_t otherwise) {
    if (given.absent(parameter)) return otherwise;
    const auto length = static_cast<int64_t>(size);
    const int64_t at = given.integer(parameter, 0);
    return static_cast<size_t>(std::clamp<int64_t>(at < 0 ? at + length : at, 0, length));
}

template <Text (*change)(TextView)>
Value changed(Budget& budget, const Text& text, Arguments& arguments) {
    const Bound none("the method", arguments, {});
    budget.room_for(static_cast<int64_t>(text.size() * sizeof(char32_t)));
    return string_value(budget, change(text));
}

template <Side side>
Value stripped(Budget& budget, const Text& text, Arguments& arguments) {
    const Bound given("strip", arguments, {"chars"});
    const auto set = given.absent(0) ? std::nullopt : std::optional<TextView>(*given.string(0));
    return string_value(budget, Text(strip(text, set, side, budget)));
}

Value split_at_blanks(Budget& budget, TextView text, int64_t most, bool from_right) {
    std::vector<Value> parts;
    const auto add = [&](TextView part) { parts.push_back(string_value(budget, Text(part))); };
    if (!from_right) {
        for (text = strip(text, {}, Side::left, budget); !text.empty(); text = strip(text, {}, Side::left, budget)) {
            if (most >= 0 && static_cast<int64_t>(parts.size()) == most) {
                add(text);
                break;
            }
            const auto end = static_cast<size_t>(std::find_if(text.begin(), text.end(), is_space) - text.begin());
            add(text.substr(0, end));
            text.remove_prefix(end);
        }
        return list_value(budget, std::move(parts));
    }
    for (text = strip(text, {}, Side::right, budget); !text.empty(); text = strip(text, {}, Side::right, budget)) {
        if (most >= 0 && static_cast<int64_t>(parts.size()) == most) {
            add(text);
            break;
        }
        size_t begin = text.size();
        while (begin > 0 && !is_space(text[begin - 1])) --begin;
        add(text.substr(begin));
        text = text.substr(0, begin);
    }
    std::reverse(parts.begin(), parts.end());
    return list_value(budget, std::move(parts));
}

template <bool from_right>
Value split(Budget& budget, const Text& text, Arguments& arguments) {
    const Bound given("split", arguments, {"sep", "maxsplit"});
    int64_t most = given.integer(1, -1);
    if (given.absent(0)) return split_at_blanks(budget, text, most, from_right);
    const Text& separator = *given.string(0);
    if (separator.empty()) fail_type("empty separator");
    std::vector<Value> parts;
    TextView rest = text;
    for (; most != 0; --most) {
        const size_t at = from_right ? rfind(rest, separator, budget) : find(rest, separator, 0, budget);
        if (at == TextView::npos) break;
        parts.push_back(
            string_value(budget, Text(from_right ? rest.substr(at + separator.size()) : rest.substr(0, at))));
        rest = from_right ? rest.substr(0, at) : rest.substr(at + separator.size());
    }
    parts.push_back(string_value(budget, Text(rest)));
    if (from_right) std::reverse(parts.begin(), parts.end());
    return list_value(budget, std::move(parts));
}

Value splitlines(Budget& budget, const Text& text, Arguments& arguments) {
    const Bound given("splitlines", arguments, {"keepends"});
    std::vector<Value> lines;
    for_each_line(text, given.truth(0, false),
                  [&](TextView line) { lines.push_back(string_value(budget, Text(line))); });
    return list_value(budget, std::move(lines));
}

// Does any of them (a string or a tuple of strings) stand at that end?
template <bool at_start>
Value stands_at(Budget& budget, const Text& text, Arguments& arguments) {
    const Bound given("startswith", arguments, {"prefix", "start", "end"}, 1);
    const size_t begin = place(given, 1, text.size(), 0);
    const size_t end = place(given, 2, text.size(), text.size());
    const TextView part = TextView(text).substr(begin, end < begin ? 0 : end - begin);
    const auto fits = [&](const Value& affix) {
        if (affix.is_undefined()) fail_undefined(affix);
        if (affix.string() == nullptr) fail_type("startswith and endswith take a str or a tuple of str");
        budget.step(static_cast<int64_t>(affix.string()->size()) / 16);
        return at_start ? starts_with(part, *affix.string()) : ends_with(part, *affix.string());
    };
    if (!given[0]->is(SequenceKind::tuple)) return Value(fits(*given[0]));
    const auto& all = given[0]->sequence()->items;
    return Value(std::any_of(all.begin(), all.end(), fits));
}

Value replace(Budget& budget, const Text& text, Arguments& arguments) {
    const Bound given("replace", arguments, {"old", "new", "count"}, 2);
    const Text &old = *given.string(0), &replacement = *given.string(1);
    int64_t left = given.integer(2, -1);
    TextBuilder out(budget);
    size_t done = 0;
    for (size_t at = 0; left != 0; --left) {
        at = find(text, old, at, budget);
        if (at == TextView::npos) break;
        out.append(TextView(text).substr(done, at - done));
        out.append(replacement);
        done = at + old.size();
        at = done;
        if (!old.empty()) continue;
        if (at == text.size()) break;
        out.append(text[at]);
        done = ++at;
    }
    out.append(TextView(text).substr(done));
    return out.finish();
}

template <bool from_right, bool must>
Value find_method(Budget& budget, const Text& text, Arguments& arguments) {
    const Bound given("find", arguments, {"sub", "start", "end"}, 1);
    const size_t begin = place(given, 1, text.size(), 0);
    const size_t end = place(given, 2, text.size(), text.size());
    size_t at = TextView::npos;
    if (begin <= end) {
        const TextView part = TextView(text).substr(begin, end - begin);
        at = from_right ? rfind(part, *given.string(0), budget) : find(part, *given.string(0), 0, budget);
    }
    if (at != TextView::npos) return Value(static_cast<int64_t>(at + begin));
    if (must) fail_type("substring not found");
    return Value(int64_t{-1});
}

Value count(Budget& budget, const Text& text, Arguments& arguments) {
    const Bound given("count", arguments, {"sub"}, 1);
    const Text& part = *given.string(0);
    if (part.empty()) return Value(static_cast<int64_t>(text.size()) + 1);
    int64_t number = 0;
    for (size_t at = find(text, part, 0, budget); at != TextView::npos; at = find(text, part, at + part.size(), budget))
        ++number;
    return Value(number);
}

Value join(Budget& budget, const Text& text, Arguments& arguments) {
    const Bound given("join", arguments, {"iterable"}, 1);
    const Items items(budget, *given[0]);
    TextBuilder out(budget);
    for (size_t i = 0; i < items.size(); ++i) {
        const Value item = items[i];
        if (item.string() == nullptr)
            fail_type("sequence item " + std::to_string(i) + ": expected str instance, " + item.type_name() + " found");
        if (i > 0) out.append(text);
        out.append(*item.string());
    }
    return out.finish();
}

template <Side side>  // of the text that is filled up
Value justified(Budget& budget, const Text& text, Arguments& arguments) {
    const Bound given("center", arguments, {"width", "fillchar"}, 1);
    const Text fill = given[1] != nullptr ? *given.string(1) : Text(1, U' ');
    if (fill.size() != 1) fail_type("The fill character must be exactly one character long");
    const auto size = static_cast<int64_t>(text.size());
    const int64_t width = given.integer(0, 0), more = std::max<int64_t>(width - size, 0);
    budget.room_for(more > INT64_MAX / 8 ? INT64_MAX : more * 4);
    int64_t left = side == Side::right ? 0 : more;
    if (side == Side::both) left = more / 2 + (more & width & 1);
    return string_value(
        budget, Text(static_cast<size_t>(left), fill[0]) + text + Text(static_cast<size_t>(more - left), fill[0]));
}

template <bool at_start>
Value without_affix(Budget& budget, const Text& text, Arguments& arguments) {
    const Bound given("removeprefix", arguments, {"prefix"}, 1);
    const Text& affix = *given.string(0);
    TextView rest = text;
    if (at_start && starts_with(text, affix)) rest.remove_prefix(affix.size());
    if (!at_start && !affix.empty() && ends_with(text, affix)) rest.remove_suffix(affix.size());
    return string_value(budget, Text(rest));
}

template <bool from_right>
Value partition(Budget& budget, const Text& text, Arguments& arguments) {
    const Bound given("partition", arguments, {"sep"}, 1);
    const Text& separator = *given.string(0);
    if (separator.empty()) fail_type("empty separator");
    const size_t at = from_right ? rfind(text, separator, budget) : find(text, separator, 0, budget);
    const TextView all = text;
    std::array<TextView, 3> parts = {all, {}, {}};
    if (at == TextView::npos && from_right) parts = {TextView{}, TextView{}, all};
    if (at != TextView::npos)
        parts = {all.substr(0, at), all.substr(at, separator.size()), all.substr(at + separator.size())};
    std::vector<Value> values;
    values.reserve(parts.size());
    for (const TextView part : parts) values.push_back(string_value(budget, Text(part)));
    return sequence_value(budget, SequenceKind::tuple, std::move(values));
}

template <bool (*test)(char32_t)>
Value all_are(Budget&, const Text& text, Arguments& arguments) {
    const Bound none("the method", arguments, {});
    return Value(!text.empty() && std::all_of(text.begin(), text.end(), test));
}
bool is_letter_or_digit(char32_t c) {
    return is_letter(c) || is_digit(c);
}
template <bool (*has)(char32_t), bool (*has_not)(char32_t)>
Value has_case(Budget&, const Text& text, Arguments& arguments) {
    const Bound none("the method", arguments, {});
    return Value(std::any_of(text.begin(), text.end(), has) && std::none_of(text.begin(), text.end(), has_not));
}

Value format(Budget& budget, const Text& text, Arguments& arguments) {
    return brace_format(budget, text, arguments);
}

constexpr std::pair<std::string_view, Method> kMethods[] = {
    {"capitalize", changed<capitalize>},
    {"center", justified<Side::both>},
    {"count", count},
    {"endswith", stands_at<false>},
    {"find", find_method<false, false>},
    {"format", format},
    {"index", find_method<false, true>},
    {"isalnum", all_are<is_letter_or_digit>},
    {"isalpha", all_are<is_letter>},
    {"isdecimal", all_are<is_digit>},
    {"isdigit", all_are<is_digit>},
    {"islower", has_case<is_lower, is_upper>},
    {"isnumeric", all_are<is_digit>},
    {"isspace", all_are<is_space>},
    {"isupper", has_case<is_upper, is_lower>},
    {"join", join},
    {"ljust", justified<Side::right>},
    {"lower", changed<lower>},
    {"lstrip", stripped<Side::left>},
    {"partition", partition<false>},
    {"removeprefix", without_affix<true>},
    {"removesuffix", without_affix<false>},
    {"replace", replace},
    {"rfind", find_method<true, false>},
    {"rindex", find_method<true, true>},
    {"rjust", justified<Side::left>},
    {"rpartition", partition<true>},
    {"rsplit", split<true>},
    {"rstrip", stripped<Side::right>},
    {"split", split<false>},
    {"splitlines", splitlines},
    {"startswith", stands_at<true>},
    {"strip", stripped<Side::both>},
    {"swapcase", changed<swapcase>},
    {"title", changed<title>},
    {"upper", changed<upper>},
};

// What Python has and Lathe does not: refused by name, for they would seem undefined.
constexpr std::string_view kUnknown[] = {"casefold",  "encode",    "expandtabs",  "format_map",
                                         "isascii",   "istitle",   "isprintable", "isidentifier",
                                         "maketrans", "translate", "zfill"};

}  // namespace

std::optional<Value> string_method(const Value& object, const std::string& name) {
    for (const auto& [known, method] : kMethods) {
        if (known != name) continue;
        return function_value(name, [object, call = method](Budget& budget, Arguments& arguments) {
            budget.step(static_cast<int64_t>(object.string()->size()) / 64);
            return call(budget, *object.string(), arguments);
        });
    }
    for (const std::string_view unknown : kUnknown)
        if (unknown == name) fail_type("the string method " + name + ": Lathe does not know it");
    return std::nullopt;
}

}  // namespace lathe::jinja
