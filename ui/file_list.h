// A list of files and folders: added by dialog or dropped from a file manager, removed again. Thread: GUI.
#pragma once

#include <QListWidget>

#include "ui/controls.h"
#include "ui/dropped.h"

namespace lathe {

class FileList : public QWidget {
    Q_OBJECT

public:
    explicit FileList(QWidget* parent = nullptr);
    QStringList files() const { return files_; }
    void set_files(const QStringList& files);  // emits nothing
    // Those that are not in the list yet.
    void add(const QStringList& files);
    void retranslate();

Q_SIGNALS:
    void changed();  // by the user
    // A table of examples is to be written, or this file's to be edited.
    void table_wanted(const QString& file);

protected:
    bool event(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void show_files();
    void remove_chosen();
    QString chosen_table() const;

    QStringList files_;
    Dropped dragged_;  // over the list: it is looked at once
    QListWidget* list_;
    ElidedLabel* empty_;
    QPushButton* add_files_;
    QPushButton* add_folder_;
    QPushButton* remove_;
    QPushButton* write_;
    QPushButton* edit_;
};

}  // namespace lathe
