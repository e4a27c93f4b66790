// A model of the library in words: its line in the list, its tiles, what it is made of. Made from values alone. Thread:
// GUI (translations).
#pragma once

#include <QString>
#include <vector>

#include "engine/base/model_entry.h"
#include "ui/run_summary.h"

namespace lathe {

// The engine's words for where models lie, in the order of the list.
const std::vector<std::string>& model_sources();
QString source_title(const std::string& source);
// "135 M", "1.54 B"; three digits.
QString short_count_text(int64_t value);
// "494 M parameters · 988 MB · BF16", "adapter of rank 8 · 4.3 MB · F32"
QString model_line(const ModelEntry& model);
// Why it cannot be opened, without its path; "" if it can.
QString problem_text(const ModelEntry& model);
// The same in a few words, for the list.
QString problem_line(const ModelEntry& model);
// "28 layers of width 1,024 · 16 heads, 8 of key and value"; "" where the shape is not known.
QString shape_text(const ModelEntry& model);
// "org/name", as a repository on Hugging Face's site is called.
bool is_repository(const std::string& name);
// Parameters, size, numbers, context.
std::vector<Tile> model_tiles(const ModelEntry& model);

}  // namespace lathe
