#include <signal.h>

#include <cerrno>
#include <charconv>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "engine/base/files.h"

namespace lathe {

namespace fs = std::filesystem;

namespace {

struct Leftover {
    std::string name;  // of what was being written
    int pid = 0;
    bool aside = false;  // a whole folder that was about to be replaced
};

std::optional<int64_t> whole_number(std::string_view text) {
    int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

// ".NAME.tmp-PID-N" or ".NAME.old-PID-N"
std::optional<Leftover> parse_leftover(const std::string& file_name) {
    const size_t temporary = file_name.rfind(".tmp-");
    const size_t aside = file_name.rfind(".old-");
    const bool is_aside = aside != std::string::npos && (temporary == std::string::npos || aside > temporary);
    const size_t mark = is_aside ? aside : temporary;
    if (mark == std::string::npos || mark < 2 || file_name[0] != '.') return std::nullopt;
    const std::string_view numbers = std::string_view(file_name).substr(mark + 5);
    const size_t dash = numbers.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto pid = whole_number(numbers.substr(0, dash));
    if (!pid || *pid < 1 || *pid > (1 << 30) || !whole_number(numbers.substr(dash + 1))) return std::nullopt;
    return Leftover{file_name.substr(1, mark - 1), static_cast<int>(*pid), is_aside};
}

bool is_dead(int pid) {
    return ::kill(pid, 0) != 0 && errno == ESRCH;
}

}  // namespace

void sweep_temporaries(const std::string& folder) {
    std::error_code error;
    std::error_code ignored;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const auto leftover = parse_leftover(it->path().filename().string());
        if (!leftover || !is_dead(leftover->pid)) continue;
        const fs::path target = it->path().parent_path() / leftover->name;
        if (leftover->aside && fs::symlink_status(target, ignored).type() == fs::file_type::not_found) {
            fs::rename(it->path(), target, ignored);
        } else {
            fs::remove_all(it->path(), ignored);
        }
    }
}

}  // namespace lathe
