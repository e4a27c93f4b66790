// A small emulator of CUDA's execution model: the threads of a block are fibers of one host thread, which switch at
// barriers and warp shuffles; blocks run one after another. Deterministic: a warp runs as far as it can, then the next
// one. That, and turning the order round, brings out a missing barrier. Dynamic shared memory lies on the heap at its
// exact size, so that ASan sees a stray access, and starts as NaN. What real hardware leaves undefined fails: a barrier
// that not all threads of the block reach, a shuffle that not all lanes reach. Any one thread at a time launches.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace cuda_emulator {

struct Dim3 {
    constexpr Dim3(unsigned x_ = 1, unsigned y_ = 1, unsigned z_ = 1) : x(x_), y(y_), z(z_) {}
    unsigned x, y, z;
    size_t count() const { return static_cast<size_t>(x) * y * z; }
};

constexpr int kWarp = 32;

class Fiber;

struct Thread {
    Dim3 index;
    enum class State { kRunning, kAtBarrier, kAtShuffle, kDone } state = State::kRunning;
    uint64_t offered[2] = {};  // values of the last two shuffles: a lane runs at most one ahead
    unsigned shuffles = 0;
    std::unique_ptr<Fiber> fiber;
};

class Block {
public:
    Block(Dim3 grid, Dim3 size, size_t shared_bytes);
    ~Block();
    // Runs body in every thread. Throws what a thread throws, and std::logic_error where some wait for one that never
    // comes.
    void run(Dim3 index, const std::function<void()>& body, bool descending);

    const Dim3& grid() const { return grid_; }
    const Dim3& size() const { return size_; }
    const Dim3& index() const { return index_; }
    float* shared() { return shared_.data(); }
    Thread& current() { return threads_[running_]; }

    // Called inside a thread.
    void wait_for_block();
    uint64_t exchange(unsigned mask, uint64_t value, int lane_mask);

private:
    void wait(Thread::State state);
    // Runs one warp, through its shuffles, until all its threads wait at a barrier or are done.
    void run_warp(size_t warp, bool descending);
    bool release(size_t begin, size_t end, Thread::State waited_for);

    Dim3 grid_, size_, index_;
    std::vector<float> shared_;
    std::vector<Thread> threads_;
    size_t running_ = 0;
};

// The block and thread that run; valid inside a kernel only.
Block& current_block();
Thread& current_thread();
float* dynamic_shared();

// A stream, if not null, points at Options.
struct Options {
    bool descending = false;  // run the threads of a block from the last to the first
};
void launch(Dim3 grid, Dim3 block, size_t shared_bytes, void* stream, const std::function<void()>& body);
// True once after a launch that real hardware refuses (sizes), as cudaGetLastError.
bool take_launch_failure();

}  // namespace cuda_emulator
