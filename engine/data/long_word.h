// Working memory for merging one long word: a linked list of symbols and, for each rank, the places where its pair
// stands. Places come out in ascending order of (rank, place). One thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <vector>

namespace lathe {

class RankQueue {
public:
    explicit RankQueue(size_t ranks) : bucket_of_(ranks, kNone) {}

    void push(uint32_t rank, uint32_t place) {
        if (bucket_of_[rank] == kNone) {
            bucket_of_[rank] = static_cast<uint32_t>(buckets_.size());
            buckets_.emplace_back();
            ranks_.push_back(rank);
            std::push_heap(ranks_.begin(), ranks_.end(), std::greater<>());
        }
        Bucket& bucket = buckets_[bucket_of_[rank]];
        if (bucket.ascending.empty() || place >= bucket.ascending.back()) {
            bucket.ascending.push_back(place);
        } else {
            bucket.heap.push_back(place);
            std::push_heap(bucket.heap.begin(), bucket.heap.end(), std::greater<>());
        }
    }

    // False when empty; the queue is then as new.
    bool pop(uint32_t& rank, uint32_t& place) {
        while (!ranks_.empty()) {
            rank = ranks_.front();
            Bucket& bucket = buckets_[bucket_of_[rank]];
            const bool more = bucket.cursor < bucket.ascending.size();
            if (!bucket.heap.empty() && (!more || bucket.heap.front() < bucket.ascending[bucket.cursor])) {
                place = bucket.heap.front();
                std::pop_heap(bucket.heap.begin(), bucket.heap.end(), std::greater<>());
                bucket.heap.pop_back();
                return true;
            }
            if (more) {
                place = bucket.ascending[bucket.cursor++];
                return true;
            }
            bucket = Bucket();
            bucket_of_[rank] = kNone;
            std::pop_heap(ranks_.begin(), ranks_.end(), std::greater<>());
            ranks_.pop_back();
        }
        buckets_.clear();
        return false;
    }

private:
    static constexpr uint32_t kNone = ~uint32_t{0};
    struct Bucket {
        std::vector<uint32_t> ascending;
        size_t cursor = 0;
        std::vector<uint32_t> heap;  // places pushed out of order
    };
    std::vector<uint32_t> bucket_of_;  // rank -> bucket
    std::vector<Bucket> buckets_;
    std::vector<uint32_t> ranks_;  // min-heap of the ranks in use
};

struct LongWord {
    explicit LongWord(size_t ranks) : queue(ranks) {}
    RankQueue queue;
    std::vector<int32_t> symbols;  // -1: joined to the one before
    std::vector<uint32_t> next, previous;
};

}  // namespace lathe
