// What one rendering of a template may take: steps, time, output, memory, depth. Each limit is an Exception (too_large)
// that names it; the template's file and line are added where it leaves the renderer. Thread: the renderer's.
#pragma once

#include <chrono>
#include <cstdint>
#include <utility>

namespace lathe {

struct TemplateLimits {
    int64_t steps = 5'000'000;  // an expression, an item, 16 characters
    int64_t time_ms = 1500;
    int64_t output_bytes = 4 << 20;
    int64_t memory_bytes = 32 << 20;  // of values alive at once
    int64_t depth = 600;              // of expressions in expressions, macros called by macros
};

namespace jinja {

class Budget {
public:
    explicit Budget(const TemplateLimits& limits);

    void step(int64_t count = 1) {
        steps_ += count;
        if (steps_ >= next_look_) look();
    }
    void output(int64_t bytes);
    // Throws where so much more memory is not left. take() also counts it until give_back().
    void room_for(int64_t bytes) const;
    void take(int64_t bytes) {
        room_for(bytes);
        live_ += bytes;
    }
    void give_back(int64_t bytes) { live_ -= bytes; }
    void enter();
    void leave() { --depth_; }

private:
    void look();  // at the clock and the number of steps

    TemplateLimits limits_;
    std::chrono::steady_clock::time_point end_;
    int64_t steps_ = 0, next_look_ = 0;
    int64_t output_ = 0, live_ = 0, depth_ = 0;
};

// One level deeper as long as it lives.
class Level {
public:
    explicit Level(Budget& budget) : budget_(budget) { budget_.enter(); }
    ~Level() { budget_.leave(); }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

private:
    Budget& budget_;
};

// Memory that counts as long as it lives; the budget outlives it.
class Charge {
public:
    Charge() = default;
    Charge(Budget& budget, int64_t bytes) : budget_(&budget), bytes_(bytes) { budget.take(bytes); }
    Charge(Charge&& other) noexcept : budget_(other.budget_), bytes_(other.bytes_) { other.budget_ = nullptr; }
    Charge& operator=(Charge&& other) noexcept {
        std::swap(budget_, other.budget_);
        std::swap(bytes_, other.bytes_);
        return *this;
    }
    Charge(const Charge&) = delete;
    Charge& operator=(const Charge&) = delete;
    ~Charge() {
        if (budget_ != nullptr) budget_->give_back(bytes_);
    }
    void grow(int64_t bytes) {
        budget_->take(bytes);
        bytes_ += bytes;
    }

private:
    Budget* budget_ = nullptr;
    int64_t bytes_ = 0;
};

}  // namespace jinja
}  // namespace lathe
