// What the sources of files.h and the readers of engine/formats share: an owned descriptor and calls whose errors are
// Exceptions naming the path. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/error.h"

namespace lathe {

enum class Access { read, write };

// The Exception of a system call that failed on `path`: ENOSPC and EDQUOT disk_full, EROFS, EACCES, EPERM unwritable or
// unreadable, ENOENT not_found, others io (writing) or unreadable (reading). `bytes` that were to be written, 0 if not
// known.
[[noreturn]] void fail_system(const std::string& path, int error_number, Access access, int64_t bytes = 0);

class Descriptor {
public:
    explicit Descriptor(int fd = -1) : fd_(fd) {}
    ~Descriptor();
    Descriptor(Descriptor&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
    Descriptor& operator=(Descriptor&&) = delete;
    int get() const { return fd_; }
    int release() {
        const int fd = fd_;
        fd_ = -1;
        return fd;
    }
    // Closes and reports: a file system may tell only now that a write was lost.
    void close(const std::string& path);

private:
    int fd_;
};

// Regular files only; a FIFO or a device fails at once instead of blocking. Links are followed unless `no_follow`.
Descriptor open_regular_file(const std::string& path, bool no_follow = false);
// O_EXCL and O_NOFOLLOW: makes a new file or fails.
Descriptor create_file(const std::string& path);
// Writes all of it at `offset`, the current end of the file; over RLIMIT_FSIZE is an error here and not a SIGXFSZ.
void write_all(int fd, const std::string& path, std::string_view bytes, int64_t offset);
// Reads all of it from `offset` on; `malformed` naming `key` where the file ends before, as one that became shorter.
void read_at(int fd, const std::string& path, const std::string& key, int64_t offset, int64_t count, void* destination);
void sync_file(int fd, const std::string& path);
// fsync of the folder itself: the names in it.
void sync_folder(const std::string& path);
// A relative path of plain components: nothing that leads out of its folder.
bool is_plain_path(const std::string& name);
// "." where there is none.
std::string parent_folder(const std::string& path);

}  // namespace lathe
