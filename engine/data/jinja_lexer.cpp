#include "engine/data/jinja_lexer.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "engine/base/error.h"
#include "engine/data/jinja_string_literal.h"

namespace lathe::jinja {

namespace {

bool is_name_start(char32_t c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 128 && is_letter(c));
}
bool is_ascii_digit(char32_t c) {
    return c >= '0' && c <= '9';
}

class Lexer {
public:
    explicit Lexer(TextView source) : source_(source) {}

    std::vector<Token> run() {
        while (at_ < source_.size()) text_and_tag();
        push(TokenKind::end);
        return std::move(tokens_);
    }

private:
    bool here(std::string_view what, size_t offset = 0) const {
        return at_ + offset <= source_.size() && equal(source_.substr(at_ + offset, what.size()), what);
    }
    char32_t peek(size_t offset = 0) const { return at_ + offset < source_.size() ? source_[at_ + offset] : 0; }
    void advance(size_t count) {
        for (const size_t end = std::min(at_ + count, source_.size()); at_ < end; ++at_)
            if (source_[at_] == '\n') ++line_;
    }
    void skip_spaces() {
        size_t count = 0;
        while (at_ + count < source_.size() && is_space(source_[at_ + count])) ++count;
        advance(count);
    }
    Token& push(TokenKind kind) {
        tokens_.push_back({.kind = kind, .line = line_, .text = {}, .word = {}});
        return tokens_.back();
    }
    void push_text(TextView text, int line) {
        if (text.empty()) return;
        Token& token = push(TokenKind::text);
        token.line = line;
        token.text = text;
    }

    // Text up to the tag at `tag` whose sign is `sign`, without the white space that goes.
    TextView stripped(size_t tag, char32_t sign, bool is_print) const {
        TextView text = source_.substr(at_, tag - at_);
        if (sign == '-') {
            while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
        } else if (sign != '+' && !is_print) {
            const size_t line_break = text.rfind(U'\n');
            const size_t begin = line_break == TextView::npos ? 0 : line_break + 1;
            const bool blank = std::all_of(text.begin() + static_cast<std::ptrdiff_t>(begin), text.end(), is_space);
            if ((begin > 0 || line_starts_) && blank) text = text.substr(0, begin);
        }
        return text;
    }

    void text_and_tag() {
        size_t tag = at_;
        while (tag < source_.size() &&
               !(source_[tag] == '{' && tag + 1 < source_.size() &&
                 (source_[tag + 1] == '{' || source_[tag + 1] == '%' || source_[tag + 1] == '#')))
            ++tag;
        if (tag == source_.size()) {
            push_text(source_.substr(at_), line_);
            return advance(source_.size() - at_);
        }
        const char32_t kind = source_[tag + 1];
        const char32_t sign =
            tag + 2 < source_.size() && (source_[tag + 2] == '-' || source_[tag + 2] == '+') ? source_[tag + 2] : U' ';
        push_text(stripped(tag, sign, kind == '{'), line_);
        advance(tag - at_);
        const size_t begin = at_;
        if (kind == '%' && raw_block()) return;
        advance(sign == U' ' ? 2 : 3);
        if (kind == '#')
            comment();
        else
            inside(kind == '{');
        line_starts_ = at_ > begin && source_[at_ - 1] == '\n';
    }

    // The end of a tag: "-%}" with the white space behind it, "+%}", or "%}" with one line break. False: not here.
    bool tag_end(std::string_view close, bool takes_line_break, bool plus = true) {
        if (here("-") && here(close, 1)) {
            advance(1 + close.size());
            skip_spaces();
            return true;
        }
        if (plus && here("+") && here(close, 1)) {
            advance(1 + close.size());
            return true;
        }
        if (!here(close)) return false;
        advance(close.size());
        if (takes_line_break && peek() == '\n') advance(1);
        return true;
    }

    void comment() {
        const int line = line_;
        if (at_ == source_.size()) return;  // jinja2 lets that pass
        while (at_ < source_.size())
            if (tag_end("#}", true))
                return;
            else
                advance(1);
        fail_syntax(line, "the comment has no end");
    }

    bool raw_block() {
        const size_t begin = at_;
        const int line = line_;
        advance(here("{%-") || here("{%+") ? 3 : 2);
        skip_spaces();
        const bool raw = here("raw");
        if (raw) {
            advance(3);
            skip_spaces();
        }
        if (!raw || !tag_end("%}", false, false)) {
            at_ = begin;
            line_ = line;
            return false;
        }
        line_starts_ = source_[at_ - 1] == '\n';
        if (at_ == source_.size()) return true;
        for (size_t tag = at_; tag + 1 < source_.size(); ++tag) {
            if (source_[tag] != '{' || source_[tag + 1] != '%') continue;
            const size_t body = at_;
            const int body_line = line_;
            const char32_t sign = tag + 2 < source_.size() ? source_[tag + 2] : 0;
            const TextView text = stripped(tag, sign, false);
            advance(tag - at_);
            advance(sign == '-' || sign == '+' ? 3 : 2);
            skip_spaces();
            if (here("endraw")) {
                advance(6);
                skip_spaces();
                if (tag_end("%}", true)) {
                    push_text(text, body_line);
                    line_starts_ = source_[at_ - 1] == '\n';
                    return true;
                }
            }
            at_ = body;
            line_ = body_line;
        }
        fail_syntax(line, "the raw block has no end");
    }

    void inside(bool is_print) {
        push(is_print ? TokenKind::print_begin : TokenKind::tag_begin);
        const int line = line_;
        std::string open;
        while (at_ < source_.size()) {
            const int end_line = line_;
            if (open.empty() && tag_end(is_print ? "}}" : "%}", !is_print, !is_print)) {
                push(is_print ? TokenKind::print_end : TokenKind::tag_end).line = end_line;
                return;
            }
            if (is_space(peek()))
                skip_spaces();
            else if (is_ascii_digit(peek()))
                number();
            else if (is_name_start(peek()))
                name();
            else if (peek() == '\'' || peek() == '"')
                string();
            else
                sign(open);
        }
        fail_syntax(line, "the tag has no end");
    }

    void name() {
        Token& token = push(TokenKind::name);
        size_t count = 1;
        while (is_name_start(peek(count)) || is_ascii_digit(peek(count)) ||
               (peek(count) >= 128 && is_digit(peek(count))))
            ++count;
        token.word = utf8_of(source_.substr(at_, count));
        advance(count);
    }

    void string() {
        const int line = line_;
        const char32_t quote = peek();
        size_t count = 1;
        while (at_ + count < source_.size() && peek(count) != quote) count += peek(count) == '\\' ? 2 : 1;
        if (at_ + count >= source_.size()) fail_syntax(line, "the string has no end");
        push(TokenKind::string).text = unescaped(source_.substr(at_ + 1, count - 1), line);
        advance(count + 1);
    }

    void number();
    void sign(std::string& open);

    TextView source_;
    size_t at_ = 0;
    int line_ = 1;
    bool line_starts_ = true;
    std::vector<Token> tokens_;
};

void Lexer::number() {
    std::string digits;
    size_t count = 0;
    const auto take_digits = [&](const auto& belongs) {
        for (; belongs(peek(count)) || (peek(count) == '_' && belongs(peek(count + 1))); ++count)
            if (peek(count) != '_') digits += static_cast<char>(peek(count));
    };
    int base = 10;
    if (peek() == '0') {
        const char32_t letter = peek(1) | 0x20;
        base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 10;
        if (base != 10) count = 2;
    }
    take_digits([&](char32_t c) {
        if (base == 16 && (c | 0x20) >= 'a' && (c | 0x20) <= 'f') return true;
        return c >= '0' && c < static_cast<char32_t>('0' + std::min(base, 10));
    });
    bool real = false;
    if (base == 10 && peek(count) == '.' && is_ascii_digit(peek(count + 1))) {
        real = true;
        digits += '.';
        ++count;
        take_digits(is_ascii_digit);
    }
    const size_t sign_length = peek(count + 1) == '+' || peek(count + 1) == '-' ? 1 : 0;
    if (base == 10 && (peek(count) | 0x20) == 'e' && is_ascii_digit(peek(count + 1 + sign_length))) {
        real = true;
        digits += 'e';
        if (sign_length == 1) digits += static_cast<char>(peek(count + 1));
        count += 1 + sign_length;
        take_digits(is_ascii_digit);
    }
    Token& token = push(real ? TokenKind::real : TokenKind::integer);
    const char* const end = digits.data() + digits.size();
    const auto result = real ? std::from_chars(digits.data(), end, token.real)
                             : std::from_chars(digits.data(), end, token.integer, base);
    if (result.ec != std::errc() || result.ptr != end) fail_syntax(line_, "a number that Lathe cannot hold");
    if (!real && base == 10 && digits.size() > 1 && digits[0] == '0' && token.integer != 0)
        fail_syntax(line_, "a number that begins with 0");
    advance(count);
}

void Lexer::sign(std::string& open) {
    constexpr std::array<std::string_view, 26> kSigns = {"//", "**", "==", "!=", ">=", "<=", "+", "-", "/",
                                                         "*",  "%",  "~",  "[",  "]",  "(",  ")", "{", "}",
                                                         ">",  "<",  "=",  ".",  ":",  "|",  ",", ";"};
    for (const std::string_view candidate : kSigns) {
        if (!here(candidate)) continue;
        const char c = candidate[0];
        if (c == '(' || c == '[' || c == '{') open += c == '(' ? ')' : c == '[' ? ']' : '}';
        if (c == ')' || c == ']' || c == '}') {
            if (open.empty() || open.back() != c) fail_syntax(line_, std::string("an unexpected ") + c);
            open.pop_back();
        }
        push(TokenKind::sign).word = candidate;
        return advance(candidate.size());
    }
    fail_syntax(line_, "an unexpected character " + utf8_of(source_.substr(at_, 1)));
}

}  // namespace

std::vector<Token> tokenize(TextView source) {
    Text text;
    text.reserve(source.size());
    for (size_t i = 0; i < source.size(); ++i) {
        if (source[i] == '\r' && i + 1 < source.size() && source[i + 1] == '\n') continue;
        text += source[i] == '\r' ? U'\n' : source[i];
    }
    if (!text.empty() && text.back() == '\n') text.pop_back();  // the last line break is no part of a template
    return Lexer(text).run();
}

void fail_syntax(int line, const std::string& what) {
    fail({.kind = ErrorKind::malformed, .key = "line " + std::to_string(line), .found = what});
}

}  // namespace lathe::jinja
