// What was dropped on the window, told by its name and a look inside. Thread: GUI; reads little.
#pragma once

#include <QString>
#include <QStringList>

namespace lathe {

struct Dropped {
    enum class Kind {
        nothing,    // no files
        model,      // a folder with config.json and weights or an adapter, or a GGUF file
        shape,      // a config.json alone
        settings,   // of a run: a preset
        run,        // a run's folder
        workspace,  // one with a lathe.db
        data,       // texts and rows, or folders of them
        unknown,    // none of these: `paths` has the first such
    };
    Kind kind = Kind::nothing;
    QStringList paths;
};

// Several files are data, or what the first of them is.
Dropped look_at_paths(const QStringList& paths);

}  // namespace lathe
