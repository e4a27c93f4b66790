// A legal value for a setting that is wrong: the nearest one that the config takes. Pure functions, any thread.
#pragma once

#include <optional>
#include <string>

#include "engine/base/config.h"
#include "engine/base/error.h"

namespace lathe {

// As JSON. `config` holds what is legal of the rest; `found` is what was typed, or the value that does not fit. For a
// number: the nearest to it, else one that the error names. Nothing for what only the user can know: a file, a text.
std::optional<std::string> legal_value(const RunConfig& config, const Error& error, const std::string& found);

}  // namespace lathe
