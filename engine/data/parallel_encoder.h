// Encodes chunks of documents on several threads and gives them back in the order they came. At most a few chunks are
// under way. submit, take and pending belong to one thread.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "engine/data/token_cache.h"

namespace lathe {

// Documents in, tokens out.
struct EncodedChunk {
    struct Document {
        uint32_t bytes = 0;
        uint32_t tokens = 0;             // once it is encoded
        std::optional<Example> example;  // else it is text
        std::string refused;             // why it could not be encoded; then it has no tokens
        size_t file = 0;                 // that it is from: its index
        int64_t line = 0, byte = 0;
    };
    std::string text;  // of all documents that are text, one after another
    std::vector<Document> documents;
    std::vector<uint32_t> tokens;  // of all, each with its end token; kMaskedToken in those of examples
    int64_t bytes_read = 0;        // of the files, up to here
    int64_t bytes = 0;             // of the documents, about
    std::exception_ptr error;
    bool done = false;

    void add(std::string_view document, size_t file, const DocumentPlace& place);
    void add(Example example, size_t file, const DocumentPlace& place);
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
    static constexpr int64_t kMaxPendingBytes = 8 << 20;

    void work();

    const Encoder& encoder_;
    std::deque<std::unique_ptr<EncodedChunk>> order_;  // of the caller's thread
    int64_t pending_bytes_ = 0;
    std::mutex mutex_;
    std::condition_variable to_do_, done_;
    std::deque<EncodedChunk*> queue_;  // under mutex_, as is `done` of each chunk
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace lathe
