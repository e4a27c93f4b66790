// Divides one thread between work and others who wait: they get at most as much time as the work has had. Thread: one.
#pragma once

#include <algorithm>
#include <chrono>

namespace lathe {

class TimeShare {
public:
    using Clock = std::chrono::steady_clock;

    void work_begins() { mark_ = Clock::now(); }
    // The work stops here for a while: step() is called as often as the others' time allows, until it returns false.
    template <class Step>
    void give(const Step& step) {
        auto now = Clock::now();
        const auto worked = now - mark_;
        credit_ = std::min(credit_ + worked, std::max<Clock::duration>(worked, kWindow));
        while (credit_ > Clock::duration::zero() && step()) {
            const auto after = Clock::now();
            credit_ -= after - now;
            now = after;
        }
        mark_ = now;
    }

private:
    static constexpr std::chrono::milliseconds kWindow{100};  // time that was not taken is not saved up for longer

    Clock::time_point mark_ = Clock::now();
    Clock::duration credit_{};
};

}  // namespace lathe
