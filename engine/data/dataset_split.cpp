// Which documents are trained on and which are held back, and what there is to learn from them. See dataset.h.
#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/data/dataset.h"
#include "engine/data/packing.h"
#include "engine/data/permutation.h"

namespace lathe {

namespace {

constexpr uint64_t kSplitKey = 0x4C61746865203031u;  // the split is the same for every run and seed
constexpr double kTwoTo64 = 18446744073709551616.0;

uint64_t split_hash(int64_t document) {
    return combine_keys(kSplitKey, static_cast<uint64_t>(document));
}

}  // namespace

void Dataset::choose_validation() {
    const int64_t documents = cache_.documents();
    const double fraction = options_.validation_fraction;
    if (cache_.report().training_documents) return;  // files of their own
    if (documents == 1 && cache_.masked()) {
        lone_split_ = cache_.tokens();  // half an example is none
        return;
    }
    if (documents == 1) {
        // Both parts need two tokens to have a target.
        const int64_t tokens = cache_.tokens();
        const auto held_back = static_cast<int64_t>(std::ceil(fraction * static_cast<double>(tokens)));
        lone_split_ = fraction > 0 && tokens >= 4 ? tokens - std::clamp<int64_t>(held_back, 2, tokens - 2) : tokens;
        return;
    }
    if (fraction <= 0 || documents == 0) return;
    int64_t held_back = 0, lowest = 0, highest = 0;
    for (int64_t i = 0; i < documents; ++i) {
        held_back += is_validation_document(i);
        if (split_hash(i) < split_hash(lowest)) lowest = i;
        if (split_hash(i) > split_hash(highest)) highest = i;
    }
    if (held_back == 0) forced_validation_ = lowest;
    if (held_back == documents) forced_training_ = highest;
}

bool Dataset::is_validation_document(int64_t index) const {
    if (const auto& training = cache_.report().training_documents) return index >= *training;
    if (cache_.documents() < 2 || index == forced_training_) return false;
    return index == forced_validation_ ||
           static_cast<double>(split_hash(index)) < options_.validation_fraction * kTwoTo64;
}

int64_t Dataset::targets_of(int64_t begin, int64_t end) const {
    const int64_t inputs = std::min(end - 1 - begin, options_.max_length);
    if (!cache_.masked() || inputs <= 0) return inputs;
    int64_t targets = 0;
    for (const uint32_t token : cache_.tokens_between(begin + 1, begin + inputs + 1))
        targets += (token & kMaskedToken) == 0;
    return targets;
}

void Dataset::count_examples() {
    if (tears()) return;
    for (int64_t i = 0; i < cache_.documents(); ++i) {
        const int64_t begin = cache_.document_begin(i), end = cache_.document_end(i);
        truncated_ += end - begin > options_.max_length;
        untrained_ += targets_of(begin, end) <= 0;
    }
}

std::vector<uint32_t> Dataset::pieces(bool of_validation) const {
    std::vector<uint32_t> chosen;
    const bool lone = cache_.documents() == 1;
    const uint32_t count = lone ? 2 : static_cast<uint32_t>(cache_.documents());
    for (uint32_t piece = 0; piece < count; ++piece) {
        const bool held_back = lone ? piece == 1 : is_validation_document(piece);
        if (held_back != of_validation) continue;
        const int64_t begin = piece_begin(piece), end = piece_end(piece);
        // A row without a target would be a row for nothing.
        if (tears() ? end > begin : targets_of(begin, end) > 0) chosen.push_back(piece);
    }
    return chosen;
}

void Dataset::measure(Split& split, bool keep_short_row) const {
    const int64_t T = options_.max_length;
    for (const uint32_t piece : split.order) {
        const int64_t begin = piece_begin(piece), tokens = piece_end(piece) - begin;
        split.tokens += tokens;
        split.targets += tears() ? tokens - 1 : targets_of(begin, begin + tokens);
        if (!tears()) split.dropped += std::max<int64_t>(tokens - T, 0);
    }
    if (!tears()) {
        if (options_.packing) pack(split);
        split.rows = static_cast<int64_t>(options_.packing ? split.row_begin.size() - 1 : split.order.size());
        return;
    }
    split.rows = keep_short_row ? (split.tokens + T - 1) / T : split.tokens / T;
    if (split.tokens > 0) split.rows = std::max<int64_t>(split.rows, 1);
    split.dropped = std::max<int64_t>(split.tokens - split.rows * T, 0);
}

void Dataset::pack(Split& split) const {
    std::vector<int32_t> lengths;
    for (const uint32_t piece : split.order)
        lengths.push_back(static_cast<int32_t>(std::min(piece_end(piece) - piece_begin(piece), options_.max_length)));
    PackedRows packed = pack_whole(lengths, options_.max_length);
    for (uint32_t& index : packed.order) index = split.order[index];
    split.order = std::move(packed.order);
    split.row_begin = std::move(packed.row_begin);
}

}  // namespace lathe
