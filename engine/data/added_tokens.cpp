#include "engine/data/added_tokens.h"

#include <utf8proc.h>

#include <algorithm>

#include "engine/data/unicode_classes.h"

namespace lathe {

namespace {

// \w of Rust's regex crate: alphabetic, mark, decimal digit, connector, join control (UTS #18).
bool is_word(char32_t c) {
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LL:
        case UTF8PROC_CATEGORY_LT:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_MN:
        case UTF8PROC_CATEGORY_MC:
        case UTF8PROC_CATEGORY_ME:
        case UTF8PROC_CATEGORY_ND:
        case UTF8PROC_CATEGORY_NL:
        case UTF8PROC_CATEGORY_PC:
            return true;
        default:
            break;
    }
    return c == 0x200C || c == 0x200D || (c >= 0x24B6 && c <= 0x24E9) || (c >= 0x1F130 && c <= 0x1F149) ||
           (c >= 0x1F150 && c <= 0x1F169) || (c >= 0x1F170 && c <= 0x1F189);
}

const char* before(const char* p) {
    do --p;
    while ((static_cast<unsigned char>(*p) & 0xC0) == 0x80);
    return p;
}

bool is_space(const char* p) {
    return UnicodeClasses::get().of(next_code_point(p)) & kSpace;
}

}  // namespace

const TrustedText::Stretch* TrustedText::stretch_at(const char* at) const {
    const auto next = std::upper_bound(stretches.begin(), stretches.end(), at,
                                       [](const char* p, const Stretch& s) { return p < s.end(); });
    return next != stretches.end() && next->text.data() <= at ? &*next : nullptr;
}

bool TrustedText::covers(std::string_view text) const {
    const Stretch* const stretch = text.empty() ? nullptr : stretch_at(text.data());
    return text.empty() || (stretch != nullptr && stretch->special && stretch->end() >= text.data() + text.size());
}

void AddedTokenMatcher::add(const AddedToken& token, std::string_view content) {
    if (content.empty()) return;
    uint32_t node = 0;
    for (const char c : content) {
        const uint64_t key = uint64_t{node} << 8 | static_cast<unsigned char>(c);
        const auto [place, added] = child_.try_emplace(key, static_cast<uint32_t>(token_at_.size()));
        if (added) token_at_.push_back(-1);
        node = place->second;
    }
    starts_[static_cast<unsigned char>(content.front())] = true;
    if (token_at_[node] >= 0) return;  // the first of two that normalize to the same text
    token_at_[node] = static_cast<int32_t>(tokens_.size());
    tokens_.push_back(token);
}

int64_t AddedTokenMatcher::longest_at(std::string_view text, size_t at, bool special, size_t& length) const {
    int64_t token = -1;
    uint32_t node = 0;
    for (size_t i = at; i < text.size(); ++i) {
        const auto child = child_.find(uint64_t{node} << 8 | static_cast<unsigned char>(text[i]));
        if (child == child_.end()) break;
        node = child->second;
        if (token_at_[node] < 0 || (!special && tokens_[static_cast<size_t>(token_at_[node])].special)) continue;
        token = token_at_[node];
        length = i + 1 - at;
    }
    return token;
}

void AddedTokenMatcher::find(std::string_view text, std::vector<Piece>& pieces, const TrustedText* trusted) const {
    pieces.clear();
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    const char* done = begin;
    for (size_t at = 0; at < text.size();) {
        if (!starts_[static_cast<unsigned char>(text[at])]) {
            ++at;
            continue;
        }
        size_t length = 0;
        std::string_view seen = text;
        bool special = true;
        if (trusted != nullptr) {
            const TrustedText::Stretch* const stretch = trusted->stretch_at(begin + at);
            seen = text.substr(0, stretch == nullptr ? 0 : static_cast<size_t>(std::min(stretch->end(), end) - begin));
            special = stretch != nullptr && stretch->special;
        }
        const int64_t index = longest_at(seen, at, special, length);
        if (index < 0) {
            ++at;
            continue;
        }
        const AddedToken& token = tokens_[static_cast<size_t>(index)];
        const char* first = begin + at;
        const char* last = first + length;
        at += length;
        if (token.single_word) {
            const char* next = last;
            if ((first > begin &&
                 [&] {
                     const char* p = before(first);
                     return is_word(next_code_point(p));
                 }()) ||
                (last < end && is_word(next_code_point(next)))) {
                continue;
            }
        }
        if (token.lstrip) {
            while (first > done && is_space(before(first))) first = before(first);
        }
        if (token.rstrip) {
            while (last < end && is_space(last)) next_code_point(last);
        }
        if (done < first) pieces.push_back({{done, static_cast<size_t>(first - done)}, -1});
        pieces.push_back({{first, static_cast<size_t>(last - first)}, token.id});
        done = std::max(done, last);
    }
    if (done < end) pieces.push_back({{done, static_cast<size_t>(end - done)}, -1});
}

}  // namespace lathe
