#include "ui/memory_kinds.h"

#include <QCoreApplication>
#include <algorithm>

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(MemoryPlot)
};

QString title_of(const std::string& name) {
    if (name == "program") return Words::tr("program");
    if (name == "weights") return Words::tr("weights");
    if (name == "adapters") return Words::tr("adapters");
    if (name == "optimizer") return Words::tr("optimizer");
    if (name == "gradients") return Words::tr("gradients");
    if (name == "activations") return Words::tr("activations");
    if (name == "kv_cache") return Words::tr("KV cache");
    if (name == "workspace") return Words::tr("workspace");
    if (name == "free") return Words::tr("kept free");
    return Words::tr("other");
}

QColor color_of(const Theme& theme, const std::string& name) {
    if (name == "weights") return theme.data[0];
    if (name == "activations") return theme.data[1];
    if (name == "optimizer") return theme.data[2];
    if (name == "adapters" || name == "kv_cache") return theme.data[3];
    if (name == "gradients") return theme.data[4];
    if (name == "workspace" || name == "other") return theme.data[5];
    if (name == "program") return blend(theme.data[5], theme.surface, 0.55);
    return blend(theme.data[5], theme.surface, 0.25);
}

}  // namespace

const std::vector<std::string>& memory_kind_names() {
    static const std::vector<std::string> names{"program",     "weights",  "adapters",  "optimizer", "gradients",
                                                "activations", "kv_cache", "workspace", "other",     "free"};
    return names;
}

const std::string& known_memory_kind(const std::string& name) {
    static const std::string other = "other";
    const std::vector<std::string>& names = memory_kind_names();
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? other : *found;
}

MemoryKind memory_kind(const Theme& theme, const std::string& name, int64_t bytes) {
    return {.name = name, .title = title_of(name), .color = color_of(theme, name), .bytes = bytes};
}

std::vector<MemoryKind> memory_kinds(const Theme& theme, const std::map<std::string, int64_t>& bytes) {
    std::map<std::string, int64_t> grouped;
    for (const auto& [name, count] : bytes) grouped[known_memory_kind(name)] += std::max<int64_t>(count, 0);
    std::vector<MemoryKind> kinds;
    for (const std::string& name : memory_kind_names())
        if (grouped[name] > 0) kinds.push_back(memory_kind(theme, name, grouped[name]));
    return kinds;
}

}  // namespace lathe
