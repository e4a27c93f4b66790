// One fiber over ucontext, announced to AddressSanitizer, which keeps a shadow of each stack. It runs on the thread
// that resumes it.
#pragma once

#include <ucontext.h>

#include <cstddef>
#include <functional>
#include <memory>

namespace cuda_emulator {

class Fiber {
public:
    // body must outlive the fiber's run, and may not throw.
    void start(const std::function<void()>* body);
    // From outside: runs the fiber until it pauses or ends.
    void resume();
    // From inside.
    void pause();

private:
    static void enter(unsigned low, unsigned high);
    static constexpr size_t kStackBytes = size_t{256} << 10;  // touched as it is used

    std::unique_ptr<char[]> stack_;
    const std::function<void()>* body_ = nullptr;
    ucontext_t inside_{}, outside_{};
    void* outside_shadow_ = nullptr;
    const void* outside_stack_ = nullptr;
    size_t outside_bytes_ = 0;
    void* inside_shadow_ = nullptr;
};

}  // namespace cuda_emulator
