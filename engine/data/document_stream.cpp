#include "engine/data/document_stream.h"

#include <utility>

namespace lathe {

namespace {
constexpr size_t kQueueBytes = 8 << 20;
}

DocumentStream::DocumentStream(DocumentSource source) : reader_([this, source = std::move(source)] { read(source); }) {}

DocumentStream::~DocumentStream() {
    const std::lock_guard lock(mutex_);
    abandoned_ = true;
    changed_.notify_all();
}

void DocumentStream::read(const DocumentSource& source) {
    std::exception_ptr error;
    try {
        for_each_document(source, [this](std::string_view text, const DocumentPlace&) {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [this] { return abandoned_ || queued_bytes_ < kQueueBytes; });
            if (abandoned_) return false;
            queued_bytes_ += text.size();
            queue_.emplace_back(text);
            changed_.notify_all();
            return true;
        });
    } catch (...) {
        error = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    error_ = error;
    done_ = true;
    changed_.notify_all();
}

bool DocumentStream::next(std::string_view& text) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return done_ || !queue_.empty(); });
    if (queue_.empty()) {
        if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
        return false;
    }
    current_ = std::move(queue_.front());
    queue_.pop_front();
    queued_bytes_ -= current_.size();
    changed_.notify_all();
    text = current_;
    return true;
}

}  // namespace lathe
