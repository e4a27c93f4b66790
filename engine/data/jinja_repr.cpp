// Python's str() and repr(), and json.dumps as transformers' tojson calls it.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "engine/data/jinja_callable.h"

namespace lathe::jinja {

namespace {

constexpr char kHex[] = "0123456789abcdef";

void append_escape(TextBuilder& out, char kind, char32_t c, int digits) {
    const char32_t mark = c & kConversation;
    out.append(U'\\' | mark);
    out.append(static_cast<char32_t>(kind) | mark);
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        out.append(static_cast<char32_t>(kHex[(code_point(c) >> shift) & 15]) | mark);
}

// '\n' and the like: both characters carry the mark of the one.
bool append_short_escape(TextBuilder& out, char32_t c, std::string_view from, std::string_view to) {
    const char32_t point = code_point(c);
    const size_t at = point < 128 ? from.find(static_cast<char>(point)) : std::string_view::npos;
    if (at == std::string_view::npos) return false;
    out.append(U'\\' | (c & kConversation));
    out.append(static_cast<char32_t>(to[at]) | (c & kConversation));
    return true;
}

void append_string_repr(TextBuilder& out, const Text& text) {
    const auto has = [&](char32_t wanted) {
        return std::any_of(text.begin(), text.end(), [&](char32_t c) { return code_point(c) == wanted; });
    };
    const char quote = has('\'') && !has('"') ? '"' : '\'';
    out.append(static_cast<char32_t>(quote));
    for (const char32_t c : text) {
        const char32_t point = code_point(c);
        if (append_short_escape(out, c, "\\\n\r\t", "\\nrt")) continue;
        if (point == static_cast<char32_t>(quote)) out.append(U'\\' | (c & kConversation));
        if (is_printable(c))
            out.append(c);
        else
            append_escape(out,
                          point < 0x100     ? 'x'
                          : point < 0x10000 ? 'u'
                                            : 'U',
                          c,
                          point < 0x100     ? 2
                          : point < 0x10000 ? 4
                                            : 8);
    }
    out.append(static_cast<char32_t>(quote));
}

void append_items(TextBuilder& out, Budget& budget, const std::vector<Value>& items) {
    for (size_t i = 0; i < items.size(); ++i) {
        if (i > 0) out.append(", ");
        append_repr(out, budget, items[i]);
    }
}

void append_sequence(TextBuilder& out, Budget& budget, const Value& value) {
    const Sequence& sequence = *value.sequence();
    switch (sequence.kind) {
        case SequenceKind::list:
            out.append("[");
            append_items(out, budget, sequence.items);
            return out.append("]");
        case SequenceKind::tuple:
            out.append("(");
            append_items(out, budget, sequence.items);
            return out.append(sequence.items.size() == 1 ? ",)" : ")");
        case SequenceKind::range: {
            out.append("range(" + std::to_string(sequence.start) + ", " + std::to_string(sequence.stop));
            return out.append(sequence.step == 1 ? ")" : ", " + std::to_string(sequence.step) + ")");
        }
        case SequenceKind::iterator:
            return out.append("<" + sequence.iterator_name + " object>");
        default:
            out.append(std::string(value.type_name()) + "([");
            append_items(out, budget, sequence.items);
            return out.append("])");
    }
}

class JsonWriter {
public:
    JsonWriter(TextBuilder& out, Budget& budget, Arguments& arguments) : out_(out), budget_(budget) {
        const Bound given("tojson", arguments, {"ensure_ascii", "indent", "separators", "sort_keys"});
        ascii_ = given.truth(0, false);
        sort_ = given.truth(3, false);
        indented_ = !given.absent(1);
        if (indented_ && given[1]->string() != nullptr)
            indent_ = *given[1]->string();
        else if (indented_)
            indent_ = Text(static_cast<size_t>(std::clamp<int64_t>(given.integer(1, 0), 0, 1000)), U' ');
        item_separator_ = indented_ ? U"," : U", ";
        key_separator_ = U": ";
        if (given.absent(2)) return;
        const Items pair(budget, *given[2]);
        if (pair.size() != 2 || pair[0].string() == nullptr || pair[1].string() == nullptr)
            fail_type("separators must be two strings");
        item_separator_ = *pair[0].string();
        key_separator_ = *pair[1].string();
    }

    void write(const Value& value) {
        const Level level(budget_);
        budget_.step();
        if (const Text* text = value.string()) return write_string(*text);
        if (value.is_none()) return out_.append("null");
        if (value.is_bool()) return out_.append(value.truth() ? "true" : "false");
        if (const auto* number = value.get<int64_t>()) return out_.append(std::to_string(*number));
        if (const auto* number = value.get<double>()) return write_real(*number);
        if (const Dict* dict = value.dict()) return write_dict(*dict);
        if (value.is(SequenceKind::list) || value.is(SequenceKind::tuple)) return write_list(value.sequence()->items);
        fail_type(std::string("Object of type ") + value.type_name() + " is not JSON serializable");
    }

private:
    void write_real(double number) {
        out_.append(std::isnan(number)   ? "NaN"
                    : std::isinf(number) ? (number > 0 ? "Infinity" : "-Infinity")
                                         : repr_of(number));
    }
    void write_string(const Text& text) {
        out_.append("\"");
        for (const char32_t c : text) {
            const char32_t point = code_point(c);
            if (append_short_escape(out_, c, "\"\\\n\r\t\f\b", "\"\\nrtfb")) continue;
            if (point >= 0x10000 && ascii_) {
                append_escape(out_, 'u', (0xD800 + ((point - 0x10000) >> 10)) | (c & kConversation), 4);
                append_escape(out_, 'u', (0xDC00 + ((point - 0x10000) & 0x3FF)) | (c & kConversation), 4);
            } else if (point < 0x20 || (ascii_ && point > 0x7E)) {
                append_escape(out_, 'u', c, 4);
            } else {
                out_.append(c);
            }
        }
        out_.append("\"");
    }
    void new_line() {
        if (!indented_) return;
        out_.append("\n");
        for (int i = 0; i < depth_; ++i) out_.append(indent_);
    }
    void write_key(const Value& key) {
        if (key.string() != nullptr) return write_string(*key.string());
        if (!key.is_none() && !key.is_number())
            fail_type(std::string("keys must be str, int, float, bool or None, not ") + key.type_name());
        out_.append("\"");
        write(key);
        out_.append("\"");
    }
    template <class Each>
    void write_items(char open, char close, size_t count, const Each& each) {
        out_.append(std::string(1, open));
        ++depth_;
        for (size_t i = 0; i < count; ++i) {
            if (i > 0) out_.append(item_separator_);
            new_line();
            each(i);
        }
        --depth_;
        if (count > 0) new_line();
        out_.append(std::string(1, close));
    }
    void write_list(const std::vector<Value>& items) {
        write_items('[', ']', items.size(), [&](size_t i) { write(items[i]); });
    }
    void write_dict(const Dict& dict) {
        std::vector<size_t> order(dict.items.size());
        for (size_t i = 0; i < order.size(); ++i) order[i] = i;
        if (sort_)
            std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
                return less(budget_, dict.items[a].first, dict.items[b].first);
            });
        write_items('{', '}', order.size(), [&](size_t i) {
            write_key(dict.items[order[i]].first);
            out_.append(key_separator_);
            write(dict.items[order[i]].second);
        });
    }

    TextBuilder& out_;
    Budget& budget_;
    bool ascii_ = false, sort_ = false, indented_ = false;
    Text indent_, item_separator_, key_separator_;
    int depth_ = 0;
};

}  // namespace

std::string repr_of(double number) {
    if (std::isnan(number)) return "nan";
    if (std::isinf(number)) return number > 0 ? "inf" : "-inf";
    char digits[40];
    const auto end = std::to_chars(digits, digits + sizeof digits, number, std::chars_format::scientific).ptr;
    std::string text(digits, end);
    const size_t e = text.find('e');
    const int exponent = std::stoi(text.substr(e + 1));
    if (exponent < -4 || exponent >= 16) return text;  // 1e+16, 1e-05, as Python has them
    const auto plain = std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed).ptr;
    text.assign(digits, plain);
    return text.find('.') == std::string::npos ? text + ".0" : text;
}

void append_repr(TextBuilder& out, Budget& budget, const Value& value) {
    const Level level(budget);
    budget.step();
    if (const Text* text = value.string()) return append_string_repr(out, *text);
    if (value.is_undefined()) return out.append("Undefined");
    if (value.is_none()) return out.append("None");
    if (value.is_bool()) return out.append(value.truth() ? "True" : "False");
    if (const auto* number = value.get<int64_t>()) return out.append(std::to_string(*number));
    if (const auto* number = value.get<double>()) return out.append(repr_of(*number));
    if (value.sequence() != nullptr) return append_sequence(out, budget, value);
    const auto append_pairs = [&](size_t count, const auto& append_pair) {
        out.append("{");
        for (size_t i = 0; i < count; ++i) {
            if (i > 0) out.append(", ");
            append_pair(i);
        }
        out.append("}");
    };
    if (const Dict* dict = value.dict()) {
        return append_pairs(dict->items.size(), [&](size_t i) {
            append_repr(out, budget, dict->items[i].first);
            out.append(": ");
            append_repr(out, budget, dict->items[i].second);
        });
    }
    if (const Namespace* space = value.name_space()) {
        out.append("<Namespace ");
        append_pairs(space->attributes.size(), [&](size_t i) {
            append_string_repr(out, text_of(space->attributes[i].first));
            out.append(": ");
            append_repr(out, budget, space->attributes[i].second);
        });
        return out.append(">");
    }
    if (const Loop* loop = value.loop())
        return out.append("<LoopContext " + std::to_string(loop->index0 + 1) + "/" +
                          std::to_string(loop->items.size()) + ">");
    const Callable& callable = *value.callable();
    out.append((callable.is_macro ? "<Macro '" : "<function '") + callable.name + "'>");
}

void append_str(TextBuilder& out, Budget& budget, const Value& value) {
    if (value.is_undefined()) return;
    if (const Text* text = value.string()) return out.append(TextView(*text));
    append_repr(out, budget, value);
}

Value str_of(Budget& budget, const Value& value) {
    if (value.string() != nullptr) return value;
    TextBuilder out(budget);
    append_str(out, budget, value);
    return out.finish();
}

Value to_json(Budget& budget, const Value& value, Arguments& arguments) {
    TextBuilder out(budget);
    JsonWriter(out, budget, arguments).write(value);
    return out.finish();
}

}  // namespace lathe::jinja
