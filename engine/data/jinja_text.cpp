#include "engine/data/jinja_text.h"

#include <utf8proc.h>

#include <algorithm>

#include "engine/data/unicode_classes.h"

namespace lathe::jinja {

namespace {

utf8proc_category_t category(char32_t c) {
    return utf8proc_category(static_cast<utf8proc_int32_t>(code_point(c)));
}

bool is_cased(char32_t c) {
    return is_lower(c) || is_upper(c) || category(c) == UTF8PROC_CATEGORY_LT;
}

// Upper-case forms of more than one character (SpecialCasing.txt), the common ones.
void append_upper(char32_t c, Text& out) {
    const char32_t mark = c & kConversation;
    const char32_t point = code_point(c);
    constexpr std::u32string_view kLigatures[] = {U"FF", U"FI", U"FL", U"FFI", U"FFL", U"ST", U"ST"};
    std::u32string_view forms;
    if (point == 0xDF) forms = U"SS";
    if (point >= 0xFB00 && point <= 0xFB06) forms = kLigatures[point - 0xFB00];
    if (forms.empty())
        out += static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(point))) | mark;
    else
        for (const char32_t form : forms) out += form | mark;
}

void append_lower(TextView text, size_t at, Text& out) {
    const char32_t mark = text[at] & kConversation;
    const char32_t point = code_point(text[at]);
    if (point == 0x130) {
        out += U'i' | mark;
        out += char32_t{0x307} | mark;
    } else if (point == 0x3A3 && at > 0 && is_cased(text[at - 1]) &&
               (at + 1 == text.size() || !is_cased(text[at + 1]))) {
        out += char32_t{0x3C2} | mark;  // a sigma at the end of a word
    } else {
        out += static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(point))) | mark;
    }
}

void append_title(char32_t c, Text& out) {
    const auto point = static_cast<utf8proc_int32_t>(code_point(c));
    if (point == 0xDF)
        for (const char32_t form : {U'S', U's'}) out += static_cast<char32_t>(form | (c & kConversation));
    else
        out += static_cast<char32_t>(static_cast<char32_t>(utf8proc_totitle(point)) | (c & kConversation));
}

}  // namespace

Text text_of(std::string_view utf8, bool from_conversation) {
    const char32_t mark = from_conversation ? kConversation : 0;
    Text text;
    text.reserve(utf8.size());
    while (!utf8.empty()) {
        const size_t valid = valid_utf8_prefix(utf8);
        const char* p = utf8.data();
        for (const char* const end = p + valid; p < end;) text += next_code_point(p) | mark;
        utf8.remove_prefix(valid);
        if (utf8.empty()) break;
        text += char32_t{0xFFFD} | mark;
        utf8.remove_prefix(1);
    }
    return text;
}

std::string utf8_of(TextView text) {
    std::string utf8;
    utf8.reserve(text.size());
    for (const char32_t c : text) {
        const char32_t point = code_point(c);
        append_utf8(point >= 0xD800 && point < 0xE000 ? 0xFFFD : point, utf8);
    }
    return utf8;
}

int compare(TextView a, TextView b) {
    const size_t shared = std::min(a.size(), b.size());
    for (size_t i = 0; i < shared; ++i)
        if (code_point(a[i]) != code_point(b[i])) return code_point(a[i]) < code_point(b[i]) ? -1 : 1;
    return a.size() == b.size() ? 0 : a.size() < b.size() ? -1 : 1;
}

bool equal(TextView a, std::string_view ascii) {
    return a.size() == ascii.size() && std::equal(a.begin(), a.end(), ascii.begin(), [](char32_t x, char y) {
               return code_point(x) == static_cast<char32_t>(static_cast<unsigned char>(y));
           });
}

bool starts_with(TextView text, TextView part) {
    return text.size() >= part.size() && equal(text.substr(0, part.size()), part);
}

bool ends_with(TextView text, TextView part) {
    return text.size() >= part.size() && equal(text.substr(text.size() - part.size()), part);
}

size_t find(TextView text, TextView part, size_t from, Budget& budget) {
    for (size_t at = from; at + part.size() <= text.size(); ++at) {
        size_t same = 0;
        while (same < part.size() && code_point(text[at + same]) == code_point(part[same])) ++same;
        if (same == part.size()) return at;
        if (same >= 16 || at % 16 == 0) budget.step(1 + static_cast<int64_t>(same) / 16);
    }
    return TextView::npos;
}

size_t rfind(TextView text, TextView part, Budget& budget) {
    if (part.size() > text.size()) return TextView::npos;
    for (size_t at = text.size() - part.size() + 1; at-- > 0;) {
        budget.step(1 + static_cast<int64_t>(part.size()) / 16);
        if (equal(text.substr(at, part.size()), part)) return at;
    }
    return TextView::npos;
}

bool is_space(char32_t c) {
    c = code_point(c);
    return (c >= 9 && c <= 13) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_line_break(char32_t c) {
    c = code_point(c);
    return (c >= 10 && c <= 13) || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool is_printable(char32_t c) {
    if (code_point(c) == ' ') return true;
    switch (category(c)) {
        case UTF8PROC_CATEGORY_CC:
        case UTF8PROC_CATEGORY_CF:
        case UTF8PROC_CATEGORY_CS:
        case UTF8PROC_CATEGORY_CO:
        case UTF8PROC_CATEGORY_CN:
        case UTF8PROC_CATEGORY_ZL:
        case UTF8PROC_CATEGORY_ZP:
        case UTF8PROC_CATEGORY_ZS:
            return false;
        default:
            return true;
    }
}

bool is_letter(char32_t c) {
    const auto kind = category(c);
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO;
}

bool is_digit(char32_t c) {
    return category(c) == UTF8PROC_CATEGORY_ND;
}

bool is_lower(char32_t c) {
    return utf8proc_islower(static_cast<utf8proc_int32_t>(code_point(c))) != 0;
}

bool is_upper(char32_t c) {
    return utf8proc_isupper(static_cast<utf8proc_int32_t>(code_point(c))) != 0;
}

Text upper(TextView text) {
    Text out;
    out.reserve(text.size());
    for (const char32_t c : text) append_upper(c, out);
    return out;
}

Text lower(TextView text) {
    Text out;
    out.reserve(text.size());
    for (size_t i = 0; i < text.size(); ++i) append_lower(text, i, out);
    return out;
}

Text capitalize(TextView text) {
    Text out;
    if (!text.empty()) append_title(text[0], out);
    for (size_t i = 1; i < text.size(); ++i) append_lower(text, i, out);
    return out;
}

Text title(TextView text) {
    Text out;
    bool in_word = false;
    for (size_t i = 0; i < text.size(); ++i) {
        if (in_word)
            append_lower(text, i, out);
        else
            append_title(text[i], out);
        in_word = is_cased(text[i]);
    }
    return out;
}

Text swapcase(TextView text) {
    Text out;
    for (size_t i = 0; i < text.size(); ++i) {
        if (is_upper(text[i]))
            append_lower(text, i, out);
        else
            append_upper(text[i], out);
    }
    return out;
}

TextView strip(TextView text, std::optional<TextView> set, Side side, Budget& budget) {
    const auto goes = [&](char32_t c) {
        if (!set) return is_space(c);
        budget.step(static_cast<int64_t>(set->size()) / 16);
        return std::any_of(set->begin(), set->end(), [&](char32_t s) { return code_point(s) == code_point(c); });
    };
    if (side != Side::right)
        while (!text.empty() && goes(text.front())) text.remove_prefix(1);
    if (side != Side::left)
        while (!text.empty() && goes(text.back())) text.remove_suffix(1);
    return text;
}

void for_each_line(TextView text, bool keep_ends, const std::function<void(TextView)>& line) {
    for (size_t begin = 0, at = 0; begin < text.size(); begin = at) {
        while (at < text.size() && !is_line_break(text[at])) ++at;
        const size_t end = at;
        if (at < text.size()) {
            const bool pair = code_point(text[at]) == '\r' && at + 1 < text.size() && code_point(text[at + 1]) == '\n';
            at += pair ? 2 : 1;
        }
        line(text.substr(begin, (keep_ends ? at : end) - begin));
    }
}

}  // namespace lathe::jinja
