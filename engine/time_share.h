// Divides one thread between work and others who wait: they get at most as much time as the work has had. Thread: one.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <utility>

namespace lathe {

class TimeShare {
public:
    using Clock = std::chrono::steady_clock;

    explicit TimeShare(std::function<Clock::time_point()> now = Clock::now) : now_(std::move(now)), mark_(now_()) {}

    void work_begins() { mark_ = now_(); }
    // The work stops here for a while: step() is called as often as the others' time allows, until it returns false.
    template <class Step>
    void give(const Step& step) {
        auto now = now_();
        const auto worked = now - mark_;
        credit_ = std::min(credit_ + worked, std::max<Clock::duration>(worked, kWindow));
        while (credit_ > Clock::duration::zero() && step()) {
            const auto after = now_();
            credit_ -= after - now;
            now = after;
        }
        mark_ = now;
    }

private:
    static constexpr std::chrono::milliseconds kWindow{100};  // time that was not taken is not saved up for longer

    std::function<Clock::time_point()> now_;
    Clock::time_point mark_;
    Clock::duration credit_{};
};

}  // namespace lathe
