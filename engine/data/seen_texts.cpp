#include "engine/data/seen_texts.h"

#include <functional>
#include <utility>

#include "engine/data/word_hash.h"

namespace lathe {

namespace {

constexpr size_t kFirstSlots = 1 << 12;

}  // namespace

// Two functions that have nothing to do with each other.
TextKey text_key(std::string_view text) {
    const TextKey key{hash_word(text), std::hash<std::string_view>()(text)};
    return key == TextKey() ? TextKey{1, 0} : key;
}

SeenTexts::SeenTexts() : slots_(kFirstSlots) {}

size_t SeenTexts::slot_of(TextKey key) const {
    const size_t mask = slots_.size() - 1;
    size_t at = key.low & mask;
    while (slots_[at] != TextKey() && slots_[at] != key) at = (at + 1) & mask;
    return at;
}

bool SeenTexts::add(TextKey key) {
    const size_t slot = slot_of(key);
    if (slots_[slot] == key) return false;
    slots_[slot] = key;
    if (++count_ * 4 > slots_.size() * 3) grow();
    return true;
}

void SeenTexts::grow() {
    const std::vector<TextKey> old = std::exchange(slots_, std::vector<TextKey>(slots_.size() * 2));
    for (const TextKey& key : old)
        if (key != TextKey()) slots_[slot_of(key)] = key;
}

}  // namespace lathe
