// A few threads that run one function together, for benches: they spin for about a millisecond before they sleep, so
// that short kernels are not charged for waking them. run() from one thread.
#pragma once

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

namespace lathe::bench {

class Team {
public:
    explicit Team(int size) : size_(size) {
        for (int thread = 1; thread < size; ++thread) workers_.emplace_back([this, thread] { work(thread); });
    }
    ~Team() {
        stopping_ = true;
        start_round();
        for (std::thread& worker : workers_) worker.join();
    }
    Team(const Team&) = delete;
    Team& operator=(const Team&) = delete;

    int size() const { return size_; }

    // Calls function(thread) once on each thread; returns when all have.
    void run(const std::function<void(int)>& function) {
        function_ = &function;
        running_ = size_ - 1;
        start_round();
        function(0);
        while (running_.load(std::memory_order_acquire) != 0) pause();
    }

    // Of use inside run(): waits until all threads have come here.
    void meet() {
        const int meeting = meetings_.load();
        if (arrived_.fetch_add(1) + 1 == size_) {
            arrived_ = 0;
            meetings_ = meeting + 1;
        }
        while (meetings_.load(std::memory_order_acquire) == meeting) pause();
    }

private:
    static void pause() { std::atomic_signal_fence(std::memory_order_seq_cst); }

    void start_round() {
        round_.fetch_add(1);
        round_.notify_all();
    }

    void work(int thread) {
        int seen = 0;
        for (;;) {
            for (int spin = 0; spin < 1'000'000 && round_.load(std::memory_order_acquire) == seen; ++spin) pause();
            round_.wait(seen);
            seen = round_.load();
            if (stopping_) return;
            (*function_)(thread);
            running_.fetch_sub(1);
        }
    }

    int size_;
    std::atomic<int> round_ = 0, running_ = 0, arrived_ = 0, meetings_ = 0;
    std::atomic<bool> stopping_ = false;
    const std::function<void(int)>* function_ = nullptr;
    std::vector<std::thread> workers_;
};

}  // namespace lathe::bench
