// What each page is for, in a few paragraphs: the panel beside it (F1). Thread: GUI.
#pragma once

#include <QString>

namespace lathe {

// Rich text of the page with this object name, in the language in force; "" where there is none.
QString page_help(const QString& page);

}  // namespace lathe
