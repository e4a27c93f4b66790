// The report of an export as the text that its folder keeps, and as words. Any thread.
#pragma once

#include <string>

#include "engine/base/export_report.h"

namespace lathe {

inline constexpr const char* kExportReportFile = "lathe_export.json";
std::string export_report_json(const ExportReport& report);
// In English.
std::string export_warning_text(const ExportWarning& warning);
// The path that opens the export: its folder, or the GGUF file in it.
std::string exported_model(const ExportReport& report);

}  // namespace lathe
