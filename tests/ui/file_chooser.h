// Answers the next file chooser that opens, which waits for its answer.
#pragma once

#include <QApplication>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QTimer>

namespace lathe {

inline void choose_file(const QString& file) {
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    auto* timer = new QTimer(qApp);
    QObject::connect(timer, &QTimer::timeout, timer, [timer, file] {
        auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
        if (dialog == nullptr) return;
        timer->stop();
        timer->deleteLater();
        dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(file);
        static_cast<QDialog*>(dialog)->accept();
    });
    timer->start(10);
}

// Saves by the entry of a menu; false: there is none of this text.
inline bool save_as(const QMenu& menu, const char* entry, const QString& file) {
    for (QAction* action : menu.actions()) {
        if (action->text() != QString::fromUtf8(entry)) continue;
        choose_file(file);
        action->trigger();
        return true;
    }
    return false;
}

}  // namespace lathe
