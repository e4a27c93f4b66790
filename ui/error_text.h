// What the engine reports, in the window's language: errors, notices, progress. Paths, keys and numbers stay as they
// are; what an error expected is translated where its English words are known (context EngineWords). Thread: GUI.
#pragma once

#include <QString>

#include "engine/base/events.h"

namespace lathe {

// What happened, where, and what to do about it.
QString error_text(const Error& error);
QString notice_text(const Notice& notice);
// By kind and text, as the record of a run has them.
QString notice_text(const std::string& kind, const std::string& text, int64_t step);
// "tokenizing 45 %"
QString progress_text(const Progress& progress);

}  // namespace lathe
