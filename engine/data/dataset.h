// Rows of tokens to train and validate on, from a TokenCache. A batch is a pure function of (cache, options, cursor):
// documents of an epoch are shuffled by counter-based randomness (Fisher-Yates over splitmix64 of seed, epoch, index),
// concatenated, cut into rows of max_length (T) tokens, and these are taken in a shuffled order too; a row is found by
// prefix sums, so a resume replays nothing. The target of a token is the next token of the same document, also when
// that lies in another row, and kIgnoreTarget at a document's end. At most 8 bytes of memory a document. One thread at
// a time.
//
// A masked cache's documents are examples: a masked token is no target, and an example is never torn. One longer than T
// tokens is cut to its first T (and the last one's target); one that then has no target is in no row. Packed, whole
// examples are put into rows once (packing.h), and an epoch shuffles the rows.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/data/token_cache.h"

namespace lathe {

struct DatasetOptions {
    int64_t max_length = 256;           // T
    bool packing = true;                // false: a row is the first T tokens of one document
    double validation_fraction = 0.05;  // of documents; 0 … 0.5; without meaning where validation files were named
    uint64_t seed = 42;                 // of the order; the split does not depend on it
    std::string name = {};              // of the data, for errors; empty: the cache's path
};

// Rows of up to T tokens one after another; N tokens in all. Rows consist of segments (pieces of documents); attention
// must not cross one.
struct Batch {
    std::vector<int32_t> ids;               // (N)
    std::vector<int32_t> targets;           // (N), kIgnoreTarget where there is none
    std::vector<int32_t> positions;         // (N), from 0 in each segment
    std::vector<int32_t> segment_lengths;   // sum N; no segment crosses a row
    std::vector<int64_t> row_begin;         // (rows + 1), from 0 to N
    std::vector<int64_t> row_target_bytes;  // (rows)
    int64_t target_count = 0;               // targets that are not ignored; may be 0
    int64_t target_bytes = 0;               // UTF-8 bytes of those targets

    int64_t rows() const { return row_begin.empty() ? 0 : static_cast<int64_t>(row_begin.size()) - 1; }
    int64_t tokens() const { return static_cast<int64_t>(ids.size()); }
};

// Rows [first, first + count) of a batch. Error internal where they are not there.
Batch slice_rows(const Batch& batch, int64_t first, int64_t count);

// The next row to read; what a checkpoint stores.
struct Cursor {
    int64_t epoch = 0;
    int64_t row = 0;  // 0 … rows_per_epoch(); the last means the next epoch's first
};

class Dataset {
public:
    // token_bytes: (V) UTF-8 bytes of each token. The cache must outlive this. Errors: out_of_range (options), mismatch
    // (vocabulary), empty with key data.max_length where the training split has not one target.
    Dataset(const TokenCache& cache, const DatasetOptions& options, std::vector<int32_t> token_bytes);

    const DatasetOptions& options() const { return options_; }
    int64_t vocab_size() const { return static_cast<int64_t>(token_bytes_.size()); }  // V
    int64_t rows_per_epoch() const {
        return train_.rows;
    }  // ≥ 1; a last short row is dropped, unless it is the only one
    int64_t validation_rows() const { return validation_.rows; }  // 0 without validation; a last short row is kept
    int64_t training_documents() const { return static_cast<int64_t>(train_.order.size()); }
    int64_t validation_documents() const { return static_cast<int64_t>(validation_.order.size()); }
    int64_t training_tokens() const { return train_.tokens; }
    int64_t validation_tokens() const { return validation_.tokens; }
    int64_t dropped_tokens() const {
        return train_.dropped;
    }  // of an epoch: cut off documents, or in the last short row
    // Of all documents, for one that is not torn: longer than a row, so that its end is cut off; and with no target in
    // what is left of it, so that it is in no row.
    int64_t truncated_documents() const { return truncated_; }
    int64_t untrained_documents() const { return untrained_; }
    int64_t training_targets() const { return train_.targets; }
    int64_t validation_targets() const { return validation_.targets; }

    // The next rows, over ends of epochs if need be; moves the cursor. Errors: out_of_range for a cursor that this data
    // cannot have, malformed for a token ≥ V in the cache.
    Batch next(Cursor& cursor, int64_t rows);
    // Validation rows [first_row, first_row + rows), fewer at the end; in document order, the same at any seed.
    Batch validation(int64_t first_row, int64_t rows) const;
    // Whole training documents in the cache's order, without masks.
    void for_each_training_document(const std::function<void(std::span<const uint32_t> tokens)>& document) const;
    // True for a document (by its index in the cache) that is held back; a lone document is split by tokens instead.
    bool is_validation_document(int64_t index) const;

private:
    // A sequence of pieces (documents, or the two parts of a lone one) cut into rows.
    struct Split {
        std::vector<uint32_t> order;       // pieces
        std::vector<int64_t> block_begin;  // tokens before every 16th piece of `order`; of torn documents
        std::vector<uint32_t> row_begin;   // in `order`, (rows + 1); of packed whole ones
        int64_t tokens = 0, targets = 0, rows = 0, dropped = 0;
    };

    bool tears() const { return options_.packing && !cache_.masked(); }  // a document may go on in the next row
    int64_t targets_of(int64_t begin, int64_t end) const;  // of a piece that is not torn, in the row that it is cut to
    void count_examples();
    void pack(Split& split) const;
    int64_t piece_begin(uint32_t piece) const;
    int64_t piece_end(uint32_t piece) const;
    void choose_validation();
    std::vector<uint32_t> pieces(bool of_validation) const;
    void measure(Split& split, bool keep_short_row) const;
    void index_blocks(Split& split) const;
    void shuffle(int64_t epoch);
    void append_row(const Split& split, int64_t row, Batch& batch) const;
    void append_segment(int64_t begin, int64_t end, int64_t piece_end, Batch& batch) const;

    const TokenCache& cache_;
    DatasetOptions options_;
    std::vector<int32_t> token_bytes_;
    Split train_, validation_;
    int64_t truncated_ = 0, untrained_ = 0;
    int64_t lone_split_ = 0;                                 // tokens of a lone document that are trained on
    int64_t forced_validation_ = -1, forced_training_ = -1;  // documents, where chance left a side empty
    int64_t epoch_ = -1;                                     // that train_.order is shuffled for
};

}  // namespace lathe
