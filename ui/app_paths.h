// Where the window finds things: absolute paths, chosen once at the start. Values, any thread.
#pragma once

#include <QString>

namespace lathe {

struct AppPaths {
    QString workspace;
    QString presets;  // folder of run settings, *.json
    QString starter;  // the small model that is shipped
};

}  // namespace lathe
