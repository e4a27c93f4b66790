// QCustomPlot's header under QT_NO_KEYWORDS: it is written with Qt's keywords, which are macros only while it is read.
// Everything of ours that plots includes this one instead.
#pragma once

#include <QObject>

#define signals Q_SIGNALS
#define slots Q_SLOTS
#define emit Q_EMIT
#define foreach Q_FOREACH
#include <qcustomplot.h>  // IWYU pragma: export
#undef signals
#undef slots
#undef emit
#undef foreach
