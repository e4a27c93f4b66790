// Memory by kind. The engine's tensors come from one allocator that counts them under the kind in force on the
// allocating thread, keeps freed blocks of 1 MiB and more for the next step, and throws ErrorKind::memory over the
// limit. Kind `program` is the resident size when the allocator was installed. Any thread.
#pragma once

#include <array>
#include <cstdint>

namespace lathe {

enum class MemoryKind { program, weights, gradients, optimizer, activations, kv_cache, workspace, free };
constexpr int kMemoryKinds = 8;
const char* memory_kind_name(MemoryKind kind);

using MemoryByKind = std::array<int64_t, kMemoryKinds>;  // bytes; `free` is kept for reuse

// Kind of what this thread allocates while the scope lives. Default: workspace.
class MemoryScope {
public:
    explicit MemoryScope(MemoryKind kind);
    ~MemoryScope();
    MemoryScope(const MemoryScope&) = delete;
    MemoryScope& operator=(const MemoryScope&) = delete;

private:
    MemoryKind previous_;
};

// Makes LibTorch allocate here; idempotent, called before the first tensor.
void install_allocator();
// Most bytes of all kinds together; 0: none.
void set_memory_limit(int64_t bytes);
MemoryByKind memory_by_kind();
// The kinds at the moment their sum was largest since the last reset.
MemoryByKind peak_memory_by_kind();
void reset_peak_memory();
// Gives kept blocks back to the system.
void release_free_memory();
// VmHWM and VmRSS of this process, bytes (proc(5)).
int64_t peak_resident_bytes();
int64_t resident_bytes();

}  // namespace lathe
