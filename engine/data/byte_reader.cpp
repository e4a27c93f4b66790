#include "engine/data/byte_reader.h"

#include <unistd.h>

#include <string_view>

#include "engine/data/line_reader.h"

namespace lathe {

namespace {

constexpr size_t kBuffer = 256 << 10;
constexpr std::string_view kBom = "\xEF\xBB\xBF";

}  // namespace

ByteReader::ByteReader(const std::string& path) : path_(path), fd_(open_data_file(path)), buffer_(kBuffer) {
    try {
        fill();
        const std::string_view start(buffer_.data(), end_);
        refuse_foreign_start(start, path);
        if (start.starts_with(kBom)) begin_ = kBom.size(), position_ = static_cast<int64_t>(kBom.size());
    } catch (...) {
        ::close(fd_);
        throw;
    }
}

ByteReader::~ByteReader() {
    ::close(fd_);
}

void ByteReader::go_to(FilePlace place) {
    lathe::go_to(fd_, place.byte, path_);
    begin_ = end_ = 0;
    line_ = place.line;
    position_ = place.byte;
}

bool ByteReader::fill() {
    begin_ = 0;
    end_ = read_some(fd_, buffer_.data(), buffer_.size(), path_);
    return end_ > 0;
}

}  // namespace lathe
