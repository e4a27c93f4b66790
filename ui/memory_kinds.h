// What memory is taken for: the engine's words with their titles and colours, in the order of what lives longest.
// `free` (kept for the next step) comes last. Thread: GUI (translations).
#pragma once

#include <QString>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "ui/theme.h"

namespace lathe {

struct MemoryKind {
    std::string name;  // the engine's word
    QString title;
    QColor color;
    int64_t bytes = 0;
};

const std::vector<std::string>& memory_kind_names();
// The name itself, or "other" for a word this window does not know.
const std::string& known_memory_kind(const std::string& name);
MemoryKind memory_kind(const Theme& theme, const std::string& name, int64_t bytes);
// Those above zero, in order.
std::vector<MemoryKind> memory_kinds(const Theme& theme, const std::map<std::string, int64_t>& bytes);

}  // namespace lathe
