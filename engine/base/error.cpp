#include "engine/base/error.h"

#include <filesystem>
#include <new>
#include <string_view>
#include <utility>

namespace lathe {

namespace {

constexpr size_t kSentenceLimit = 300;

std::string_view what_happened(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::usage:
            return "wrong use";
        case ErrorKind::not_found:
            return "not found";
        case ErrorKind::unreadable:
            return "cannot be read";
        case ErrorKind::unwritable:
            return "cannot be written";
        case ErrorKind::disk_full:
            return "not enough disk space";
        case ErrorKind::empty:
            return "nothing usable in it";
        case ErrorKind::malformed:
            return "malformed";
        case ErrorKind::unknown_key:
            return "unknown key";
        case ErrorKind::missing_key:
            return "missing";
        case ErrorKind::wrong_type:
            return "wrong type";
        case ErrorKind::out_of_range:
            return "out of range";
        case ErrorKind::mismatch:
            return "does not fit";
        case ErrorKind::unsupported:
            return "not supported";
        case ErrorKind::too_large:
            return "too large";
        case ErrorKind::locked:
            return "in use by another Lathe";
        case ErrorKind::memory:
            return "out of memory";
        case ErrorKind::non_finite:
            return "not a finite number";
        case ErrorKind::cancelled:
            return "cancelled";
        case ErrorKind::io:
            return "file operation failed";
        case ErrorKind::internal:
            return "internal error";
    }
    return "error";
}

// Text from a file may hold control characters; a sentence is one printable line.
std::string one_line(std::string_view text) {
    std::string line;
    for (const char c : text) line += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    return line;
}

}  // namespace

std::string Error::sentence() const {
    std::string text;
    if (!file.empty()) text += one_line(file) + ": ";
    if (!key.empty()) text += one_line(key) + ": ";
    text += what_happened(kind);
    if (!expected.empty())
        text += (kind == ErrorKind::unknown_key ? ", nearest is " : ", expected ") + one_line(expected);
    if (!found.empty()) text += ", found " + one_line(found);
    if (text.size() > kSentenceLimit) {
        size_t end = kSentenceLimit - 3;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
        text = text.substr(0, end) + "...";
    }
    return text;
}

int Error::exit_status() const {
    switch (kind) {
        case ErrorKind::cancelled:
            return 130;
        case ErrorKind::disk_full:
        case ErrorKind::memory:
        case ErrorKind::non_finite:
        case ErrorKind::io:
        case ErrorKind::internal:
            return 3;
        default:
            return 2;
    }
}

Exception::Exception(Error error) : error_(std::move(error)), sentence_(error_.sentence()) {}

void fail(Error error) {
    throw Exception(std::move(error));
}

Error as_error(const std::exception_ptr& exception) {
    try {
        std::rethrow_exception(exception);
    } catch (const Exception& known) {
        return known.error();
    } catch (const std::bad_alloc&) {
        return {.kind = ErrorKind::memory};
    } catch (const std::filesystem::filesystem_error& file) {
        return {.kind = ErrorKind::io, .file = file.path1().string(), .found = file.code().message()};
    } catch (const std::exception& other) {
        return {.kind = ErrorKind::internal, .found = other.what()};
    }
}

}  // namespace lathe
