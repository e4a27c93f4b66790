// Classes of code points as Hugging Face tokenizers sees them (its regular expressions: Unicode 16, its NFC: Unicode 9,
// its Digits step: Unicode 17), and UTF-8 for the scanners. The table is built once from generated ranges and never
// changes. Any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lathe {

constexpr uint8_t kLetter = 1;    // \p{L}
constexpr uint8_t kNumber = 2;    // \p{N}
constexpr uint8_t kSpace = 4;     // \s
constexpr uint8_t kNfcCheck = 8;  // NFC may change it, move it or join it to what stands before
constexpr uint8_t kDigit = 16;    // of a Digits step

class UnicodeClasses {
public:
    static const UnicodeClasses& get();
    uint8_t of(char32_t c) const { return c < 128 ? ascii_[c] : blocks_[(size_t{block_of_[c >> 7]} << 7) | (c & 127)]; }
    uint8_t of_ascii(unsigned char c) const { return ascii_[c]; }

private:
    UnicodeClasses();
    std::array<uint8_t, 128> ascii_{};
    std::array<uint16_t, 0x110000 / 128> block_of_{};
    std::vector<uint8_t> blocks_;
};

// The code point at p of valid UTF-8; p moves behind it.
inline char32_t next_code_point(const char*& p) {
    const auto byte = [&](int i) { return static_cast<char32_t>(static_cast<unsigned char>(p[i])); };
    const char32_t b = byte(0);
    char32_t c = b;
    int length = 1;
    if (b >= 0xF0) {
        c = (b & 7) << 18 | (byte(1) & 63) << 12 | (byte(2) & 63) << 6 | (byte(3) & 63);
        length = 4;
    } else if (b >= 0xE0) {
        c = (b & 15) << 12 | (byte(1) & 63) << 6 | (byte(2) & 63);
        length = 3;
    } else if (b >= 0xC0) {
        c = (b & 31) << 6 | (byte(1) & 63);
        length = 2;
    }
    p += length;
    return c;
}

void append_utf8(char32_t c, std::string& text);
// Length of the longest prefix that is valid UTF-8 (no surrogates, nothing overlong, at most U+10FFFF).
size_t valid_utf8_prefix(std::string_view text);

}  // namespace lathe
