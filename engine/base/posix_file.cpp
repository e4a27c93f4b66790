#include "engine/base/posix_file.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "engine/base/files.h"

namespace lathe {

namespace {

std::string bytes_free_at(const std::string& path) {
    try {
        return std::to_string(free_bytes(parent_folder(path))) + " bytes free";
    } catch (const Exception&) {
        return "none";
    }
}

}  // namespace

void fail_system(const std::string& path, int error_number, Access access, int64_t bytes) {
    const bool writing = access == Access::write;
    Error error{.kind = writing ? ErrorKind::io : ErrorKind::unreadable,
                .file = path,
                .found = std::generic_category().message(error_number)};
    switch (error_number) {
        case ENOSPC:
        case EDQUOT:
            error.kind = ErrorKind::disk_full;
            if (bytes > 0) error.expected = std::to_string(bytes) + " bytes";
            error.found = error_number == EDQUOT ? "the quota is used up" : bytes_free_at(path);
            break;
        case EROFS:
        case EACCES:
        case EPERM:
            error.kind = writing ? ErrorKind::unwritable : ErrorKind::unreadable;
            break;
        case ENOENT:
            error.kind = ErrorKind::not_found;
            error.found.clear();
            break;
        case EEXIST:
        case ENOTDIR:
        case EISDIR:
        case ELOOP:
        case ENAMETOOLONG:
            error.kind = writing ? ErrorKind::unwritable : ErrorKind::unreadable;
            break;
        case ENOMEM:
            error.kind = ErrorKind::memory;
            break;
        default:
            break;
    }
    fail(std::move(error));
}

bool is_plain_path(const std::string& name) {
    if (name.empty() || name.size() > 4096 || name.find('\0') != std::string::npos) return false;
    size_t begin = 0;
    while (begin <= name.size()) {
        const size_t end = std::min(name.find('/', begin), name.size());
        const std::string part = name.substr(begin, end - begin);
        if (part.empty() || part == "." || part == "..") return false;
        begin = end + 1;
    }
    return true;
}

Descriptor::~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
}

void Descriptor::close(const std::string& path) {
    const int fd = fd_;
    fd_ = -1;
    // After EINTR Linux has closed it; a second close could hit another thread's descriptor.
    if (fd >= 0 && ::close(fd) != 0 && errno != EINTR) fail_system(path, errno, Access::write);
}

Descriptor open_regular_file(const std::string& path, bool no_follow) {
    Descriptor fd(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY | (no_follow ? O_NOFOLLOW : 0)));
    if (fd.get() < 0) fail_system(path, errno, Access::read);
    struct stat status {};
    if (::fstat(fd.get(), &status) != 0) fail_system(path, errno, Access::read);
    if (!S_ISREG(status.st_mode)) {
        fail({.kind = ErrorKind::unreadable,
              .file = path,
              .expected = "a regular file",
              .found = S_ISDIR(status.st_mode) ? "a folder" : "a device, pipe or socket"});
    }
    return fd;
}

Descriptor create_file(const std::string& path) {
    Descriptor fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
    if (fd.get() < 0) fail_system(path, errno, Access::write);
    return fd;
}

void write_all(int fd, const std::string& path, std::string_view bytes, int64_t offset) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY &&
        static_cast<uint64_t>(offset) + bytes.size() > limit.rlim_cur) {
        fail({.kind = ErrorKind::io,
              .file = path,
              .expected = "at most " + std::to_string(limit.rlim_cur) + " bytes (limit of this process)",
              .found = std::to_string(static_cast<uint64_t>(offset) + bytes.size())});
    }
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0) {
            if (errno == EINTR) continue;
            fail_system(path, errno, Access::write, static_cast<int64_t>(bytes.size()));
        }
        bytes.remove_prefix(static_cast<size_t>(written));
    }
}

void read_at(int fd, const std::string& path, const std::string& key, int64_t offset, int64_t count,
             void* destination) {
    auto* at = static_cast<char*>(destination);
    while (count > 0) {
        const ssize_t got = ::pread(fd, at, static_cast<size_t>(std::min<int64_t>(count, 1 << 30)), offset);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail_system(path, errno, Access::read);
        if (got == 0) {
            fail({.kind = ErrorKind::malformed,
                  .file = path,
                  .key = key,
                  .expected = std::to_string(count) + " more bytes at " + std::to_string(offset),
                  .found = "the end of a file that became shorter"});
        }
        at += got;
        offset += got;
        count -= got;
    }
}

void sync_file(int fd, const std::string& path) {
    if (::fsync(fd) != 0) fail_system(path, errno, Access::write);
}

void sync_folder(const std::string& path) {
    Descriptor fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd.get() < 0) fail_system(path, errno, Access::write);
    // Some network file systems cannot sync a folder and say EINVAL.
    if (::fsync(fd.get()) != 0 && errno != EINVAL && errno != ENOTSUP) fail_system(path, errno, Access::write);
}

std::string parent_folder(const std::string& path) {
    const std::string parent = std::filesystem::path(path).parent_path().string();
    return parent.empty() ? "." : parent;
}

}  // namespace lathe
