#include "engine/model/parallel.h"

#include <ATen/Parallel.h>
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <fstream>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace lathe {

namespace {

constexpr int kSpins = 4000;  // about 100 µs: loops of one step follow each other closer than that

void breathe(int spin) {
    if (spin % 64 == 63)
        std::this_thread::yield();
    else
#if defined(__x86_64__)
        __builtin_ia32_pause();
#else
        std::atomic_signal_fence(std::memory_order_seq_cst);
#endif
}

class Pool {
public:
    explicit Pool(int threads) {
        for (int i = 1; i < threads; ++i) workers_.emplace_back([this](const std::stop_token& stop) { serve(stop); });
    }
    ~Pool() {
        for (std::jthread& worker : workers_) worker.request_stop();
        turn_ += 2;
        turn_.notify_all();
    }
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    int threads() const { return static_cast<int>(workers_.size()) + 1; }

    void run(int64_t tasks, int64_t grain, const std::function<void(Range)>& body) {
        tasks_ = tasks;
        grain_ = grain;
        body_ = &body;
        error_ = nullptr;
        next_ = 0;
        ++turn_;  // odd: open
        turn_.notify_all();
        work();
        ++turn_;  // even: closed; whoever comes later sees it and keeps out
        for (int spin = 0; active_ != 0; ++spin) breathe(spin);
        if (error_) std::rethrow_exception(error_);
    }

private:
    void serve(const std::stop_token& stop) {
        for (uint32_t seen = 0; !stop.stop_requested();) {
            uint32_t now = turn_;
            for (int spin = 0; now == seen && spin < kSpins; ++spin, now = turn_) breathe(spin);
            if (now == seen) {
                turn_.wait(seen);
                continue;
            }
            seen = now;
            if (now % 2 == 0) continue;
            ++active_;
            if (turn_ == now) work();
            --active_;
        }
    }

    void work() {
        try {
            for (int64_t begin = next_.fetch_add(grain_); begin < tasks_; begin = next_.fetch_add(grain_))
                (*body_)({begin, std::min(tasks_, begin + grain_)});
        } catch (...) {
            next_ = tasks_;
            const std::lock_guard lock(mutex_);
            if (!error_) error_ = std::current_exception();
        }
    }

    int64_t tasks_ = 0, grain_ = 1;
    const std::function<void(Range)>* body_ = nullptr;
    std::mutex mutex_;
    std::exception_ptr error_;
    alignas(64) std::atomic<int64_t> next_{0};
    alignas(64) std::atomic<uint32_t> turn_{0};
    alignas(64) std::atomic<int> active_{0};
    std::vector<std::jthread> workers_;
};

std::unique_ptr<Pool>& pool() {
    static auto instance = std::make_unique<Pool>(1);
    return instance;
}

}  // namespace

void set_threads(int threads) {
    at::set_num_threads(1);
    if (std::max(1, threads) != pool()->threads()) pool() = std::make_unique<Pool>(std::max(1, threads));
}

int threads() {
    return pool()->threads();
}

int physical_cores() {
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return 1;
    std::set<std::string> cores;
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (!CPU_ISSET(cpu, &allowed)) continue;
        std::ifstream siblings("/sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/topology/thread_siblings_list");
        std::string name;
        if (!(siblings >> name)) name = "cpu" + std::to_string(cpu);
        cores.insert(name);
    }
    return std::max<int>(1, static_cast<int>(cores.size()));
}

void parallel_for(int64_t tasks, int64_t grain, const std::function<void(Range)>& body) {
    if (tasks <= 0) return;
    grain = std::max<int64_t>(1, grain);
    if (tasks <= grain || threads() == 1)
        body({0, tasks});
    else
        pool()->run(tasks, grain, body);
}

}  // namespace lathe
