// Work that takes long beside the run and the chats: which commands are such, and what they are called while they go
// on. Thread: GUI.
#pragma once

#include <QElapsedTimer>
#include <QString>
#include <optional>

#include "engine/session.h"

namespace lathe {

struct LongJob {
    const char* name = "";  // English, of the catalogue's LongJob
    bool makes = false;     // it writes something that an end before its own would cut off
    std::optional<Progress> progress;
    QElapsedTimer since = {};  // it was asked for
};

// Nothing: it is answered at once, or is the run's or a chat's.
std::optional<LongJob> long_job(const Command& command);
// Whether what the engine said of a long job is its end.
bool ends_job(const EventBody& said);
// "Downloading"
QString job_name(const LongJob& job);
// "Downloading, 45 %"
QString job_text(const LongJob& job);

}  // namespace lathe
