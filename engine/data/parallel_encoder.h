// Encodes chunks of documents on several threads and gives them back in the order they came. At most a few chunks are
// under way. submit, take and pending belong to one thread.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "engine/data/token_cache.h"

namespace lathe {

// Documents in, tokens out.
struct EncodedChunk {
    std::string text;                    // of all documents, one after another
    std::vector<uint32_t> byte_counts;   // of each document
    std::vector<int32_t> ids;            // of all, each with its end token
    std::vector<uint32_t> token_counts;  // of each document
    int64_t bytes_read = 0;              // of the files, up to here
    std::exception_ptr error;
    bool done = false;

    void add(std::string_view document);
};

class ParallelEncoder {
public:
    // The encoder must outlive it.
    ParallelEncoder(const Encoder& encoder, int threads);
    ~ParallelEncoder();  // drops what is not encoded
    ParallelEncoder(const ParallelEncoder&) = delete;
    ParallelEncoder& operator=(const ParallelEncoder&) = delete;

    void submit(std::unique_ptr<EncodedChunk> chunk);
    // Waits for the oldest chunk; throws what its encoding threw. Only while pending().
    std::unique_ptr<EncodedChunk> take();
    bool pending() const { return !order_.empty(); }
    bool full() const { return order_.size() > 2 * threads_.size() || pending_bytes_ > kMaxPendingBytes; }

private:
    static constexpr size_t kMaxPendingBytes = 8 << 20;

    void work();

    const Encoder& encoder_;
    std::deque<std::unique_ptr<EncodedChunk>> order_;  // of the caller's thread
    size_t pending_bytes_ = 0;
    std::mutex mutex_;
    std::condition_variable to_do_, done_;
    std::deque<EncodedChunk*> queue_;  // under mutex_, as is `done` of each chunk
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace lathe
