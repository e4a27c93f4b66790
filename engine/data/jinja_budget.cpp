#include "engine/data/jinja_budget.h"

#include <algorithm>
#include <string>

#include "engine/base/error.h"

namespace lathe::jinja {

namespace {

constexpr int64_t kStepsBetweenLooks = 2048;

}  // namespace

Budget::Budget(const TemplateLimits& limits)
    : limits_(limits), end_(std::chrono::steady_clock::now() + std::chrono::milliseconds(limits.time_ms)) {}

void Budget::look() {
    if (steps_ > limits_.steps)
        fail(
            {.kind = ErrorKind::too_large, .expected = "at most " + std::to_string(limits_.steps) + " template steps"});
    if (std::chrono::steady_clock::now() > end_)
        fail({.kind = ErrorKind::too_large,
              .expected = "at most " + std::to_string(limits_.time_ms) + " ms for a template"});
    next_look_ = steps_ + std::min(kStepsBetweenLooks, std::max<int64_t>(limits_.steps - steps_, 0)) + 1;
}

void Budget::output(int64_t bytes) {
    output_ += bytes;
    if (output_ > limits_.output_bytes)
        fail({.kind = ErrorKind::too_large,
              .expected = "at most " + std::to_string(limits_.output_bytes) + " bytes of template output"});
}

void Budget::room_for(int64_t bytes) const {
    if (bytes > limits_.memory_bytes - live_)
        fail({.kind = ErrorKind::too_large,
              .expected = "at most " + std::to_string(limits_.memory_bytes) + " bytes of template memory"});
}

void Budget::enter() {
    if (++depth_ > limits_.depth) {
        --depth_;  // its Level is not there to leave
        fail({.kind = ErrorKind::too_large,
              .expected = "at most " + std::to_string(limits_.depth) + " levels of template recursion"});
    }
}

}  // namespace lathe::jinja
