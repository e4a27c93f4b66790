#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <ctime>
#include <string>

#include "engine/base/files.h"
#include "engine/base/posix_file.h"

namespace lathe {

namespace {

std::string utc_now() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    char text[32];
    return std::string(text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts));
}

// The text is for people; whether the lock is held is the kernel's word.
std::string holder(int fd) {
    char text[100];
    const ssize_t size = ::pread(fd, text, sizeof text, 0);
    const std::string line(text, size > 0 ? static_cast<size_t>(size) : 0);
    const std::string first = line.substr(0, line.find('\n'));
    return first.empty() ? "another process" : first;
}

}  // namespace

WorkspaceLock::WorkspaceLock(const std::string& folder) {
    const std::string path = folder + "/lathe.lock";
    Descriptor fd(::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0644));
    if (fd.get() < 0) fail_system(path, errno, Access::write);
    int result = 0;
    do {
        result = ::flock(fd.get(), LOCK_EX | LOCK_NB);
    } while (result != 0 && errno == EINTR);
    if (result != 0) {
        if (errno == EWOULDBLOCK) {
            fail({.kind = ErrorKind::locked,
                  .file = folder,
                  .expected = "one Lathe at a time",
                  .found = holder(fd.get())});
        }
        fail_system(path, errno, Access::write);
    }
    if (::ftruncate(fd.get(), 0) != 0) fail_system(path, errno, Access::write);
    write_all(fd.get(), path, "pid " + std::to_string(::getpid()) + " since " + utc_now() + "\n", 0);
    // The destructor does not run if this constructor throws, so the descriptor is owned here until now.
    fd_ = fd.release();
}

WorkspaceLock::~WorkspaceLock() {
    // The file stays: to remove it would let two processes lock two files of the same name.
    if (fd_ >= 0) ::close(fd_);
}

}  // namespace lathe
