// What an inspection says, in words: its figures, what is wrong with which row, why a start is held back.
// Thread: GUI (translations).
#pragma once

#include <QString>
#include <optional>
#include <string>
#include <vector>

#include "ui/data_inspector.h"
#include "ui/fact_list.h"

namespace lathe {

// Without an inspection the names alone, with dashes: the shape of what comes.
std::vector<Fact> inspection_facts(const std::optional<DataInspection>& inspection);
// "12.3 %" of all.
QString share_text(int64_t part, int64_t all);
QString columns_text(const std::string& columns);
// bad, truncated, …
QString note_text(const std::string& kind);
QString unlearnt_text(const std::vector<std::string>& files);
// Why a run should not start with this data; empty: it may.
QString hold_text(const DataInspector& inspector);

}  // namespace lathe
