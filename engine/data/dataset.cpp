#include "engine/data/dataset.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/base/error.h"
#include "engine/data/permutation.h"
#include "kernels/cross_entropy.h"

namespace lathe {

namespace {

constexpr int64_t kBlock = 16;
constexpr uint64_t kSplitKey = 0x4C61746865203031u;  // the split is the same for every run and seed
constexpr uint64_t kRowKey = 0x726F77730000u;
constexpr double kTwoTo64 = 18446744073709551616.0;

uint64_t split_hash(int64_t document) {
    return combine_keys(kSplitKey, static_cast<uint64_t>(document));
}

}  // namespace

Dataset::Dataset(const TokenCache& cache, const DatasetOptions& options, std::vector<int32_t> token_bytes)
    : cache_(cache), options_(options), token_bytes_(std::move(token_bytes)) {
    if (options_.max_length < 2 || options_.max_length > 1 << 24)
        fail(Error{.kind = ErrorKind::out_of_range,
                   .key = "data.max_length",
                   .expected = "2 to 16777216",
                   .found = std::to_string(options_.max_length)});
    if (!(options_.validation_fraction >= 0 && options_.validation_fraction <= 0.5))
        fail(Error{.kind = ErrorKind::out_of_range,
                   .key = "data.validation_fraction",
                   .expected = "0 to 0.5",
                   .found = std::to_string(options_.validation_fraction)});
    if (vocab_size() != cache_.vocab_size())
        fail(Error{.kind = ErrorKind::mismatch,
                   .file = cache_.path(),
                   .key = "vocab_size",
                   .expected = std::to_string(vocab_size()),
                   .found = std::to_string(cache_.vocab_size())});
    if (cache_.documents() > std::numeric_limits<uint32_t>::max())
        fail(Error{.kind = ErrorKind::too_large,
                   .file = cache_.path(),
                   .key = "data.files",
                   .expected = "fewer than 2^32 documents"});
    choose_validation();
    train_.order = pieces(false);
    validation_.order = pieces(true);
    measure(train_, false);
    measure(validation_, true);
    if (train_.targets == 0)
        fail(Error{.kind = ErrorKind::empty,
                   .file = cache_.path(),
                   .key = "data.max_length",
                   .expected = "at least 2 tokens of one document to train on",
                   .found = std::to_string(cache_.tokens()) + " tokens in " + std::to_string(cache_.documents()) +
                            " documents"});
    if (options_.packing) index_blocks(validation_);
}

void Dataset::choose_validation() {
    const int64_t documents = cache_.documents();
    const double fraction = options_.validation_fraction;
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
    if (cache_.documents() < 2 || index == forced_training_) return false;
    return index == forced_validation_ ||
           static_cast<double>(split_hash(index)) < options_.validation_fraction * kTwoTo64;
}

int64_t Dataset::piece_begin(uint32_t piece) const {
    if (cache_.documents() == 1) return piece == 0 ? 0 : lone_split_;
    return cache_.document_begin(piece);
}

int64_t Dataset::piece_end(uint32_t piece) const {
    if (cache_.documents() == 1) return piece == 0 ? lone_split_ : cache_.tokens();
    return cache_.document_end(piece);
}

std::vector<uint32_t> Dataset::pieces(bool of_validation) const {
    std::vector<uint32_t> chosen;
    const bool lone = cache_.documents() == 1;
    const uint32_t count = lone ? 2 : static_cast<uint32_t>(cache_.documents());
    // An unpacked row without a target would be a row for nothing.
    const int64_t least = options_.packing ? 1 : 2;
    for (uint32_t piece = 0; piece < count; ++piece) {
        const bool held_back = lone ? piece == 1 : is_validation_document(piece);
        if (held_back == of_validation && piece_end(piece) - piece_begin(piece) >= least) chosen.push_back(piece);
    }
    return chosen;
}

void Dataset::measure(Split& split, bool keep_short_row) const {
    const int64_t T = options_.max_length;
    for (const uint32_t piece : split.order) {
        const int64_t tokens = piece_end(piece) - piece_begin(piece);
        split.tokens += tokens;
        split.targets += options_.packing ? tokens - 1 : std::min(tokens - 1, T);
        if (!options_.packing) split.dropped += std::max<int64_t>(tokens - T, 0);
    }
    if (!options_.packing) {
        split.rows = static_cast<int64_t>(split.order.size());
        return;
    }
    split.rows = keep_short_row ? (split.tokens + T - 1) / T : split.tokens / T;
    if (split.tokens > 0) split.rows = std::max<int64_t>(split.rows, 1);
    split.dropped = std::max<int64_t>(split.tokens - split.rows * T, 0);
}

void Dataset::index_blocks(Split& split) const {
    split.block_begin.clear();
    int64_t tokens = 0;
    for (size_t i = 0; i < split.order.size(); ++i) {
        if (i % kBlock == 0) split.block_begin.push_back(tokens);
        tokens += piece_end(split.order[i]) - piece_begin(split.order[i]);
    }
}

void Dataset::shuffle(int64_t epoch) {
    if (epoch == epoch_) return;
    epoch_ = -1;
    if (train_.order.size() > 1) {
        // From the sorted order each time, so that an epoch does not depend on the ones read before.
        std::sort(train_.order.begin(), train_.order.end());
        shuffle_in_place(train_.order, combine_keys(options_.seed, static_cast<uint64_t>(epoch)));
    }
    if (options_.packing) index_blocks(train_);
    epoch_ = epoch;
}

void Dataset::append_segment(int64_t begin, int64_t end, int64_t piece_end, Batch& batch) const {
    const int64_t seen_end = std::min(end + 1, piece_end);  // the last target may lie in the next row
    const std::span<const uint32_t> ids = cache_.tokens_between(begin, seen_end);
    for (size_t i = 0; i < ids.size(); ++i)
        if (ids[i] >= token_bytes_.size())
            fail(Error{.kind = ErrorKind::malformed,
                       .file = cache_.path(),
                       .key = "token " + std::to_string(begin + static_cast<int64_t>(i)),
                       .expected = "an id below " + std::to_string(token_bytes_.size()),
                       .found = std::to_string(ids[i])});
    const auto length = static_cast<size_t>(end - begin);
    for (size_t i = 0; i < length; ++i) {
        batch.ids.push_back(static_cast<int32_t>(ids[i]));
        batch.positions.push_back(static_cast<int32_t>(i));
        if (i + 1 == ids.size()) {
            batch.targets.push_back(cpu::kIgnoreTarget);
            continue;
        }
        batch.targets.push_back(static_cast<int32_t>(ids[i + 1]));
        ++batch.target_count;
        batch.target_bytes += token_bytes_[ids[i + 1]];
    }
    batch.segment_lengths.push_back(static_cast<int32_t>(length));
}

void Dataset::append_row(const Split& split, int64_t row, Batch& batch) const {
    const int64_t T = options_.max_length;
    const int64_t bytes_before = batch.target_bytes;
    if (batch.row_begin.empty()) batch.row_begin.push_back(0);
    if (options_.packing) {
        const int64_t begin = row * T, end = std::min(begin + T, split.tokens);
        const auto after = std::upper_bound(split.block_begin.begin(), split.block_begin.end(), begin);
        const int64_t block = after - split.block_begin.begin() - 1;
        int64_t at = split.block_begin[static_cast<size_t>(block)];
        for (auto i = static_cast<size_t>(block * kBlock); at < end; ++i) {
            const uint32_t piece = split.order[i];
            const int64_t first = piece_begin(piece), last = piece_end(piece);
            const int64_t from = first + std::max<int64_t>(begin - at, 0), to = std::min(last, first + end - at);
            if (from < to) append_segment(from, to, last, batch);
            at += last - first;
        }
    } else {
        const uint32_t piece = split.order[static_cast<size_t>(row)];
        append_segment(piece_begin(piece), std::min(piece_end(piece), piece_begin(piece) + T), piece_end(piece), batch);
    }
    batch.row_begin.push_back(batch.tokens());
    batch.row_target_bytes.push_back(batch.target_bytes - bytes_before);
}

Batch Dataset::next(Cursor& cursor, int64_t rows) {
    if (cursor.epoch < 0 || cursor.row < 0 || cursor.row > rows_per_epoch())
        fail(Error{.kind = ErrorKind::out_of_range,
                   .file = cache_.path(),
                   .key = "cursor",
                   .expected = "row 0 to " + std::to_string(rows_per_epoch()),
                   .found = "epoch " + std::to_string(cursor.epoch) + ", row " + std::to_string(cursor.row)});
    Batch batch;
    for (int64_t i = 0; i < rows; ++i) {
        if (cursor.row == rows_per_epoch()) cursor = {cursor.epoch + 1, 0};
        shuffle(cursor.epoch);
        const uint64_t row_key = combine_keys(options_.seed ^ kRowKey, static_cast<uint64_t>(cursor.epoch));
        append_row(train_, options_.packing ? permuted_index(cursor.row, rows_per_epoch(), row_key) : cursor.row,
                   batch);
        ++cursor.row;
    }
    return batch;
}

Batch Dataset::validation(int64_t first_row, int64_t rows) const {
    if (first_row < 0) fail(Error{.kind = ErrorKind::internal, .key = "validation row " + std::to_string(first_row)});
    Batch batch;
    const int64_t end =
        first_row >= validation_.rows ? first_row : first_row + std::min(rows, validation_.rows - first_row);
    for (int64_t row = first_row; row < end; ++row) append_row(validation_, row, batch);
    return batch;
}

void Dataset::for_each_training_document(const std::function<void(std::span<const uint32_t> tokens)>& document) const {
    for (const uint32_t piece : pieces(false)) document(cache_.tokens_between(piece_begin(piece), piece_end(piece)));
}

}  // namespace lathe
