#include "engine/store/store_thread.h"

#include <exception>
#include <iterator>
#include <new>
#include <utility>

#include "engine/store/schema.h"

namespace lathe {

namespace {

constexpr std::chrono::milliseconds kCommitInterval(500);

// Errors that may pass; all others belong to the row.
bool may_pass(const Error& error) {
    const ErrorKind kind = error.kind;
    return kind == ErrorKind::disk_full || kind == ErrorKind::io || kind == ErrorKind::locked ||
           kind == ErrorKind::memory || kind == ErrorKind::unwritable || is_damage(error);
}

// Of the exception being handled.
Error current_error() {
    try {
        throw;
    } catch (const Exception& exception) {
        return exception.error();
    } catch (const std::bad_alloc&) {
        return {.kind = ErrorKind::memory};
    } catch (const std::exception& exception) {
        return {.kind = ErrorKind::internal, .found = exception.what()};
    }
}

}  // namespace

StoreThread::StoreThread(const std::string& path, bool writable) {
    std::promise<void> opened;
    thread_ = std::thread([&opened, this, path, writable] {
        try {
            database_ = open_database(path, writable);
        } catch (...) {
            opened.set_exception(std::current_exception());
            return;
        }
        opened.set_value();
        loop();
    });
    try {
        opened.get_future().get();
    } catch (...) {
        thread_.join();
        throw;
    }
}

void StoreThread::close() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void StoreThread::post(std::function<void()> task) {
    if (std::this_thread::get_id() == thread_.get_id()) return task();  // of a put_back
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back(std::move(task));
    }
    wake_.notify_one();
}

void StoreThread::write(Write write) {
    post([this, write = std::move(write)]() mutable { apply(std::move(write)); });
}

void StoreThread::flush() {
    ask([this](Database&) {
        commit();
        if (damaged_) make_anew();
        if (row_error_) fail(*std::exchange(row_error_, std::nullopt));
        if (waiting_error_) fail(*waiting_error_);
    });
}

void StoreThread::loop() {
    while (true) {
        std::deque<std::function<void()>> tasks;
        {
            std::unique_lock lock(mutex_);
            const auto ready = [this] { return stopping_ || !queue_.empty(); };
            if (deadline_) {
                wake_.wait_until(lock, *deadline_, ready);
            } else {
                wake_.wait(lock, ready);
            }
            tasks.swap(queue_);
            if (tasks.empty() && stopping_) break;
        }
        for (auto& task : tasks) task();
        if (deadline_ && Clock::now() >= *deadline_) commit();
    }
    commit();
    // What waits is not lost with the session.
    if (damaged_ && !uncommitted_.empty()) static_cast<void>(error_of([this] { make_anew(); }));
    database_.reset();
}

void StoreThread::apply(Write write) {
    uncommitted_.push_back(std::move(write));
    if (!deadline_) deadline_ = Clock::now() + kCommitInterval;
    if (replay_needed_) return;
    try {
        if (!database_->in_transaction()) database_->execute("BEGIN IMMEDIATE");
        uncommitted_.back()(*database_);
    } catch (...) {
        const Error error = current_error();
        const bool waits = may_pass(error);
        keep_error(error, waits);
        roll_back();
        if (!waits) {
            uncommitted_.pop_back();
            replay();
        }
    }
}

// Runs all of uncommitted_ again in a new transaction; rows that are refused are left out, and it begins anew without
// them.
void StoreThread::replay() {
    if (damaged_) return;  // what waits is for the new database
    while (replay_needed_ && !uncommitted_.empty()) {
        size_t at = 0;
        try {
            database_->execute("BEGIN IMMEDIATE");
            for (; at < uncommitted_.size(); ++at) uncommitted_[at](*database_);
            replay_needed_ = false;
        } catch (...) {
            const Error error = current_error();
            const bool waits = may_pass(error);
            keep_error(error, waits);
            roll_back();
            if (waits) return;
            uncommitted_.erase(uncommitted_.begin() + static_cast<std::ptrdiff_t>(at));
        }
    }
    replay_needed_ = false;
}

void StoreThread::commit() {
    deadline_.reset();
    if (damaged_ && !replay_needed_) roll_back();
    if (replay_needed_) replay();
    try {
        if (!replay_needed_ && database_->in_transaction()) database_->execute("COMMIT");
    } catch (const Exception& exception) {
        keep_error(exception.error(), true);
        // A reader in the way leaves the transaction whole.
        if (exception.error().kind != ErrorKind::locked) roll_back();
    }
    if (!replay_needed_ && !database_->in_transaction()) {
        uncommitted_.clear();
        waiting_error_.reset();
    } else {
        deadline_ = Clock::now() + kCommitInterval;
    }
}

void StoreThread::roll_back() {
    replay_needed_ = true;
    try {
        if (database_->in_transaction()) database_->execute("ROLLBACK");
    } catch (const Exception& exception) {
        keep_error(exception.error(), true);
    }
}

void StoreThread::keep_error(const Error& error, bool waits) {
    if (is_damage(error)) damaged_ = true;
    std::optional<Error>& kept = waits ? waiting_error_ : row_error_;
    if (!kept) kept = error;
}

std::optional<Recovery> StoreThread::recovery() {
    return ask([this](Database&) { return recovery_; });
}

std::shared_ptr<void> StoreThread::when_recovered(std::function<void()> put_back) {
    auto held = std::make_shared<std::function<void()>>(std::move(put_back));
    ask([&](Database&) {
        std::erase_if(put_backs_, [](const auto& known) { return known.expired(); });
        put_backs_.push_back(held);
    });
    return held;
}

// The connection stays with the damaged file until the new one is open: there is one whatever fails.
void StoreThread::make_anew() {
    const std::string path = database_->path();
    roll_back();
    recovery_ = recover_database(path);
    database_ = open_database(path, true);
    damaged_ = replay_needed_ = false;
    waiting_error_.reset();
    // First the runs that are lost: what waits may be theirs.
    std::vector<Write> waiting = std::exchange(uncommitted_, {});
    for (const auto& known : put_backs_) {
        const auto put_back = known.lock();
        if (!put_back) continue;
        if (const auto error = error_of(*put_back)) keep_error(*error, false);
    }
    std::move(waiting.begin(), waiting.end(), std::back_inserter(uncommitted_));
    roll_back();
    commit();
}

}  // namespace lathe
