// The thread that owns the connection: a queue of closures, one transaction for the writes of 500 ms. Writes stay in
// memory until they are committed, so that a full disk or a busy file costs no row. Private to engine/store. Any thread
// may call.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include "engine/base/error.h"
#include "engine/store/database.h"
#include "engine/store/recover.h"

namespace lathe {

class StoreThread {
public:
    using Write = std::function<void(Database&)>;

    // Opens on the new thread and throws here what that throws.
    StoreThread(const std::string& path, bool writable);
    ~StoreThread() { close(); }
    StoreThread(const StoreThread&) = delete;
    StoreThread& operator=(const StoreThread&) = delete;

    void write(Write write);
    void flush();
    // Writes what is queued and ends the thread.
    void close();
    // A broken page was come upon: what is written waits for flush(), which makes a new database of what can be read
    // (recover.h).
    bool is_damaged() const { return damaged_; }
    std::optional<Recovery> recovery();
    std::shared_ptr<void> when_recovered(std::function<void()> put_back);

    // Runs on the thread, after all that was queued before, and waits for the answer; on the thread itself at once.
    template <class Read>
    auto ask(Read read) {
        std::packaged_task<std::invoke_result_t<Read&, Database&>()> task([&] {
            try {
                return read(*database_);
            } catch (const Exception& exception) {
                if (is_damage(exception.error())) damaged_ = true;
                throw;
            }
        });
        auto answer = task.get_future();
        post([&task] { task(); });
        return answer.get();
    }

private:
    using Clock = std::chrono::steady_clock;

    void post(std::function<void()> task);
    void loop();
    void apply(Write write);
    void replay();
    void commit();
    void roll_back();
    void keep_error(const Error& error, bool waits);
    void make_anew();

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> queue_;
    bool stopping_ = false;
    std::atomic<bool> damaged_ = false;

    // The thread's own.
    std::unique_ptr<Database> database_;
    std::vector<Write> uncommitted_;
    bool replay_needed_ = false;  // the transaction is gone; uncommitted_ has what was in it
    std::optional<Clock::time_point> deadline_;
    std::optional<Error> row_error_;      // a row that was refused
    std::optional<Error> waiting_error_;  // why uncommitted_ cannot be written yet
    std::optional<Recovery> recovery_;
    std::vector<std::weak_ptr<std::function<void()>>> put_backs_;

    std::thread thread_;
};

}  // namespace lathe
