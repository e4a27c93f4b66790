#include "engine/data/unicode_classes.h"

#include <algorithm>
#include <cstring>
#include <map>

namespace lathe {

namespace {

struct Range {
    uint32_t first, last;
    uint8_t bits;
};

constexpr Range kRanges[] = {
#include "engine/data/unicode_ranges.inc"
};

bool is_continuation(std::string_view text, size_t i) {
    return i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80;
}

// Bytes of the valid code point at i, 0 if there is none.
size_t code_point_length(std::string_view text, size_t i) {
    const auto b = static_cast<unsigned char>(text[i]);
    if (b < 0x80) return 1;
    if (b < 0xC2 || b > 0xF4 || !is_continuation(text, i + 1)) return 0;
    if (b < 0xE0) return 2;
    const auto second = static_cast<unsigned char>(text[i + 1]);
    if (!is_continuation(text, i + 2)) return 0;
    if (b < 0xF0) return (b == 0xE0 && second < 0xA0) || (b == 0xED && second > 0x9F) ? 0 : 3;
    if (!is_continuation(text, i + 3)) return 0;
    return (b == 0xF0 && second < 0x90) || (b == 0xF4 && second > 0x8F) ? 0 : 4;
}

}  // namespace

const UnicodeClasses& UnicodeClasses::get() {
    static const UnicodeClasses classes;
    return classes;
}

UnicodeClasses::UnicodeClasses() {
    std::vector<uint8_t> flat(0x110000, 0);
    for (const Range& range : kRanges) std::fill(flat.begin() + range.first, flat.begin() + range.last + 1, range.bits);
    std::copy_n(flat.begin(), ascii_.size(), ascii_.begin());
    std::map<std::string_view, uint16_t> known;
    for (size_t block = 0; block < block_of_.size(); ++block) {
        const std::string_view content(reinterpret_cast<const char*>(flat.data()) + block * 128, 128);
        const auto [place, added] = known.try_emplace(content, static_cast<uint16_t>(known.size()));
        if (added) blocks_.insert(blocks_.end(), content.begin(), content.end());
        block_of_[block] = place->second;
    }
    blocks_.shrink_to_fit();
}

void append_utf8(char32_t c, std::string& text) {
    const auto put = [&](char32_t byte) { text += static_cast<char>(byte); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | c >> 6);
        put(0x80 | (c & 63));
    } else if (c < 0x10000) {
        put(0xE0 | c >> 12);
        put(0x80 | (c >> 6 & 63));
        put(0x80 | (c & 63));
    } else {
        put(0xF0 | c >> 18);
        put(0x80 | (c >> 12 & 63));
        put(0x80 | (c >> 6 & 63));
        put(0x80 | (c & 63));
    }
}

size_t valid_utf8_prefix(std::string_view text) {
    size_t i = 0;
    while (i < text.size()) {
        while (i + 8 <= text.size()) {  // eight ASCII bytes at once
            uint64_t eight;
            std::memcpy(&eight, text.data() + i, 8);
            if (eight & 0x8080808080808080ULL) break;
            i += 8;
        }
        if (i == text.size()) break;
        const size_t length = code_point_length(text, i);
        if (length == 0) break;
        i += length;
    }
    return i;
}

}  // namespace lathe
