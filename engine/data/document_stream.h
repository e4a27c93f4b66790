// The documents of a source one by one: for_each_document (push) turned into next() (pull) by a reading thread and a
// bounded queue. One thread at a time calls next(). Errors of the reading are thrown by next().
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "engine/data/documents.h"

namespace lathe {

class DocumentStream {
public:
    explicit DocumentStream(DocumentSource source);
    ~DocumentStream();
    DocumentStream(const DocumentStream&) = delete;
    DocumentStream& operator=(const DocumentStream&) = delete;

    // False at the end. The view lives until the next call.
    bool next(std::string_view& text);

private:
    void read(const DocumentSource& source);

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::string> queue_;
    size_t queued_bytes_ = 0;
    bool done_ = false, abandoned_ = false;
    std::exception_ptr error_;
    std::string current_;
    std::jthread reader_;
};

}  // namespace lathe
