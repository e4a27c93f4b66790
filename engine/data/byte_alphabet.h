// GPT-2's spelling of bytes as characters: bytes 33-126, 161-172 and 174-255 are the characters of that number,
// the other 68 are U+0100 + k in order. Source: tokenizers/src/pre_tokenizers/byte_level.rs. Pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/data/unicode_classes.h"

namespace lathe {

constexpr std::array<char32_t, 256> make_byte_alphabet() {
    std::array<char32_t, 256> character_of{};
    char32_t next = 256;
    for (char32_t b = 0; b < 256; ++b) {
        const bool same = (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || b >= 174;
        character_of[b] = same ? b : next++;
    }
    return character_of;
}

inline constexpr std::array<char32_t, 256> kByteAlphabet = make_byte_alphabet();

inline std::string spell_bytes(std::string_view bytes) {
    std::string spelled;
    for (const char b : bytes) append_utf8(kByteAlphabet[static_cast<unsigned char>(b)], spelled);
    return spelled;
}

// False where a character is no byte; spelled must be valid UTF-8.
inline bool unspell_bytes(std::string_view spelled, std::string& bytes) {
    constexpr auto byte_of = [] {
        std::array<int16_t, 324> table{};
        for (auto& entry : table) entry = -1;
        for (size_t b = 0; b < 256; ++b) table[kByteAlphabet[b]] = static_cast<int16_t>(b);
        return table;
    }();
    bytes.clear();
    for (const char* p = spelled.data(); p < spelled.data() + spelled.size();) {
        const char32_t c = next_code_point(p);
        if (c >= byte_of.size() || byte_of[c] < 0) return false;
        bytes += static_cast<char>(byte_of[c]);
    }
    return true;
}

}  // namespace lathe
