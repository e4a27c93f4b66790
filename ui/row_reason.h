// Why a row of a data file is worth a look, which the engine says in English, in the user's language. What the
// catalogue does not know stays as it is. Thread: GUI (translations).
#pragma once

#include <QString>
#include <string>

namespace lathe {

QString row_reason(const std::string& english);

}  // namespace lathe
