#include "engine/data/pdf_sections.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "engine/data/file_reading.h"

namespace lathe {

namespace {

constexpr size_t kPagesBytes = 4 << 10;  // a page's end past this ends a section of a PDF without bookmarks
constexpr size_t kTitlesAhead = 8;       // some are set otherwise than their bookmark says
constexpr size_t kLeastContents = 4;     // headings on a page of contents
constexpr std::string_view kSoftHyphen = "\u00AD", kHyphen = "\u2010";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// What a heading and its bookmark have in common: neither the number before it, nor the case, nor the spacing.
std::string heading_key(std::string_view text) {
    std::string key;
    for (const char c : text) {
        const bool space = c == ' ' || c == '\t' || c == '\n';
        if (!space)
            key += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        else if (!key.empty() && key.back() != ' ')
            key += ' ';
    }
    while (!key.empty() && key.back() == ' ') key.pop_back();
    const size_t number = key.find_first_not_of("0123456789.");
    if (number != std::string::npos && number > 0 && is_digit(key[0]) && key[number] == ' ') key.erase(0, number + 1);
    return key;
}

// "Introduction . . . . . 3" without dots and number.
std::string_view without_page_number(std::string_view line) {
    const size_t end = line.find_last_not_of("0123456789. \t");
    return end == std::string_view::npos ? line : line.substr(0, end + 1);
}

// "12", "- 12 -"
bool is_page_number(std::string_view line) {
    const size_t first = line.find_first_not_of(" -"), last = line.find_last_not_of(" -");
    if (first == std::string_view::npos || last - first >= 5) return false;
    return std::all_of(line.begin() + static_cast<std::ptrdiff_t>(first),
                       line.begin() + static_cast<std::ptrdiff_t>(last + 1), is_digit);
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
        lines.push_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    const auto trim = [&lines] {
        while (!lines.empty() && lines.back().empty()) lines.pop_back();
    };
    trim();
    if (!lines.empty() && is_page_number(lines.back())) lines.pop_back();
    trim();
    const auto first = std::find_if(lines.begin(), lines.end(), [](std::string_view line) { return !line.empty(); });
    if (first != lines.end() && is_page_number(*first)) lines.erase(lines.begin(), first + 1);
    return lines;
}

bool is_letter(char c) {
    return std::isalpha(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
}

// Of a hyphen at the end that parts a word which `next` goes on with; 0: none.
size_t parting_hyphen(std::string_view text, std::string_view next) {
    if (next.empty()) return 0;
    if (text.ends_with(kSoftHyphen)) return kSoftHyphen.size();
    const size_t size = text.ends_with('-') ? 1 : text.ends_with(kHyphen) ? kHyphen.size() : 0;
    if (size == 0 || text.size() == size || !is_letter(text[text.size() - size - 1])) return 0;
    return is_letter(next.front()) && std::isupper(static_cast<unsigned char>(next.front())) == 0 ? size : 0;
}

}  // namespace

PdfSections::PdfSections(const std::vector<std::string>& outline, Sink sink) : sink_(std::move(sink)) {
    for (const std::string& title : outline)
        if (std::string key = heading_key(title); !key.empty()) titles_.push_back(std::move(key));
}

// How many lines from there on are the next heading; 0: none. It may be set in two.
size_t PdfSections::heading_lines(const std::vector<std::string_view>& lines, size_t at) {
    if (lines[at].empty() || next_ == titles_.size()) return 0;
    const auto begin = titles_.begin() + static_cast<std::ptrdiff_t>(next_);
    const auto end = titles_.begin() + static_cast<std::ptrdiff_t>(std::min(next_ + kTitlesAhead, titles_.size()));
    std::string text;
    for (size_t count = 1; count <= 2 && at + count <= lines.size(); ++count) {
        text += (count > 1 ? " " : "") + std::string(lines[at + count - 1]);
        const auto found = std::find(begin, end, heading_key(text));
        if (found == end) continue;
        next_ = static_cast<size_t>(found - titles_.begin()) + 1;
        return count;
    }
    return 0;
}

bool PdfSections::lists_contents(const std::vector<std::string_view>& lines) const {
    size_t named = 0, all = 0;
    for (const std::string_view line : lines) {
        if (line.empty()) continue;
        ++all;
        const std::string key = heading_key(without_page_number(line));
        named += std::find(titles_.begin(), titles_.end(), key) != titles_.end();
    }
    return named >= kLeastContents && 2 * named >= all;
}

void PdfSections::add_page(std::string_view text) {
    const std::vector<std::string_view> lines = lines_of(text);
    const bool contents = next_ < titles_.size() && lists_contents(lines);
    for (size_t at = 0; at < lines.size();) {
        const size_t heading = contents ? 0 : heading_lines(lines, at);
        if (heading > 0 && has_text_) end_section();
        for (size_t i = 0; i < std::max<size_t>(heading, 1); ++i) add_line(lines[at + i]);
        has_text_ = has_text_ || (heading == 0 && !lines[at].empty());
        at += std::max<size_t>(heading, 1);
    }
    if (section_.size() >= (titles_.empty() ? kPagesBytes : kUnbrokenBytes)) end_section();
}

void PdfSections::add_line(std::string_view line) {
    if (section_.empty()) {
        section_ = line;
    } else if (const size_t hyphen = parting_hyphen(section_, line)) {
        section_.resize(section_.size() - hyphen);
        section_ += line;
    } else if (!line.empty() || !section_.ends_with("\n")) {
        section_ += '\n';
        section_ += line;
    }
}

void PdfSections::end_section() {
    section_.erase(section_.find_last_not_of(" \t\n") + 1);
    if (!section_.empty()) sink_(std::exchange(section_, {}));
    section_.clear();
    has_text_ = false;
}

void PdfSections::finish() {
    end_section();
}

}  // namespace lathe
