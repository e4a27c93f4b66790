// Lines to paste elsewhere: a caption, the code in monospace, a button that copies it. Thread: GUI.
#pragma once

#include <QPlainTextEdit>

#include "ui/controls.h"

namespace lathe {

class CodeBox : public QWidget {
    Q_OBJECT

public:
    explicit CodeBox(QWidget* parent = nullptr);
    void set_words(const QString& caption);
    void set_code(const QString& code);
    QString code() const;

private:
    QLabel* caption_;
    QPushButton* copy_;
    QPlainTextEdit* code_;
};

}  // namespace lathe
