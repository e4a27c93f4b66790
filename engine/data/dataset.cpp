#include "engine/data/dataset.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/base/error.h"
#include "engine/data/permutation.h"
#include "kernels/cross_entropy.h"

namespace lathe {

namespace {

constexpr int64_t kBlock = 16;
constexpr uint64_t kRowKey = 0x726F77730000u;

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
    count_examples();
    train_.order = pieces(false);
    validation_.order = pieces(true);
    measure(train_, false);
    measure(validation_, true);
    if (train_.targets == 0)
        fail(Error{.kind = ErrorKind::empty,
                   .file = options_.name.empty() ? cache_.path() : options_.name,
                   .key = "data.max_length",
                   .expected = cache_.masked() ? "an example to train on whose answer begins within " +
                                                     std::to_string(options_.max_length) + " tokens; raise it"
                                               : "at least 2 tokens of one document to train on",
                   .found = std::to_string(cache_.tokens()) + " tokens in " + std::to_string(cache_.documents()) +
                            " documents"});
    if (tears()) index_blocks(validation_);
}

int64_t Dataset::piece_begin(uint32_t piece) const {
    if (cache_.documents() == 1) return piece == 0 ? 0 : lone_split_;
    return cache_.document_begin(piece);
}

int64_t Dataset::piece_end(uint32_t piece) const {
    if (cache_.documents() == 1) return piece == 0 ? lone_split_ : cache_.tokens();
    return cache_.document_end(piece);
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
    if (train_.order.size() > 1 && train_.row_begin.empty()) {
        // From the sorted order each time, so that an epoch does not depend on the ones read before.
        std::sort(train_.order.begin(), train_.order.end());
        shuffle_in_place(train_.order, combine_keys(options_.seed, static_cast<uint64_t>(epoch)));
    }
    if (tears()) index_blocks(train_);
    epoch_ = epoch;
}

void Dataset::append_segment(int64_t begin, int64_t end, int64_t piece_end, Batch& batch) const {
    const int64_t seen_end = std::min(end + 1, piece_end);  // the last target may lie in the next row
    const std::span<const uint32_t> tokens = cache_.tokens_between(begin, seen_end);
    const uint32_t mask = cache_.masked() ? kMaskedToken : 0;
    for (size_t i = 0; i < tokens.size(); ++i)
        if ((tokens[i] & ~mask) >= token_bytes_.size())
            fail(Error{.kind = ErrorKind::malformed,
                       .file = cache_.path(),
                       .key = "token " + std::to_string(begin + static_cast<int64_t>(i)),
                       .expected = "an id below " + std::to_string(token_bytes_.size()),
                       .found = std::to_string(tokens[i] & ~mask)});
    const auto length = static_cast<size_t>(end - begin);
    for (size_t i = 0; i < length; ++i) {
        batch.ids.push_back(static_cast<int32_t>(tokens[i] & ~mask));
        batch.positions.push_back(static_cast<int32_t>(i));
        if (i + 1 == tokens.size() || (tokens[i + 1] & mask) != 0) {
            batch.targets.push_back(cpu::kIgnoreTarget);
            continue;
        }
        batch.targets.push_back(static_cast<int32_t>(tokens[i + 1]));
        ++batch.target_count;
        batch.target_bytes += token_bytes_[tokens[i + 1]];
    }
    batch.segment_lengths.push_back(static_cast<int32_t>(length));
}

void Dataset::append_row(const Split& split, int64_t row, Batch& batch) const {
    const int64_t T = options_.max_length;
    const int64_t bytes_before = batch.target_bytes;
    if (batch.row_begin.empty()) batch.row_begin.push_back(0);
    if (tears()) {
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
        const auto index = static_cast<size_t>(row);
        const bool packed = !split.row_begin.empty();
        const size_t first = packed ? split.row_begin[index] : index,
                     last = packed ? split.row_begin[index + 1] : index + 1;
        for (size_t i = first; i < last; ++i) {
            const int64_t begin = piece_begin(split.order[i]), end = piece_end(split.order[i]);
            append_segment(begin, std::min(end, begin + T), end, batch);
        }
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
    std::vector<uint32_t> unmasked;
    for (const uint32_t piece : pieces(false)) {
        std::span<const uint32_t> tokens = cache_.tokens_between(piece_begin(piece), piece_end(piece));
        if (cache_.masked()) {
            unmasked.assign(tokens.begin(), tokens.end());
            for (uint32_t& token : unmasked) token &= ~kMaskedToken;
            tokens = unmasked;
        }
        document(tokens);
    }
}

}  // namespace lathe
