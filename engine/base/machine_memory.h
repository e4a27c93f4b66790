// How much memory there is for this program: what the machine has left, and what the limits of its control groups
// (cgroups(7)) allow. Any thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace lathe {

// MemAvailable and what this process has already, or the least limit of its control groups (versions 1 and 2, parents
// included) where that is less. `root` stands before /proc and /sys, for tests. 0: not to be found out.
int64_t available_memory(const std::string& root = "");
// Of all kinds.
int64_t total_bytes(const std::map<std::string, int64_t>& bytes_by_kind);

}  // namespace lathe
