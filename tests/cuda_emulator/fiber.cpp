// See fiber.h.
#include "tests/cuda_emulator/fiber.h"

#include <cstdint>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/common_interface_defs.h>
#else
namespace {
void __sanitizer_start_switch_fiber(void**, const void*, size_t) {}
void __sanitizer_finish_switch_fiber(void*, const void**, size_t*) {}
}  // namespace
#endif

namespace cuda_emulator {

void Fiber::start(const std::function<void()>* body) {
    if (!stack_) stack_.reset(new char[kStackBytes]);
    body_ = body;
    inside_shadow_ = nullptr;
    getcontext(&inside_);
    inside_.uc_stack.ss_sp = stack_.get();
    inside_.uc_stack.ss_size = kStackBytes;
    inside_.uc_link = nullptr;  // enter() leaves by itself
    const auto self = reinterpret_cast<uintptr_t>(this);
    makecontext(&inside_, reinterpret_cast<void (*)()>(&Fiber::enter), 2, static_cast<unsigned>(self),
                static_cast<unsigned>(self >> 32));
}

void Fiber::enter(unsigned low, unsigned high) {
    auto* self = reinterpret_cast<Fiber*>(static_cast<uintptr_t>(high) << 32 | low);
    __sanitizer_finish_switch_fiber(nullptr, &self->outside_stack_, &self->outside_bytes_);
    (*self->body_)();
    __sanitizer_start_switch_fiber(nullptr, self->outside_stack_, self->outside_bytes_);  // null: the shadow may go
    setcontext(&self->outside_);
}

void Fiber::resume() {
    __sanitizer_start_switch_fiber(&outside_shadow_, stack_.get(), kStackBytes);
    swapcontext(&outside_, &inside_);
    __sanitizer_finish_switch_fiber(outside_shadow_, nullptr, nullptr);
}

void Fiber::pause() {
    __sanitizer_start_switch_fiber(&inside_shadow_, outside_stack_, outside_bytes_);
    swapcontext(&inside_, &outside_);
    __sanitizer_finish_switch_fiber(inside_shadow_, &outside_stack_, &outside_bytes_);
}

}  // namespace cuda_emulator
