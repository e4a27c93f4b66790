#include "engine/data/line_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "engine/base/error.h"

namespace lathe {

namespace {

constexpr size_t kFirstBuffer = 1 << 20;

}  // namespace

int open_data_file(const std::string& path) {
    // O_NONBLOCK: a FIFO without a writer must not hold us here.
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        const int reason = errno;
        fail(Error{.kind = reason == ENOENT ? ErrorKind::not_found : ErrorKind::unreadable,
                   .file = path,
                   .found = std::strerror(reason)});
    }
    struct stat status {};
    if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
        ::close(fd);
        fail(Error{.kind = ErrorKind::unreadable, .file = path, .expected = "a regular file"});
    }
    return fd;
}

LineReader::LineReader(const std::string& path, FilePlace start)
    : path_(path), fd_(open_data_file(path)), consumed_(start.byte), number_(start.line - 1) {
    try {
        go_to(fd_, start.byte, path);
        buffer_.resize(kFirstBuffer + kLinePadding);
        fill();
        if (start.byte == 0) refuse_foreign_start({buffer_.data(), end_}, path);
    } catch (...) {
        ::close(fd_);
        throw;
    }
    if (start.byte == 0 && end_ >= 3 && std::memcmp(buffer_.data(), "\xEF\xBB\xBF", 3) == 0) begin_ = 3, consumed_ = 3;
}

LineReader::~LineReader() {
    ::close(fd_);
}

void refuse_foreign_start(std::string_view start, const std::string& path) {
    struct Magic {
        std::string_view bytes;
        const char* name;
    };
    static constexpr Magic kForeign[] = {
        {std::string_view("\xFF\xFE\0\0", 4), "UTF-32"},
        {std::string_view("\0\0\xFE\xFF", 4), "UTF-32"},
        {std::string_view("\xFF\xFE", 2), "UTF-16"},
        {std::string_view("\xFE\xFF", 2), "UTF-16"},
        {std::string_view("\x1F\x8B", 2), "gzip"},
        {std::string_view("\x28\xB5\x2F\xFD", 4), "zstd"},
        {std::string_view("PK\x03\x04", 4), "a zip archive"},
        {std::string_view("PAR1", 4), "Parquet"},
    };
    for (const Magic& magic : kForeign)
        if (start.starts_with(magic.bytes))
            fail(Error{.kind = ErrorKind::malformed,
                       .file = path,
                       .key = "byte 0",
                       .expected = "UTF-8 text",
                       .found = magic.name});
}

size_t read_some(int fd, char* buffer, size_t room, const std::string& path) {
    ssize_t count = 0;
    do {
        count = ::read(fd, buffer, room);
    } while (count < 0 && errno == EINTR);
    if (count < 0) fail(Error{.kind = ErrorKind::unreadable, .file = path, .found = std::strerror(errno)});
    return static_cast<size_t>(count);
}

void go_to(int fd, int64_t byte, const std::string& path) {
    if (byte != 0 && ::lseek(fd, byte, SEEK_SET) != byte)
        fail(Error{.kind = ErrorKind::unreadable, .file = path, .found = std::strerror(errno)});
}

bool LineReader::fill() {
    if (begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    if (end_ + kLinePadding == buffer_.size()) {
        const size_t most = static_cast<size_t>(kMaxLineBytes) + kFirstBuffer + kLinePadding;
        buffer_.resize(std::min(buffer_.size() * 2, most));
    }
    const size_t count = read_some(fd_, buffer_.data() + end_, buffer_.size() - kLinePadding - end_, path_);
    end_ += count;
    return count > 0;
}

bool LineReader::skip_long_line() {
    for (;;) {
        const char* found = static_cast<const char*>(std::memchr(buffer_.data() + begin_, '\n', end_ - begin_));
        if (found) {
            const size_t length = static_cast<size_t>(found - buffer_.data()) + 1 - begin_;
            begin_ += length;
            consumed_ += static_cast<int64_t>(length);
            return true;
        }
        consumed_ += static_cast<int64_t>(end_ - begin_);
        begin_ = end_;
        if (!fill()) return false;
    }
}

bool LineReader::next(Line& line) {
    line = Line{};
    line.number = number_ + 1;
    line.byte = consumed_;
    size_t searched = 0;
    const char* newline = nullptr;
    for (;;) {
        const size_t unsearched = end_ - begin_ - searched;
        newline = unsearched == 0
                      ? nullptr
                      : static_cast<const char*>(std::memchr(buffer_.data() + begin_ + searched, '\n', unsearched));
        if (newline) break;
        searched = end_ - begin_;
        if (searched > static_cast<size_t>(kMaxLineBytes)) break;
        if (!fill()) break;
    }
    const size_t length = newline ? static_cast<size_t>(newline - buffer_.data()) - begin_ : end_ - begin_;
    if (!newline && length == 0) return false;
    ++number_;
    if (length > static_cast<size_t>(kMaxLineBytes)) {
        line.too_long = true;
        line.ended = skip_long_line();
        return true;
    }
    line.text = {buffer_.data() + begin_, length};
    line.ended = newline != nullptr;
    const size_t taken = length + (newline ? 1 : 0);
    begin_ += taken;
    consumed_ += static_cast<int64_t>(taken);
    return true;
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
}

size_t first_invalid_utf8(std::string_view text) {
    const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
    size_t i = 0;
    while (i < text.size()) {
        const unsigned first = byte(i);
        if (first < 0x80) {
            ++i;
            continue;
        }
        const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        if (first < 0xC2 || first > 0xF4 || i + length > text.size()) return i;
        // The second byte's range rules out overlong forms, surrogates and what lies past U+10FFFF.
        const unsigned low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        const unsigned high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (byte(i + 1) < low || byte(i + 1) > high) return i;
        for (size_t k = 2; k < length; ++k)
            if ((byte(i + k) & 0xC0) != 0x80) return i;
        i += length;
    }
    return text.size();
}

}  // namespace lathe
