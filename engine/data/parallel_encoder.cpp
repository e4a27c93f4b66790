#include "engine/data/parallel_encoder.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/base/error.h"

namespace lathe {

namespace {

void check_tokens(const EncodedChunk& chunk, size_t from, int64_t vocab_size, uint32_t mask) {
    for (size_t i = from; i < chunk.tokens.size(); ++i) {
        const uint32_t id = chunk.tokens[i] & ~mask;
        if (id >= static_cast<uint64_t>(vocab_size))
            fail(Error{.kind = ErrorKind::internal,
                       .key = "token " + std::to_string(static_cast<int32_t>(id)),
                       .expected = "an id below " + std::to_string(vocab_size)});
    }
}

// What is wrong with one example is its row's, not the file's.
void encode_example(const Encoder& encoder, EncodedChunk::Document& document, EncodedChunk& chunk) {
    const size_t before = chunk.tokens.size();
    try {
        const int64_t bytes = encoder.encode_example(*document.example, chunk.tokens);
        document.bytes = static_cast<uint32_t>(std::min<int64_t>(bytes, std::numeric_limits<uint32_t>::max()));
    } catch (const Exception& exception) {
        const Error& error = exception.error();
        if (error.kind == ErrorKind::internal || error.kind == ErrorKind::memory) throw;
        chunk.tokens.resize(before);
        document.refused = error.found.empty() ? error.sentence() : error.found;
    }
    document.example.reset();
}

void encode_chunk(const Encoder& encoder, EncodedChunk& chunk) {
    size_t begin = 0;
    std::vector<int32_t> ids;
    chunk.tokens.reserve(static_cast<size_t>(chunk.bytes) / 3 + chunk.documents.size());
    for (EncodedChunk::Document& document : chunk.documents) {
        const size_t before = chunk.tokens.size();
        if (document.example) {
            encode_example(encoder, document, chunk);
            check_tokens(chunk, before, encoder.vocab_size, kMaskedToken);
        } else {
            ids.clear();
            encoder.encode(std::string_view(chunk.text).substr(begin, document.bytes), ids);
            begin += document.bytes;
            if (encoder.eos_id >= 0) ids.push_back(encoder.eos_id);
            chunk.tokens.insert(chunk.tokens.end(), ids.begin(), ids.end());
            check_tokens(chunk, before, encoder.vocab_size, 0);
        }
        document.tokens = static_cast<uint32_t>(chunk.tokens.size() - before);
    }
}

}  // namespace

void EncodedChunk::add(std::string_view document, size_t file, const DocumentPlace& place) {
    text.append(document);
    bytes += static_cast<int64_t>(document.size());
    documents.push_back({.bytes = static_cast<uint32_t>(document.size()),
                         .example = {},
                         .refused = {},
                         .file = file,
                         .line = place.line,
                         .byte = place.byte});
}

void EncodedChunk::add(Example example, size_t file, const DocumentPlace& place) {
    bytes += static_cast<int64_t>(plain_text(example).size()) + 1;
    documents.push_back(
        {.example = std::move(example), .refused = {}, .file = file, .line = place.line, .byte = place.byte});
}

ParallelEncoder::ParallelEncoder(const Encoder& encoder, int threads) : encoder_(encoder) {
    for (int i = 0; i < std::clamp(threads, 1, 64); ++i) threads_.emplace_back([this] { work(); });
}

ParallelEncoder::~ParallelEncoder() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    to_do_.notify_all();
    for (std::thread& thread : threads_) thread.join();
}

void ParallelEncoder::submit(std::unique_ptr<EncodedChunk> chunk) {
    pending_bytes_ += chunk->bytes;
    order_.push_back(std::move(chunk));
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back(order_.back().get());
    }
    to_do_.notify_one();
}

std::unique_ptr<EncodedChunk> ParallelEncoder::take() {
    {
        std::unique_lock lock(mutex_);
        done_.wait(lock, [this] { return order_.front()->done; });
    }
    std::unique_ptr<EncodedChunk> chunk = std::move(order_.front());
    order_.pop_front();
    pending_bytes_ -= chunk->bytes;
    if (chunk->error) std::rethrow_exception(chunk->error);
    return chunk;
}

void ParallelEncoder::work() {
    for (;;) {
        EncodedChunk* chunk = nullptr;
        {
            std::unique_lock lock(mutex_);
            to_do_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
            if (stopping_) return;
            chunk = queue_.front();
            queue_.pop_front();
        }
        try {
            encode_chunk(encoder_, *chunk);
        } catch (...) {
            chunk->error = std::current_exception();
        }
        {
            const std::lock_guard lock(mutex_);
            chunk->done = true;
        }
        done_.notify_one();
    }
}

}  // namespace lathe
