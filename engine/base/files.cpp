#include "engine/base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "engine/base/error.h"
#include "engine/base/posix_file.h"
#include "engine/base/sha256.h"

namespace lathe {

namespace {

constexpr size_t kBufferBytes = 1 << 20;

[[noreturn]] void fail_too_large(const std::string& path, int64_t max_bytes, int64_t found) {
    fail({.kind = ErrorKind::too_large,
          .file = path,
          .expected = "at most " + std::to_string(max_bytes) + " bytes",
          .found = std::to_string(found) + " bytes"});
}

// The mode of the file that `path` is about to be replaced in, so that a save does not change who may read it.
void keep_mode(int fd, const std::string& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) return;
    if (S_ISREG(status.st_mode)) {
        if (::fchmod(fd, status.st_mode & 07777) != 0) fail_system(path, errno, Access::write);
    } else if (!S_ISLNK(status.st_mode)) {
        fail({.kind = ErrorKind::unwritable,
              .file = path,
              .expected = "a regular file",
              .found = S_ISDIR(status.st_mode) ? "a folder" : "a device, pipe or socket"});
    }
}

}  // namespace

std::string read_file(const std::string& path, int64_t max_bytes) {
    const Descriptor fd = open_regular_file(path);
    struct stat status {};
    if (::fstat(fd.get(), &status) != 0) fail_system(path, errno, Access::read);
    if (status.st_size > max_bytes) fail_too_large(path, max_bytes, status.st_size);
    std::string bytes(static_cast<size_t>(status.st_size) + 1, '\0');  // one more tells a file that is growing
    size_t size = 0;
    while (true) {
        if (size == bytes.size()) bytes.resize(size + kBufferBytes);
        const ssize_t got = ::read(fd.get(), bytes.data() + size, bytes.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail_system(path, errno, Access::read);
        if (got == 0) break;
        size += static_cast<size_t>(got);
        if (static_cast<int64_t>(size) > max_bytes) fail_too_large(path, max_bytes, static_cast<int64_t>(size));
    }
    bytes.resize(size);
    return bytes;
}

void write_file_durably(const std::string& path, std::string_view bytes) {
    const std::string temporary = temporary_name(path);
    ::unlink(temporary.c_str());  // of an earlier process with our number: no live one has this name
    Descriptor fd = create_file(temporary);
    try {
        keep_mode(fd.get(), path);
        write_all(fd.get(), path, bytes, 0);
        sync_file(fd.get(), path);
        fd.close(path);
        if (::rename(temporary.c_str(), path.c_str()) != 0) fail_system(path, errno, Access::write);
    } catch (...) {
        ::unlink(temporary.c_str());
        throw;
    }
    sync_folder(parent_folder(path));
}

std::string sha256(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.hex();
}

std::string sha256_of_file(const std::string& path) {
    const Descriptor fd = open_regular_file(path);
    std::string buffer(kBufferBytes, '\0');
    Sha256 hash;
    while (true) {
        const ssize_t got = ::read(fd.get(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail_system(path, errno, Access::read);
        if (got == 0) return hash.hex();
        hash.add(std::string_view(buffer.data(), static_cast<size_t>(got)));
    }
}

int64_t free_bytes(const std::string& folder) {
    struct statvfs status {};
    if (::statvfs(folder.c_str(), &status) != 0) fail_system(folder, errno, Access::read);
    return static_cast<int64_t>(status.f_bavail) * static_cast<int64_t>(status.f_frsize);
}

std::string existing_folder(const std::string& path) {
    std::error_code ignored;
    std::filesystem::path folder = std::filesystem::absolute(path, ignored);
    while (!std::filesystem::is_directory(folder, ignored) && folder.has_relative_path()) folder = folder.parent_path();
    return folder.string();
}

void require_free_bytes(const std::string& folder, int64_t bytes) {
    const int64_t free = free_bytes(folder);
    if (free < bytes) {
        fail({.kind = ErrorKind::disk_full,
              .file = folder,
              .expected = std::to_string(bytes) + " bytes",
              .found = std::to_string(free) + " bytes free"});
    }
}

void make_folders(const std::string& path) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error) fail_system(path, error.value(), Access::write);
    if (!std::filesystem::is_directory(path, error)) {
        fail({.kind = ErrorKind::unwritable, .file = path, .expected = "a folder", .found = "a file"});
    }
}

std::string temporary_name(const std::string& path) {
    static std::atomic<int64_t> count = 0;
    const std::filesystem::path target(path);
    const std::string name =
        "." + target.filename().string() + ".tmp-" + std::to_string(::getpid()) + "-" + std::to_string(count++);
    return (target.parent_path() / name).string();
}

}  // namespace lathe
