// An error as a value: what went wrong, where, what was wanted and what was there.
// Inside the engine it travels as Exception; each worker has one catch that turns it back into a value. Any thread.
#pragma once

#include <exception>
#include <optional>
#include <string>

namespace lathe {

// Their order is in the records of runs: a new one goes to the end.
enum class ErrorKind {
    usage,        // the command line or a request is wrong
    not_found,    // a file, run, checkpoint or key that was named is not there
    unreadable,   // the file is there and cannot be read
    unwritable,   // no permission, read-only file system
    disk_full,    // not enough space; expected and found are bytes
    empty,        // nothing usable in the file, folder or text
    malformed,    // the content breaks its format
    unknown_key,  // expected names the nearest known key
    missing_key,
    wrong_type,
    out_of_range,  // expected is the legal range
    mismatch,      // two things that must agree do not
    unsupported,   // legal, and not what this program can do
    too_large,
    locked,      // another Lathe holds the workspace
    memory,      // the memory limit, or the machine's
    non_finite,  // a NaN or infinity in loss or gradient
    cancelled,   // the user's wish
    io,          // a write, fsync or rename failed; found is the system's reason
    internal,    // a bug of ours
};

// Any field but kind may be empty. `file` is a path, `key` a config key, tensor name, line ("line 12") or step.
struct Error {
    ErrorKind kind = ErrorKind::internal;
    std::string file = {};
    std::string key = {};
    std::string expected = {};
    std::string found = {};

    // One English sentence of at most 300 characters, no line break: "FILE: KEY: expected X, found Y".
    std::string sentence() const;
    // 2 where the input or the command line is wrong, 130 when cancelled, else 3.
    int exit_status() const;
};

class Exception : public std::exception {
public:
    explicit Exception(Error error);
    const char* what() const noexcept override { return sentence_.c_str(); }
    const Error& error() const { return error_; }

private:
    Error error_;
    std::string sentence_;
};

[[noreturn]] void fail(Error error);
// What any exception says: an Exception's own error, `memory` for bad_alloc, `io` for the file system's, else
// `internal`.
Error as_error(const std::exception_ptr& exception);
// What the work threw; nothing where it went well.
template <class Work>
std::optional<Error> error_of(const Work& work) {
    try {
        work();
        return std::nullopt;
    } catch (...) {
        return as_error(std::current_exception());
    }
}

}  // namespace lathe
