// Text files, and what any file of text must be. See documents.h.
#include <simdjson.h>

#include <cstring>

#include "engine/base/error.h"
#include "engine/data/file_reading.h"

namespace lathe {

namespace {

constexpr std::string_view kSeparator = "<|endoftext|>";
constexpr size_t kPieceBytes = 4 << 10;  // a blank line past this ends a piece
constexpr size_t kDocumentBytes = kMaxLineBytes;

bool has_separator(const std::string& path, int64_t within = std::numeric_limits<int64_t>::max()) {
    LineReader reader(path);
    for (Line line; reader.position() < within && reader.next(line);)
        if (without_cr(line) == kSeparator) return true;
    return false;
}

}  // namespace

void look_for_separator(DataFile& file, int64_t within) {
    if (file.kind == FileKind::txt) file.separated = has_separator(file.path, within);
}

std::string_view without_cr(const Line& line) {
    return line.ended && line.text.ends_with('\r') ? line.text.substr(0, line.text.size() - 1) : line.text;
}

void check_text_line(const Line& line, const std::string& file) {
    if (line.too_long)
        fail(Error{.kind = ErrorKind::too_large,
                   .file = file,
                   .key = "line " + std::to_string(line.number),
                   .expected = "at most 16 MiB a line"});
    if (const void* nul = line.text.empty() ? nullptr : std::memchr(line.text.data(), 0, line.text.size())) {
        const int64_t byte = line.byte + (static_cast<const char*>(nul) - line.text.data());
        fail(Error{.kind = ErrorKind::malformed,
                   .file = file,
                   .key = "byte " + std::to_string(byte),
                   .expected = "UTF-8 text",
                   .found = "a NUL byte, as in UTF-16 or a binary file"});
    }
    if (!simdjson::validate_utf8(line.text.data(), line.text.size())) {
        const int64_t byte = line.byte + static_cast<int64_t>(first_invalid_utf8(line.text));
        fail(Error{.kind = ErrorKind::malformed,
                   .file = file,
                   .key = "byte " + std::to_string(byte),
                   .expected = "UTF-8",
                   .found = "another encoding"});
    }
}

void read_plain_text(FileReading& reading) {
    const bool separated = reading.file.separated ? *reading.file.separated : has_separator(reading.file.path);
    LineReader reader(reading.file.path, reading.start);
    std::string document;
    DocumentPlace place{.file = reading.file.path};
    const auto flush = [&] { reading.hand_over_rest(document, place); };
    for (Line line; reading.proceed && reader.next(line);) {
        check_text_line(line, reading.file.path);
        const std::string_view text = without_cr(line);
        place.bytes_read = reading.bytes_before + reader.position();
        if (separated && text == kSeparator) {
            flush();
            continue;
        }
        const bool blank = is_blank(text);
        if (separated && document.size() + text.size() + 1 > kDocumentBytes) flush();
        if (!reading.proceed) break;
        if (document.empty()) {
            if (blank) continue;
            place.line = line.number;
            place.byte = line.byte;
        }
        document.append(text);
        if (line.ended) document += '\n';
        if (!separated && ((blank && document.size() >= kPieceBytes) || document.size() >= kUnbrokenBytes)) flush();
    }
    if (reading.proceed) flush();
}

}  // namespace lathe
