#include "engine/data/baseline.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/base/error.h"
#include "engine/data/permutation.h"
#include "kernels/cross_entropy.h"

namespace lathe {

namespace {

constexpr int kBuckets = 33;
constexpr int kIterations = 30;
constexpr double kDefaultWeight = 0.5;
constexpr double kMostWeight = 0.9999;  // a pair never seen keeps a probability
constexpr int64_t kScoredRows = 64;

// Counts of pairs (a, b): open addressing, linear probing, at most 5/8 full.
class PairCounts {
public:
    PairCounts() : keys_(1 << 12, kFree), counts_(1 << 12) {}
    void add(uint64_t key) {
        if (used_ * 8 >= keys_.size() * 5) grow();
        const size_t slot = slot_of(key);
        if (keys_[slot] == kFree) {
            keys_[slot] = key;
            ++used_;
        }
        ++counts_[slot];
    }
    uint32_t count(uint64_t key) const {
        const size_t slot = slot_of(key);
        return keys_[slot] == kFree ? 0 : counts_[slot];
    }

private:
    static constexpr uint64_t kFree = ~uint64_t{0};

    size_t slot_of(uint64_t key) const {
        const size_t mask = keys_.size() - 1;
        size_t slot = splitmix64(key) & mask;
        while (keys_[slot] != kFree && keys_[slot] != key) slot = (slot + 1) & mask;
        return slot;
    }
    void grow() {
        std::vector<uint64_t> keys(keys_.size() * 2, kFree);
        std::vector<uint32_t> counts(keys.size());
        keys.swap(keys_);
        counts.swap(counts_);
        for (size_t i = 0; i < keys.size(); ++i) {
            if (keys[i] == kFree) continue;
            const size_t slot = slot_of(keys[i]);
            keys_[slot] = keys[i];
            counts_[slot] = counts[i];
        }
    }

    std::vector<uint64_t> keys_;
    std::vector<uint32_t> counts_;
    size_t used_ = 0;
};

class BigramModel {
public:
    explicit BigramModel(int64_t vocab_size)
        : as_first_(static_cast<size_t>(vocab_size)), as_second_(static_cast<size_t>(vocab_size)) {
        weights_.fill(kDefaultWeight);
    }

    void add(uint32_t a, uint32_t b) {
        pairs_.add(key(a, b));
        ++as_first_[a];
        ++as_second_[b];
        ++total_;
    }

    double unigram(uint32_t b) const {
        return (static_cast<double>(as_second_[b]) + 1) / static_cast<double>(total_ + as_second_.size());
    }

    double probability(uint32_t a, uint32_t b) const {
        if (as_first_[a] == 0) return unigram(b);
        const double weight = weights_[bucket(a)];
        return weight * bigram(a, b) + (1 - weight) * unigram(b);
    }

    // Sets the weights to those most likely for pairs that were not added.
    void fit_weights(const std::vector<uint64_t>& held_out) {
        std::array<std::vector<float>, kBuckets> ratios;  // P(b|a) / P(b) is all that the weights see of a pair
        for (const uint64_t pair : held_out) {
            const auto a = static_cast<uint32_t>(pair >> 32), b = static_cast<uint32_t>(pair);
            if (as_first_[a] > 0) ratios[bucket(a)].push_back(static_cast<float>(bigram(a, b) / unigram(b)));
        }
        double weight = kDefaultWeight;
        for (size_t i = 0; i < kBuckets; ++i) {
            for (int step = 0; step < kIterations && !ratios[i].empty(); ++step) {
                double sum = 0;
                for (const float ratio : ratios[i]) sum += weight * ratio / (weight * ratio + 1 - weight);
                weight = std::clamp(sum / static_cast<double>(ratios[i].size()), 1 - kMostWeight, kMostWeight);
            }
            weights_[i] = weight;  // of a bucket without pairs: the one below's
        }
    }

private:
    static uint64_t key(uint32_t a, uint32_t b) { return static_cast<uint64_t>(a) << 32 | b; }
    size_t bucket(uint32_t a) const { return static_cast<size_t>(std::bit_width(as_first_[a])); }
    double bigram(uint32_t a, uint32_t b) const { return pairs_.count(key(a, b)) / static_cast<double>(as_first_[a]); }

    PairCounts pairs_;
    std::vector<uint32_t> as_first_, as_second_;
    uint64_t total_ = 0;
    std::array<double, kBuckets> weights_{};
};

template <class Pair>
void for_each_pair(const Dataset& dataset, int64_t max_tokens, Pair pair) {
    const int64_t stride = std::max<int64_t>(1, (dataset.training_tokens() + max_tokens - 1) / max_tokens);
    const auto vocab_size = static_cast<uint32_t>(dataset.vocab_size());
    int64_t index = 0, tokens_left = max_tokens;
    dataset.for_each_training_document([&](std::span<const uint32_t> tokens) {
        if (index++ % stride != 0) return;
        for (size_t i = 0; i + 1 < tokens.size() && tokens_left > 0; ++i, --tokens_left) {
            if (tokens[i] >= vocab_size || tokens[i + 1] >= vocab_size)
                fail(Error{.kind = ErrorKind::malformed,
                           .key = "token",
                           .expected = "an id below " + std::to_string(vocab_size)});
            pair(tokens[i], tokens[i + 1]);
        }
    });
}

}  // namespace

NgramBaseline ngram_baseline(const Dataset& dataset, int64_t vocab_size, int64_t rows, int64_t max_training_tokens) {
    if (vocab_size < dataset.vocab_size())
        fail(Error{.kind = ErrorKind::mismatch,
                   .key = "vocab_size",
                   .expected = "at least the tokenizer's " + std::to_string(dataset.vocab_size()),
                   .found = std::to_string(vocab_size)});
    max_training_tokens = std::max<int64_t>(max_training_tokens, 1);
    BigramModel model(vocab_size);
    const int64_t pairs = std::min(dataset.training_tokens(), max_training_tokens);
    const int64_t block = std::clamp<int64_t>(pairs / 100, 1, 4096);
    std::vector<uint64_t> held_out;
    int64_t at = 0;
    for_each_pair(dataset, max_training_tokens, [&](uint32_t a, uint32_t b) {
        if (at++ / block % 10 == 9)
            held_out.push_back(static_cast<uint64_t>(a) << 32 | b);
        else
            model.add(a, b);
    });
    model.fit_weights(held_out);
    for (const uint64_t pair : held_out) model.add(static_cast<uint32_t>(pair >> 32), static_cast<uint32_t>(pair));

    NgramBaseline result;
    double nats = 0;
    const int64_t scored_rows = rows < 0 ? dataset.validation_rows() : std::min(rows, dataset.validation_rows());
    for (int64_t row = 0; row < scored_rows; row += kScoredRows) {
        const Batch batch = dataset.validation(row, std::min(kScoredRows, scored_rows - row));
        for (size_t i = 0; i < batch.ids.size(); ++i) {
            if (batch.targets[i] == cpu::kIgnoreTarget) continue;
            nats -= std::log(
                model.probability(static_cast<uint32_t>(batch.ids[i]), static_cast<uint32_t>(batch.targets[i])));
        }
        result.tokens += batch.target_count;
        result.bytes += batch.target_bytes;
    }
    result.loss = result.tokens > 0 ? nats / static_cast<double>(result.tokens) : 0;
    result.bits_per_byte = result.bytes > 0 ? nats / std::log(2.0) / static_cast<double>(result.bytes)
                                            : std::numeric_limits<double>::quiet_NaN();
    return result;
}

}  // namespace lathe
