// engine/base/memory.h on c10's allocator interface.
#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <malloc.h>
#include <sys/mman.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <mutex>
#include <numeric>
#include <string>

#include "engine/base/error.h"
#include "engine/base/memory.h"

namespace lathe {

namespace {

constexpr int64_t kLarge = 1 << 20;
constexpr int64_t kGrain = 64 << 10;  // mapped sizes are rounded up to it, so that freed blocks fit again
constexpr size_t kAlignment = 64;

thread_local MemoryKind current_kind = MemoryKind::workspace;

struct Header {
    int64_t bytes;
    MemoryKind kind;
};
static_assert(sizeof(Header) <= kAlignment);

class CountingAllocator final : public c10::Allocator {
public:
    c10::DataPtr allocate(size_t n) override {
        if (n == 0) return {nullptr, nullptr, &release, c10::Device(c10::DeviceType::CPU)};
        auto* header = static_cast<Header*>(take(static_cast<int64_t>(n + kAlignment)));
        void* data = reinterpret_cast<char*>(header) + kAlignment;
        return {data, data, &release, c10::Device(c10::DeviceType::CPU)};
    }
    c10::DeleterFnPtr raw_deleter() const override { return &release; }
    void copy_data(void* destination, const void* source, size_t count) const override {
        std::memcpy(destination, source, count);
    }

    void set_limit(int64_t bytes) {
        const std::lock_guard lock(mutex_);
        limit_ = bytes;
    }
    void set_program(int64_t bytes) {
        const std::lock_guard lock(mutex_);
        used(MemoryKind::program) = bytes;
        peak_ = now_;
    }
    MemoryByKind now() {
        const std::lock_guard lock(mutex_);
        return now_;
    }
    MemoryByKind peak() {
        const std::lock_guard lock(mutex_);
        return peak_;
    }
    void reset_peak() {
        const std::lock_guard lock(mutex_);
        peak_ = now_;
    }
    void trim() {
        const std::lock_guard lock(mutex_);
        trim_locked();
    }

private:
    static int64_t rounded(int64_t bytes) {
        return bytes < kLarge ? static_cast<int64_t>((bytes + kAlignment - 1) / kAlignment * kAlignment)
                              : (bytes + kGrain - 1) / kGrain * kGrain;
    }
    int64_t& used(MemoryKind kind) { return now_[static_cast<size_t>(kind)]; }
    int64_t total() const { return std::accumulate(now_.begin(), now_.end(), int64_t{0}); }

    void* take(int64_t wanted) {
        const int64_t bytes = rounded(wanted);
        const std::lock_guard lock(mutex_);
        void* block = nullptr;
        int64_t size = bytes;
        if (bytes >= kLarge) {
            const auto kept = kept_.lower_bound(bytes);
            // At most a quarter of a kept block may be wasted.
            if (kept != kept_.end() && kept->first <= bytes + bytes / 4) {
                block = kept->second;
                size = kept->first;
                kept_.erase(kept);
                used(MemoryKind::free) -= size;
            }
        }
        if (block == nullptr) {
            if (limit_ > 0 && total() + size > limit_) trim_locked();
            if (limit_ > 0 && total() + size > limit_) over(size, limit_ - total());
            block = bytes >= kLarge ? map(size) : std::aligned_alloc(kAlignment, static_cast<size_t>(size));
            if (block == nullptr) over(size, 0);
        }
        used(current_kind) += size;
        if (total() > std::accumulate(peak_.begin(), peak_.end(), int64_t{0})) peak_ = now_;
        new (block) Header{size, current_kind};
        return block;
    }

    static void* map(int64_t bytes) {
        void* block =
            mmap(nullptr, static_cast<size_t>(bytes), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        return block == MAP_FAILED ? nullptr : block;
    }
    [[noreturn]] static void over(int64_t wanted, int64_t left) {
        fail({.kind = ErrorKind::memory,
              .key = "train.memory_limit_bytes",
              .expected = std::to_string(wanted) + " bytes more",
              .found = std::to_string(left > 0 ? left : 0) + " bytes left"});
    }
    void trim_locked() {
        for (const auto& [size, block] : kept_) munmap(block, static_cast<size_t>(size));
        kept_.clear();
        used(MemoryKind::free) = 0;
    }
    void give_back(void* data) {
        auto* header = reinterpret_cast<Header*>(static_cast<char*>(data) - kAlignment);
        const int64_t bytes = header->bytes;
        const std::lock_guard lock(mutex_);
        used(header->kind) -= bytes;
        if (bytes >= kLarge) {
            kept_.emplace(bytes, header);
            used(MemoryKind::free) += bytes;
        } else {
            std::free(header);
        }
    }
    static void release(void* data);

    std::mutex mutex_;
    MemoryByKind now_{}, peak_{};
    int64_t limit_ = 0;
    std::multimap<int64_t, void*> kept_;
};

// LibTorch holds the allocator for the life of the process, past every static destructor: it is never destroyed.
CountingAllocator& allocator() {
    static auto* instance = new CountingAllocator;
    return *instance;
}

void CountingAllocator::release(void* data) {
    if (data != nullptr) allocator().give_back(data);
}

int64_t status_bytes(const std::string& key) {
    std::ifstream status("/proc/self/status");
    std::string word;
    int64_t kib = 0;
    while (status >> word)
        if (word == key && status >> kib) return kib * 1024;
    return 0;
}

}  // namespace

const char* memory_kind_name(MemoryKind kind) {
    constexpr std::array names = {"program",     "weights",  "gradients", "optimizer",
                                  "activations", "kv_cache", "workspace", "free"};
    return names[static_cast<size_t>(kind)];
}

MemoryScope::MemoryScope(MemoryKind kind) : previous_(current_kind) {
    current_kind = kind;
}
MemoryScope::~MemoryScope() {
    current_kind = previous_;
}

void install_allocator() {
    if (c10::GetCPUAllocator() == &allocator()) return;
    allocator().set_program(resident_bytes());
    c10::SetCPUAllocator(&allocator(), /*priority=*/1);
}

void set_memory_limit(int64_t bytes) {
    allocator().set_limit(bytes);
}
MemoryByKind memory_by_kind() {
    return allocator().now();
}
MemoryByKind peak_memory_by_kind() {
    return allocator().peak();
}
void reset_peak_memory() {
    allocator().reset_peak();
}
void release_free_memory() {
    allocator().trim();
    malloc_trim(0);
}
int64_t peak_resident_bytes() {
    return status_bytes("VmHWM:");
}
int64_t resident_bytes() {
    return status_bytes("VmRSS:");
}

}  // namespace lathe
