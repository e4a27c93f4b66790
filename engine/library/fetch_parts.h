// The parts of a fetch on disk, as they grow: shared by its plan and its work. Any thread.
#pragma once

#include <cstdint>
#include <string>

#include "engine/base/model_entry.h"
#include "engine/library/fetch.h"
#include "engine/library/http.h"

namespace lathe {

// usage where downloads are switched off or the mirror is no address that may be spoken to.
HttpSettings http_settings(const FetchRequest& request);
std::string part_folder(const FetchPlan& plan);  // FOLDER/.NAME.part
// What the parts belong to; parts of another are worth nothing. "": they cannot be told from another's.
std::string part_identity(const FetchRequest& request, const FetchPlan& plan);
// Bytes of the plan's files in the part folder; 0 where they are another's.
int64_t part_bytes(const FetchRequest& request, const FetchPlan& plan);

}  // namespace lathe
