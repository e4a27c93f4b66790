// The look of Qt's own controls, made from a theme's tokens. Roles are dynamic properties that controls.h sets; nothing
// else in ui/ has a style sheet. Thread: GUI.
#pragma once

#include <QString>

#include "ui/theme.h"

namespace lathe {

QString style_sheet(const Theme& theme);

}  // namespace lathe
