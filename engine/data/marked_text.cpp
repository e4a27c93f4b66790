#include "engine/data/marked_text.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

#include "engine/data/unicode_classes.h"

namespace lathe {

namespace {

constexpr std::string_view kPassedOver[] = {"script", "style", "title", "template", "noscript", "svg"};
constexpr std::string_view kBlocks[] = {
    "address", "article", "aside", "blockquote", "body", "br", "caption", "dd",  "div", "dl", "dt",  "fieldset",
    "figure",  "footer",  "form",  "header",     "hr",   "li", "main",    "nav", "ol",  "p",  "pre", "section",
    "table",   "tbody",   "tfoot", "thead",      "tr",   "ul", "h1",      "h2",  "h3",  "h4", "h5",  "h6"};
constexpr std::pair<std::string_view, std::string_view> kEntities[] = {
    {"amp", "&"},   {"lt", "<"},    {"gt", ">"},    {"quot", "\""},  {"apos", "'"},   {"nbsp", " "},
    {"copy", "©"},  {"reg", "®"},   {"trade", "™"}, {"hellip", "…"}, {"mdash", "—"},  {"ndash", "–"},
    {"lsquo", "‘"}, {"rsquo", "’"}, {"ldquo", "“"}, {"rdquo", "”"},  {"bull", "•"},   {"middot", "·"},
    {"times", "×"}, {"rarr", "→"},  {"larr", "←"},  {"deg", "°"},    {"plusmn", "±"}, {"euro", "€"},
    {"laquo", "«"}, {"raquo", "»"}, {"szlig", "ß"}, {"auml", "ä"},   {"ouml", "ö"},   {"uuml", "ü"},
    {"Auml", "Ä"},  {"Ouml", "Ö"},  {"Uuml", "Ü"},  {"eacute", "é"}, {"egrave", "è"}, {"shy", ""}};

template <size_t N>
bool is_one_of(std::string_view name, const std::string_view (&names)[N]) {
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool is_heading(std::string_view name) {
    return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
}

class HtmlText {
public:
    explicit HtmlText(std::string_view page) : page_(page) {}

    std::vector<std::string> sections() {
        while (at_ < page_.size()) {
            const char c = page_[at_];
            if (c == '<' && at_ + 1 < page_.size() &&
                (std::isalpha(static_cast<unsigned char>(page_[at_ + 1])) || page_[at_ + 1] == '/'))
                tag();
            else if (page_.substr(at_).starts_with("<!--"))
                at_ = past("-->");
            else if (page_.substr(at_).starts_with("<!") || page_.substr(at_).starts_with("<?"))
                at_ = past(">");
            else if (c == '&')
                entity();
            else
                put(page_[at_++]);
        }
        end_section();
        return std::move(sections_);
    }

private:
    size_t past(std::string_view mark) const {
        const size_t found = page_.find(mark, at_);
        return found == std::string_view::npos ? page_.size() : found + mark.size();
    }

    // A tag's name in small letters; behind the tag afterwards, whatever its attributes hold in quotes.
    std::string tag_name() {
        std::string name;
        while (at_ < page_.size() && std::isalnum(static_cast<unsigned char>(page_[at_])))
            name += static_cast<char>(std::tolower(static_cast<unsigned char>(page_[at_++])));
        for (char quote = 0; at_ < page_.size(); ++at_) {
            const char c = page_[at_];
            if (quote != 0)
                quote = c == quote ? '\0' : quote;
            else if (c == '>')
                break;
            else if ((c == '"' || c == '\'') && page_[at_ - 1] == '=')
                quote = c;
        }
        at_ = std::min(at_ + 1, page_.size());
        return name;
    }

    void tag() {
        ++at_;
        const bool closing = page_[at_] == '/';
        if (closing) ++at_;
        const std::string name = tag_name();
        if (!closing && is_one_of(name, kPassedOver)) return pass_over(name);
        if (name == "pre") verbatim_ = !closing;
        if (!closing && is_heading(name)) end_section();
        if (name == "td" || name == "th") put(' ');
        if (name == "p" || is_heading(name)) end_line(2);
        if (is_one_of(name, kBlocks)) end_line(1);
    }

    void pass_over(const std::string& name) {
        while (at_ < page_.size()) {
            at_ = past("</");
            const std::string_view rest = page_.substr(at_, name.size());
            const bool ends = std::equal(rest.begin(), rest.end(), name.begin(), name.end(), [](char a, char b) {
                return std::tolower(static_cast<unsigned char>(a)) == b;
            });
            if (!ends) continue;
            at_ = past(">");
            return;
        }
    }

    void entity() {
        constexpr size_t kLongest = 12;
        const size_t end = page_.substr(at_, kLongest).find(';');
        if (end != std::string_view::npos) {
            const std::string_view name = page_.substr(at_ + 1, end - 1);
            std::string text;
            if (resolve(name, text)) {
                for (const char c : text) put(c);
                at_ += end + 1;
                return;
            }
        }
        put(page_[at_++]);
    }

    static bool resolve(std::string_view name, std::string& text) {
        if (name.starts_with('#')) {
            const bool hex = name.size() > 1 && (name[1] | 0x20) == 'x';
            const std::string_view digits = name.substr(hex ? 2 : 1);
            uint32_t code = 0;
            const auto [past, error] =
                std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
            const bool legal = code > 0 && code < 0x110000 && (code < 0xD800 || code > 0xDFFF);
            if (error != std::errc() || past != digits.data() + digits.size() || !legal) return false;
            append_utf8(static_cast<char32_t>(code), text);
            return true;
        }
        for (const auto& [known, value] : kEntities) {
            if (known != name) continue;
            text = value;
            return true;
        }
        return false;
    }

    void put(char c) {
        if (verbatim_) {
            if (c != '\r') text_ += c;
        } else if (is_space(c)) {
            if (!text_.empty() && text_.back() != '\n' && text_.back() != ' ') text_ += ' ';
        } else {
            text_ += c;
        }
    }

    // At least that many line ends behind the text so far.
    void end_line(size_t count) {
        while (!text_.empty() && text_.back() == ' ') text_.pop_back();
        size_t there = 0;
        while (there < count && there < text_.size() && text_[text_.size() - 1 - there] == '\n') ++there;
        if (!text_.empty()) text_.append(count - there, '\n');
    }

    void end_section() {
        while (!text_.empty() && is_space(text_.back())) text_.pop_back();
        if (!text_.empty()) sections_.push_back(std::exchange(text_, {}));
    }

    std::string_view page_;
    size_t at_ = 0;
    bool verbatim_ = false;
    std::string text_;
    std::vector<std::string> sections_;
};

}  // namespace

std::vector<std::string> html_sections(std::string_view page) {
    return HtmlText(page).sections();
}

bool is_markdown_heading(std::string_view line) {
    const size_t marks = std::min(line.find_first_not_of('#'), line.size());
    return marks >= 1 && marks <= 6 && (marks == line.size() || line[marks] == ' ' || line[marks] == '\t');
}

bool is_code_fence(std::string_view line) {
    const size_t first = line.find_first_not_of(' ');
    if (first == std::string_view::npos || first > 3) return false;
    return line.substr(first).starts_with("```") || line.substr(first).starts_with("~~~");
}

}  // namespace lathe
