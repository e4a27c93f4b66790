#include "engine/train/kernel_timer.h"

#include <algorithm>
#include <ctime>
#include <map>
#include <mutex>
#include <numeric>
#include <thread>
#include <vector>

#include "engine/model/parallel.h"
#include "kernels/matmul.h"

namespace lathe {

namespace {

constexpr double kLongEnough_s = 0.003;
constexpr size_t kLeastCalls = 3, kMostCalls = 200;
constexpr size_t kAlignment = 64;

double thread_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double median_seconds(const std::function<void()>& call) {
    call();  // pages and caches
    std::vector<double> times;
    for (double sum = 0; times.size() < kLeastCalls || (sum < kLongEnough_s && times.size() < kMostCalls);) {
        const double begin = thread_seconds();
        call();
        times.push_back(thread_seconds() - begin);
        sum += times.back();
    }
    std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2), times.end());
    return times[times.size() / 2];
}

}  // namespace

double kernel_seconds(const std::string& key, int threads, const std::function<std::function<void()>()>& make) {
    static std::mutex mutex;
    static std::map<std::pair<std::string, int>, double> known;
    const std::lock_guard lock(mutex);
    if (const auto found = known.find({key, threads}); found != known.end()) return found->second;
    std::vector<std::function<void()>> calls;
    for (int i = 0; i < threads; ++i) calls.push_back(make());
    std::vector<double> each(calls.size());
    std::vector<std::thread> team;
    for (size_t i = 0; i < calls.size(); ++i) team.emplace_back([&, i] { each[i] = median_seconds(calls[i]); });
    for (std::thread& member : team) member.join();
    return known[{key, threads}] = std::accumulate(each.begin(), each.end(), 0.0) / static_cast<double>(threads);
}

double peak_flops_per_s() {
    static const double peak = [] {
        double largest = 0;
        for (int attempt = 0; attempt < 3; ++attempt) {
            std::vector<double> each(static_cast<size_t>(physical_cores()));
            std::vector<std::thread> team;
            for (double& one : each) team.emplace_back([&one] { one = 1e9 * cpu::fma_peak_gflops(); });
            for (std::thread& member : team) member.join();
            largest = std::max(largest, std::accumulate(each.begin(), each.end(), 0.0));
        }
        return largest;
    }();
    return peak;
}

KernelRoom::KernelRoom(int64_t floats, float value) {
    const size_t bytes =
        (static_cast<size_t>(std::max<int64_t>(1, floats)) * sizeof(float) + kAlignment - 1) / kAlignment * kAlignment;
    auto* data = static_cast<float*>(std::aligned_alloc(kAlignment, bytes));
    if (data == nullptr) throw std::bad_alloc();
    data_ = {data, Free()};
    std::fill_n(data, floats, value);
}

}  // namespace lathe
