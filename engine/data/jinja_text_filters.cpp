// Filters that make a string of a value.
#include <algorithm>

#include "engine/data/jinja_filters.h"

namespace lathe::jinja {

namespace {

const Text& str(Budget& budget, const Value& value, Value& held) {
    held = str_of(budget, value);
    return *held.string();
}

template <Text (*change)(TextView)>
Value change_case(Budget& budget, const Value& subject, Arguments& arguments) {
    const Bound none("filter", arguments, {});
    Value held;
    return string_value(budget, change(str(budget, subject, held)));
}

Value trim(Budget& budget, const Value& subject, Arguments& arguments) {
    const Bound given("trim", arguments, {"chars"});
    Value held;
    const auto set = given.absent(0) ? std::nullopt : std::optional<TextView>(*given.string(0));
    return string_value(budget, Text(strip(str(budget, subject, held), set, Side::both, budget)));
}

Value string(Budget& budget, const Value& subject, Arguments& arguments) {
    const Bound none("string", arguments, {});
    return str_of(budget, subject);
}

Value tojson(Budget& budget, const Value& subject, Arguments& arguments) {
    return to_json(budget, subject, arguments);
}

Value replace(Budget& budget, const Value& subject, Arguments& arguments) {
    const Bound given("replace", arguments, {"old", "new", "count"}, 2);
    const Value count = given.absent(2) ? Value(int64_t{-1}) : *given[2];
    Arguments plain{.positional = {str_of(budget, *given[0]), str_of(budget, *given[1]), count}, .named = {}};
    return string_method(str_of(budget, subject), "replace")->callable()->call(budget, plain);
}

// jinja2's: words begin behind blanks, hyphens and opening brackets.
Value title_filter(Budget& budget, const Value& subject, Arguments& arguments) {
    const Bound none("title", arguments, {});
    Value held;
    const Text& text = str(budget, subject, held);
    const auto separates = [](char32_t c) {
        const char32_t point = code_point(c);
        return is_space(c) || point == '-' || point == '(' || point == '{' || point == '[' || point == '<';
    };
    TextBuilder out(budget);
    for (size_t begin = 0; begin < text.size();) {
        size_t end = begin + 1;
        while (end < text.size() && separates(text[end]) == separates(text[begin])) ++end;
        const TextView item = TextView(text).substr(begin, end - begin);
        out.append(upper(item.substr(0, 1)));
        out.append(lower(item.substr(1)));
        begin = end;
    }
    return out.finish();
}

Value indent(Budget& budget, const Value& subject, Arguments& arguments) {
    const Bound given("indent", arguments, {"width", "first", "blank"});
    if (subject.is_undefined()) fail_undefined(subject);
    if (subject.string() == nullptr) fail_type("indent takes a string");
    Text width(4, U' ');
    if (given[0] != nullptr && given[0]->string() != nullptr) {
        width = *given[0]->string();
    } else if (given[0] != nullptr) {
        const int64_t blanks = std::max<int64_t>(given.integer(0, 4), 0);
        budget.room_for(blanks > INT64_MAX / 8 ? INT64_MAX : blanks * 4);
        width = Text(static_cast<size_t>(blanks), U' ');
    }
    const bool blank = given.truth(2, false);
    TextBuilder out(budget);
    if (given.truth(1, false)) out.append(width);
    bool first = true;
    for_each_line(*subject.string() + U"\n", false, [&](TextView line) {
        if (!first) {
            out.append("\n");
            if (blank || !line.empty()) out.append(width);
        }
        first = false;
        out.append(line);
    });
    return out.finish();
}

Value join(Budget& budget, const Value& subject, Arguments& arguments) {
    const Bound given("join", arguments, {"d", "attribute"});
    const Value separator = given[0] != nullptr ? str_of(budget, *given[0]) : literal({});
    const Items items(budget, subject);
    TextBuilder out(budget);
    for (size_t i = 0; i < items.size(); ++i) {
        if (i > 0) out.append(*separator.string());
        append_str(out, budget, given.absent(1) ? items[i] : attribute_path(budget, items[i], *given[1]));
    }
    return out.finish();
}

Value safe(Budget&, const Value& subject, Arguments& arguments) {
    const Bound none("safe", arguments, {});
    return subject;
}

Value format(Budget& budget, const Value& subject, Arguments& arguments) {
    if (!arguments.positional.empty() && !arguments.named.empty())
        fail_type("can't handle positional and keyword arguments at the same time");
    Value values = sequence_value(budget, SequenceKind::tuple, arguments.positional);
    if (!arguments.named.empty()) {
        std::vector<std::pair<Value, Value>> items;
        for (auto& [name, value] : arguments.named) items.emplace_back(string_value(budget, name), value);
        values = dict_value(budget, std::move(items));
    }
    Value held;
    return percent_format(budget, str(budget, subject, held), values);
}

Value center(Budget& budget, const Value& subject, Arguments& arguments) {
    const Bound given("center", arguments, {"width"});
    Arguments plain{.positional = {Value(given.integer(0, 80))}, .named = {}};
    return string_method(str_of(budget, subject), "center")->callable()->call(budget, plain);
}

Value word_count(Budget& budget, const Value& subject, Arguments& arguments) {
    const Bound none("wordcount", arguments, {});
    Value held;
    int64_t words = 0;
    bool inside = false;
    for (const char32_t c : str(budget, subject, held)) {
        const bool word = is_letter(c) || is_digit(c) || code_point(c) == '_';
        words += word && !inside ? 1 : 0;
        inside = word;
    }
    return Value(words);
}

}  // namespace

std::span<const NamedFilter> text_filters() {
    static constexpr NamedFilter kFilters[] = {{"capitalize", change_case<capitalize>},
                                               {"center", center},
                                               {"format", format},
                                               {"indent", indent},
                                               {"join", join},
                                               {"lower", change_case<lower>},
                                               {"replace", replace},
                                               {"safe", safe},
                                               {"string", string},
                                               {"title", title_filter},
                                               {"tojson", tojson},
                                               {"trim", trim},
                                               {"upper", change_case<upper>},
                                               {"wordcount", word_count}};
    return kFilters;
}

}  // namespace lathe::jinja
