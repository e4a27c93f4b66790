#include "engine/data/word_scanner.h"

namespace lathe {

namespace {

struct Character {
    uint8_t bits;
    const char* next;
};

Character look(const char* p, const UnicodeClasses& classes) {
    if (static_cast<unsigned char>(*p) < 128) return {classes.of_ascii(static_cast<unsigned char>(*p)), p + 1};
    const char32_t c = next_code_point(p);
    return {classes.of(c), p};
}

constexpr uint8_t kWordBits = kLetter | kNumber | kSpace;

// First character from p on whose class (of letter, number, space) is not `bits`; 0 is every other character.
const char* skip(const char* p, const char* end, uint8_t bits, const UnicodeClasses& classes) {
    while (p < end) {
        const Character c = look(p, classes);
        if ((c.bits & kWordBits) != bits) break;
        p = c.next;
    }
    return p;
}

// Behind 's 't 're 've 'm 'll 'd at p, or p. any_case also takes U+017F, which folds to s.
const char* contraction_end(const char* p, const char* end, bool any_case) {
    if (*p != '\'' || end - p < 2) return p;
    const auto letter = [&](int i) -> char {
        if (end - p <= i) return 0;
        return any_case && p[i] >= 'A' && p[i] <= 'Z' ? static_cast<char>(p[i] + 32) : p[i];
    };
    const char first = letter(1);
    if (first == 's' || first == 't' || first == 'm' || first == 'd') return p + 2;
    if ((first == 'r' || first == 'v') && letter(2) == 'e') return p + 3;
    if (first == 'l' && letter(2) == 'l') return p + 3;
    if (any_case && std::string_view(p + 1, static_cast<size_t>(end - p - 1)).substr(0, 2) == "\xC5\xBF") return p + 3;
    return p;
}

// \s+(?!\S)|\s+ : the whole run at the end of the text, else all but its last character, else that one.
const char* space_run_end(const char* p, const char* run_end, const char* end) {
    if (run_end == end) return run_end;
    const char* last = run_end - 1;
    while ((static_cast<unsigned char>(*last) & 0xC0) == 0x80) --last;
    return last > p ? last : run_end;
}

const char* gpt2_word_end(const char* p, const char* end, const UnicodeClasses& classes) {
    if (const char* behind = contraction_end(p, end, false); behind != p) return behind;
    const char* body = p + (*p == ' ');
    if (body < end) {
        const Character c = look(body, classes);
        if (!(c.bits & kSpace)) return skip(c.next, end, c.bits & kWordBits, classes);
    }
    return space_run_end(p, skip(p, end, kSpace, classes), end);
}

const char* qwen_word_end(const char* p, const char* end, int digits, const UnicodeClasses& classes) {
    if (const char* behind = contraction_end(p, end, true); behind != p) return behind;
    const Character c = look(p, classes);
    if (c.bits & kLetter) return skip(c.next, end, kLetter, classes);
    if (c.bits & kNumber) {
        const char* q = c.next;
        for (int i = 1; i < digits && q < end; ++i) {
            const Character next = look(q, classes);
            if (!(next.bits & kNumber)) break;
            q = next.next;
        }
        return q;
    }
    if (*p != '\r' && *p != '\n' && c.next < end && (look(c.next, classes).bits & kLetter)) {
        return skip(c.next, end, kLetter, classes);
    }
    const char* body = p + (*p == ' ');
    if (body < end && !(look(body, classes).bits & kWordBits)) {
        const char* q = skip(body, end, 0, classes);
        while (q < end && (*q == '\r' || *q == '\n')) ++q;
        return q;
    }
    const char* run_end = skip(p, end, kSpace, classes);
    for (const char* q = run_end; q > p; --q) {
        if (q[-1] == '\r' || q[-1] == '\n') return q;
    }
    return space_run_end(p, run_end, end);
}

}  // namespace

std::string_view pattern_text(WordPattern pattern) {
    switch (pattern) {
        case WordPattern::gpt2:
            return R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";
        case WordPattern::qwen2:
            return R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
        case WordPattern::two_digits:
            return R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,2}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
        case WordPattern::llama3:
            return R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
    }
    return {};
}

std::optional<WordPattern> known_pattern(std::string_view regex) {
    for (const auto pattern : {WordPattern::gpt2, WordPattern::qwen2, WordPattern::two_digits, WordPattern::llama3}) {
        if (regex == pattern_text(pattern)) return pattern;
    }
    return std::nullopt;
}

const char* word_end(WordPattern pattern, const char* p, const char* end, const UnicodeClasses& classes) {
    switch (pattern) {
        case WordPattern::gpt2:
            return gpt2_word_end(p, end, classes);
        case WordPattern::qwen2:
            return qwen_word_end(p, end, 1, classes);
        case WordPattern::two_digits:
            return qwen_word_end(p, end, 2, classes);
        case WordPattern::llama3:
            return qwen_word_end(p, end, 3, classes);
    }
    return end;
}

}  // namespace lathe
