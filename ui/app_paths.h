// Where the window finds things: absolute paths, chosen once at the start. Values, any thread.
#pragma once

#include <QString>

namespace lathe {

struct AppPaths {
    QString workspace;
    QString presets;  // folder of run settings, *.json
    QString starter;  // the small model that is shipped
};

// Where what the window remembers of the workspace is kept: with the user's other settings, so also for one that cannot
// be written. One file for every way to write its path.
QString workspace_settings_file(const AppPaths& paths);

}  // namespace lathe
