// Which texts have been met, by a hash of 128 bits: 16 to 40 bytes of memory a text, however long it is. One thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace lathe {

struct TextKey {
    uint64_t low = 0, high = 0;
    bool operator==(const TextKey&) const = default;
};
TextKey text_key(std::string_view text);

class SeenTexts {
public:
    SeenTexts();
    // True where it is the first one of its kind.
    bool add(TextKey key);

private:
    size_t slot_of(TextKey key) const;
    void grow();

    std::vector<TextKey> slots_;  // open addressing, linear; {0, 0} is free
    size_t count_ = 0;
};

}  // namespace lathe
