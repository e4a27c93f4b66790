// The models on this disk, grouped by where they lie, with a filter: name, parameters · size · numbers, and why one
// cannot be opened. Arrows choose, Enter activates. Thread: GUI.
#pragma once

#include <QLineEdit>
#include <QListWidget>
#include <QWidget>

#include "ui/controls.h"
#include "ui/library.h"

namespace lathe {

class LibraryList : public QWidget {
    Q_OBJECT

public:
    explicit LibraryList(const Library& library, QWidget* parent = nullptr);
    // Says nothing of it.
    void set_current(const std::string& path);

Q_SIGNALS:
    void chosen(const std::string& path);  // or clicked again
    void activated();                      // the chosen one, by Enter or a double click

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill();
    void add_header(const QString& title, qsizetype count);
    void add_row(const ModelEntry& model);
    void retranslate();

    const Library& library_;
    QLineEdit* filter_;
    QListWidget* list_;
    QLabel* nothing_;
};

}  // namespace lathe
