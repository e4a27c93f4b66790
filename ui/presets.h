// Settings of runs that are kept as files: those that are shipped, and the user's own in WORKSPACE/presets. Files are
// read when listed; one that does not parse is listed with what is wrong. Thread: GUI.
#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "engine/base/config.h"
#include "engine/base/error.h"
#include "ui/app_paths.h"

namespace lathe {

struct Preset {
    QString name;  // the file's, without its ending
    QString file;
    bool own = false;
    std::optional<RunConfig> config;
    std::optional<Error> error;
};

// The shipped ones first, both by name.
std::vector<Preset> list_presets(const AppPaths& paths);
// Can be a file's name in any file system.
bool is_preset_name(const QString& name);
QString own_preset_file(const AppPaths& paths, const QString& name);
// Returns what it takes the place of; none: there was none of that name, or a broken one. Exceptions name the file.
std::optional<RunConfig> save_preset(const AppPaths& paths, const QString& name, const RunConfig& config);

}  // namespace lathe
