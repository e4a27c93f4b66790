#include "engine/base/machine_memory.h"

#include <algorithm>
#include <fstream>
#include <numeric>
#include <string_view>

namespace lathe {

namespace {

// The number behind "KEY:", in kB, as proc(5) has it; bytes.
int64_t field_bytes(const std::string& file, const std::string& key) {
    std::ifstream fields(file);
    std::string word;
    int64_t kib = 0;
    while (fields >> word)
        if (word == key && fields >> kib) return kib * 1024;
    return 0;
}

// The least number in `name` from this group up to the root of its hierarchy; "max" and what is missing are none.
int64_t least_limit(const std::string& hierarchy, std::string group, const char* name, int64_t least) {
    while (true) {
        std::ifstream file(hierarchy + group + "/" + name);
        int64_t bytes = 0;
        if (file >> bytes && bytes > 0) least = std::min(least, bytes);
        if (group.empty()) return least;
        group.resize(group.find_last_of('/') == std::string::npos ? 0 : group.find_last_of('/'));
    }
}

}  // namespace

int64_t available_memory(const std::string& root) {
    int64_t bytes =
        field_bytes(root + "/proc/meminfo", "MemAvailable:") + field_bytes(root + "/proc/self/status", "VmRSS:");
    std::ifstream groups(root + "/proc/self/cgroup");
    for (std::string line; std::getline(groups, line);) {  // ID:CONTROLLERS:/PATH
        const size_t first = line.find(':'), second = line.find(':', first + 1);
        if (first == std::string::npos || second == std::string::npos) continue;
        const std::string_view controllers = std::string_view(line).substr(first + 1, second - first - 1);
        const std::string group = line.substr(second + 1) == "/" ? "" : line.substr(second + 1);
        if (controllers.empty()) bytes = least_limit(root + "/sys/fs/cgroup", group, "memory.max", bytes);
        if (controllers == "memory")
            bytes = least_limit(root + "/sys/fs/cgroup/memory", group, "memory.limit_in_bytes", bytes);
    }
    return bytes;
}

int64_t total_bytes(const std::map<std::string, int64_t>& bytes_by_kind) {
    return std::accumulate(bytes_by_kind.begin(), bytes_by_kind.end(), int64_t{0},
                           [](int64_t sum, const auto& kind) { return sum + kind.second; });
}

}  // namespace lathe
