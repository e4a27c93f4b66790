#include "engine/data/parallel_encoder.h"

#include <algorithm>
#include <utility>

#include "engine/base/error.h"

namespace lathe {

namespace {

void encode_chunk(const Encoder& encoder, EncodedChunk& chunk) {
    size_t begin = 0;
    chunk.ids.reserve(chunk.text.size() / 3 + chunk.byte_counts.size());
    for (const uint32_t bytes : chunk.byte_counts) {
        const size_t before = chunk.ids.size();
        encoder.encode(std::string_view(chunk.text).substr(begin, bytes), chunk.ids);
        begin += bytes;
        if (encoder.eos_id >= 0) chunk.ids.push_back(encoder.eos_id);
        for (size_t i = before; i < chunk.ids.size(); ++i) {
            if (chunk.ids[i] < 0 || chunk.ids[i] >= encoder.vocab_size)
                fail(Error{.kind = ErrorKind::internal,
                           .key = "token " + std::to_string(chunk.ids[i]),
                           .expected = "an id below " + std::to_string(encoder.vocab_size)});
        }
        chunk.token_counts.push_back(static_cast<uint32_t>(chunk.ids.size() - before));
    }
}

}  // namespace

void EncodedChunk::add(std::string_view document) {
    text.append(document);
    byte_counts.push_back(static_cast<uint32_t>(document.size()));
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
    pending_bytes_ += chunk->text.size();
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
    pending_bytes_ -= chunk->text.size();
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
