// The text between the quotes of a template's string literal, as Python's unicode-escape codec reads it.
// Pure function, any thread.
#pragma once

#include "engine/data/jinja_text.h"

namespace lathe::jinja {

// Errors: malformed with the key "line N".
Text unescaped(TextView literal, int line);

}  // namespace lathe::jinja
