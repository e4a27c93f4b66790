// The next file dialog answered as a user would: the path typed, Enter pressed. The dialog's own loop runs meanwhile.
#pragma once

#include <QApplication>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QTimer>

namespace lathe {

class DialogAnswer : public QTimer {
public:
    // "": it is closed without an answer.
    explicit DialogAnswer(const QString& path) {
        QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        setInterval(10);
        callOnTimeout([this, path] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            if (dialog == nullptr) return;
            stop();
            ++answered_;
            if (path.isEmpty()) return dialog->reject();
            dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(path);
            static_cast<QDialog*>(dialog)->accept();
            if (!dialog->isVisible()) return;
            answered_ = 0;  // it would wait for ever
            dialog->reject();
        });
        start();
    }
    bool answered() const { return answered_ == 1; }

private:
    int answered_ = 0;
};

// Saves by the entry of a menu; false: there is none of this text, or it asked for no file.
inline bool save_as(const QMenu& menu, const char* entry, const QString& file) {
    for (QAction* action : menu.actions()) {
        if (action->text() != QString::fromUtf8(entry)) continue;
        const DialogAnswer answer(file);
        action->trigger();
        return answer.answered();
    }
    return false;
}

}  // namespace lathe
