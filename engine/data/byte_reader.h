// Bytes of a data file one after another, with their line and place: what the readers of formats whose rows span lines
// stand on. A BOM at the start is passed over. One thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/data/line_reader.h"

namespace lathe {

class ByteReader {
public:
    // Errors: those of LineReader.
    explicit ByteReader(const std::string& path);
    ~ByteReader();
    ByteReader(const ByteReader&) = delete;
    ByteReader& operator=(const ByteReader&) = delete;

    static constexpr int kEnd = -1;
    int peek() { return begin_ < end_ || fill() ? static_cast<unsigned char>(buffer_[begin_]) : kEnd; }
    int take() {
        const int byte = peek();
        if (byte == kEnd) return kEnd;
        ++begin_;
        ++position_;
        if (byte == '\n') ++line_;
        return byte;
    }

    // Goes on from there.
    void go_to(FilePlace place);

    const std::string& path() const { return path_; }
    int64_t line() const { return line_; }          // of the next byte, from 1
    int64_t position() const { return position_; }  // of the next byte in the file, from 0

private:
    bool fill();  // false at the end of the file

    std::string path_;
    int fd_ = -1;
    std::vector<char> buffer_;
    size_t begin_ = 0, end_ = 0;  // unread bytes in buffer_
    int64_t line_ = 1, position_ = 0;
};

}  // namespace lathe
