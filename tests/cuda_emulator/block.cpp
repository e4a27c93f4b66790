// See block.h.
#include "tests/cuda_emulator/block.h"

#include <algorithm>
#include <exception>
#include <limits>
#include <stdexcept>
#include <utility>

#include "tests/cuda_emulator/fiber.h"

namespace cuda_emulator {

namespace {

thread_local Block* running_block = nullptr;
thread_local bool launch_failed = false;

// Limits of every GPU since Volta, without opt-in to more shared memory.
bool launchable(Dim3 grid, Dim3 block, size_t shared_bytes) {
    return grid.count() > 0 && grid.x <= 2147483647u && grid.y <= 65535 && grid.z <= 65535 && block.count() > 0 &&
           block.count() <= 1024 && block.z <= 64 && shared_bytes <= (size_t{48} << 10);
}

}  // namespace

Block::Block(Dim3 grid, Dim3 size, size_t shared_bytes)
    : grid_(grid), size_(size), shared_((shared_bytes + sizeof(float) - 1) / sizeof(float)), threads_(size.count()) {
    for (size_t t = 0; t < threads_.size(); ++t) {
        const auto i = static_cast<unsigned>(t);
        threads_[t].index = {i % size.x, i / size.x % size.y, i / (size.x * size.y)};
        threads_[t].fiber = std::make_unique<Fiber>();
    }
}

Block::~Block() = default;

void Block::run(Dim3 index, const std::function<void()>& body, bool descending) {
    index_ = index;
    std::fill(shared_.begin(), shared_.end(),
              std::numeric_limits<float>::quiet_NaN());  // nothing is left from the block before
    std::exception_ptr failure;
    const std::function<void()> thread_body = [&] {
        try {
            body();
        } catch (...) {
            failure = std::current_exception();
        }
        current().state = Thread::State::kDone;
    };
    for (Thread& thread : threads_) {
        thread.state = Thread::State::kRunning;
        thread.fiber->start(&thread_body);
    }
    running_block = this;
    const size_t warps = (threads_.size() + kWarp - 1) / kWarp;
    do {
        for (size_t w = 0; w < warps; ++w) run_warp(descending ? warps - 1 - w : w, descending);
    } while (release(0, threads_.size(), Thread::State::kAtBarrier));
    running_block = nullptr;
    if (failure) std::rethrow_exception(failure);
    for (const Thread& thread : threads_) {
        if (thread.state != Thread::State::kDone) {
            throw std::logic_error("CUDA emulator: threads wait at a barrier or shuffle that others never reach");
        }
    }
}

void Block::run_warp(size_t warp, bool descending) {
    const size_t begin = warp * kWarp, end = std::min(begin + kWarp, threads_.size());
    do {
        for (size_t i = begin; i < end; ++i) {
            running_ = descending ? end - 1 - (i - begin) : i;
            if (current().state == Thread::State::kRunning) current().fiber->resume();
        }
    } while (release(begin, end, Thread::State::kAtShuffle));
}

// Lets threads begin .. end-1 go on if all of them wait at such a place.
bool Block::release(size_t begin, size_t end, Thread::State waited_for) {
    const auto waits = [&](const Thread& thread) { return thread.state == waited_for; };
    if (!std::all_of(threads_.begin() + begin, threads_.begin() + end, waits)) return false;
    for (size_t t = begin; t < end; ++t) threads_[t].state = Thread::State::kRunning;
    return true;
}

void Block::wait(Thread::State state) {
    current().state = state;
    current().fiber->pause();
}

void Block::wait_for_block() {
    wait(Thread::State::kAtBarrier);
}

uint64_t Block::exchange(unsigned mask, uint64_t value, int lane_mask) {
    const size_t self = running_, partner = self ^ static_cast<size_t>(lane_mask);
    if (mask != 0xffffffffu || lane_mask < 0 || lane_mask >= kWarp || threads_.size() % kWarp != 0) {
        throw std::logic_error("CUDA emulator: a shuffle is of all 32 lanes of a warp, in a block of whole warps");
    }
    const unsigned slot = threads_[self].shuffles++ % 2;
    threads_[self].offered[slot] = value;
    wait(Thread::State::kAtShuffle);
    return threads_[partner].offered[slot];
}

Block& current_block() {
    return *running_block;
}
Thread& current_thread() {
    return running_block->current();
}
float* dynamic_shared() {
    return running_block->shared();
}

void launch(Dim3 grid, Dim3 block, size_t shared_bytes, void* stream, const std::function<void()>& body) {
    launch_failed = !launchable(grid, block, shared_bytes);
    if (launch_failed) return;
    const Options options = stream == nullptr ? Options{} : *static_cast<const Options*>(stream);
    Block runner(grid, block, shared_bytes);
    for (unsigned z = 0; z < grid.z; ++z) {
        for (unsigned y = 0; y < grid.y; ++y) {
            for (unsigned x = 0; x < grid.x; ++x) runner.run({x, y, z}, body, options.descending);
        }
    }
}

bool take_launch_failure() {
    return std::exchange(launch_failed, false);
}

}  // namespace cuda_emulator
