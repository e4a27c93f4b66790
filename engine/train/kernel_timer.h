// Processor time of a kernel, and the peak of the machine, each measured once in a process. Any thread.
#pragma once

#include <cstdlib>
#include <functional>
#include <memory>
#include <new>
#include <string>

namespace lathe {

// Seconds of one call, the median of a few, on as many threads at once as training has: what they share (memory,
// caches) is shared here too. make() allocates and returns what is called; `key` tells one measurement from another.
double kernel_seconds(const std::string& key, int threads, const std::function<std::function<void()>()>& make);

// Multiply-adds (two FLOP each) of all physical cores of this machine at once that wait for no memory, FLOP/s. The
// largest of three tries, measured once in a process; 60 ms.
double peak_flops_per_s();

// Floats for a kernel to work on, aligned as it wants them.
class KernelRoom {
public:
    explicit KernelRoom(int64_t floats, float value = 0.01F);
    float* data() const { return data_.get(); }

private:
    struct Free {
        void operator()(float* data) const { std::free(data); }  // NOLINT: of aligned_alloc
    };
    std::shared_ptr<float> data_;
};

}  // namespace lathe
