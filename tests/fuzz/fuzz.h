// What the fuzz targets share. A target is one parser of hostile files: whatever the bytes, it ends within its limits,
// with a result or an Exception. libFuzzer calls LLVMFuzzerTestOneInput where the build is of preset fuzz; else
// replay.cpp does, over the kept inputs of tests/data/fuzz.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "engine/base/error.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace lathe_fuzz {

// Anything else that leaves it is a finding.
template <class Work>
void tolerate(const Work& work) {
    try {
        work();
    } catch (const lathe::Exception& exception) {
        if (exception.error().kind == lathe::ErrorKind::internal) std::abort();
    }
}

// The bytes under a path, in memory.
class MemoryFile {
public:
    MemoryFile(const uint8_t* data, size_t size) : fd_(::memfd_create("fuzz", 0)) {
        if (fd_ < 0 || ::write(fd_, data, size) != static_cast<ssize_t>(size)) std::abort();
    }
    ~MemoryFile() { ::close(fd_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }

private:
    int fd_;
};

}  // namespace lathe_fuzz
