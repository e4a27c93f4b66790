#include "engine/data/text_documents.h"

#include <algorithm>
#include <filesystem>

#include "engine/base/error.h"
#include "engine/data/unicode_classes.h"

namespace lathe {

namespace {

constexpr size_t kBlock = 1 << 20;

// Bytes of the first `characters` code points of valid UTF-8; characters is lowered by those found.
size_t take_characters(std::string_view text, int64_t& characters) {
    size_t i = 0;
    while (i < text.size() && characters > 0) {
        ++i;
        while (i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) ++i;
        --characters;
    }
    return i;
}

}  // namespace

TextDocuments::TextDocuments(std::vector<std::string> files, int64_t document_characters)
    : files_(std::move(files)), characters_(document_characters) {
    for (const std::string& file : files_) {
        std::error_code error;
        const auto status = std::filesystem::status(file, error);
        if (!std::filesystem::exists(status)) fail({.kind = ErrorKind::not_found, .file = file});
        if (!std::filesystem::is_regular_file(status))
            fail({.kind = ErrorKind::unreadable, .file = file, .expected = "a regular file"});
        bytes_total_ += static_cast<int64_t>(std::filesystem::file_size(file, error));
    }
}

void TextDocuments::refill() {
    pending_.erase(0, used_);
    used_ = 0;
    const size_t kept = pending_.size();
    pending_.resize(kept + kBlock);
    stream_.read(pending_.data() + kept, static_cast<std::streamsize>(kBlock));
    if (stream_.bad()) fail({.kind = ErrorKind::unreadable, .file = files_[file_ - 1]});
    const auto count = static_cast<size_t>(stream_.gcount());
    pending_.resize(kept + count);
    bytes_read_ += static_cast<int64_t>(count);
    at_end_ = count < kBlock;
}

bool TextDocuments::next(std::string& document) {
    document.clear();
    int64_t wanted = characters_;
    while (wanted > 0) {
        if (at_end_ && used_ == pending_.size()) {
            if (!document.empty()) return true;
            if (file_ == files_.size()) return false;
            stream_ = std::ifstream(files_[file_++], std::ios::binary);
            if (!stream_) fail({.kind = ErrorKind::unreadable, .file = files_[file_ - 1]});
            refill();
            continue;
        }
        const std::string_view rest = std::string_view(pending_).substr(used_);
        // Long enough for the characters wanted, so that not every document looks at the whole block.
        const std::string_view window = rest.substr(0, 4 * static_cast<size_t>(std::min<int64_t>(wanted, kBlock)));
        const size_t valid = take_characters(window.substr(0, valid_utf8_prefix(window)), wanted);
        document.append(rest.substr(0, valid));
        used_ += valid;
        if (wanted == 0) break;
        // What is left starts with a byte that is not UTF-8, or with a code point that the block cut.
        if (!at_end_ && rest.size() - valid < 4) {
            refill();
        } else if (used_ < pending_.size()) {
            ++used_;
        }
    }
    return true;
}

double TextDocuments::fraction_done() const {
    const auto done = static_cast<double>(bytes_read_ - static_cast<int64_t>(pending_.size() - used_));
    return bytes_total_ > 0 ? done / static_cast<double>(bytes_total_) : 1.0;
}

}  // namespace lathe
