// What was dropped on the window, told by its name and a look inside. Thread: GUI; reads little.
#pragma once

#include <QMimeData>
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
        unknown,    // none of these, all of it
    };
    Kind kind = Kind::nothing;
    QStringList paths;     // of data all that is, else the one
    QStringList left_out;  // what cannot go with them
};

// What the first that is known is.
Dropped look_at_paths(const QStringList& paths);
// Of the files and folders that are dragged.
QStringList local_paths(const QMimeData& dragged);

}  // namespace lathe
