// Lines of a regular file of any size through a buffer that holds one line. LF ends a line; a BOM at the start is
// passed over. A line over 16 MiB is passed over without being kept, and marked. One thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lathe {

constexpr int64_t kMaxLineBytes = 16LL << 20;
constexpr int64_t kLinePadding = 64;  // readable bytes past a line, for simdjson

// Of a byte in a file.
struct FilePlace {
    int64_t line = 1;  // that it stands in, from 1
    int64_t byte = 0;
};

struct Line {
    std::string_view text;  // without LF; valid until the next line is read
    int64_t number = 0;     // from 1
    int64_t byte = 0;       // of its first byte in the file
    bool too_long = false;  // then text is empty
    bool ended = true;      // false: the file's last line without LF
};

class LineReader {
public:
    // Errors: not_found, unreadable (folder, FIFO, device), malformed for UTF-16, UTF-32, gzip, zstd, zip and Parquet,
    // named in `found`.
    // `start`: where to begin, at a line's first byte.
    explicit LineReader(const std::string& path, FilePlace start = {});
    ~LineReader();
    LineReader(const LineReader&) = delete;
    LineReader& operator=(const LineReader&) = delete;

    bool next(Line& line);
    int64_t position() const { return consumed_; }  // bytes of the file behind the last line

private:
    bool fill();  // false at the end of the file
    bool skip_long_line();

    std::string path_;
    int fd_ = -1;
    std::vector<char> buffer_;
    size_t begin_ = 0, end_ = 0;  // unread bytes in buffer_
    int64_t consumed_ = 0, number_ = 0;
};

// What every reader of a data file begins with; their errors are LineReader's. The descriptor is the caller's to close.
int open_data_file(const std::string& path);
void refuse_foreign_start(std::string_view start, const std::string& path);
void go_to(int fd, int64_t byte, const std::string& path);
// Bytes read, 0 at the end of the file.
size_t read_some(int fd, char* buffer, size_t room, const std::string& path);

bool is_blank(std::string_view text);
// Byte of the first character that is not UTF-8 (RFC 3629: no surrogates, no overlong forms), or text.size().
size_t first_invalid_utf8(std::string_view text);

}  // namespace lathe
