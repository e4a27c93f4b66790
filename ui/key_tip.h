// Words of the window that name the keys of an action, whatever they are at the time. Thread: GUI.
#pragma once

#include <QAction>
#include <QWidget>

namespace lathe {

// The tooltip of the widget, and its description for screen readers where that is the same, end with the keys of the
// action in brackets, while it is possible and has some.
void show_keys_in_tooltip(QWidget* widget, QAction* action);

// For a sentence: the keys; the action's name in quotes where it has none.
QString keys_or_name(const QAction& action);

}  // namespace lathe
