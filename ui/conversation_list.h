// The conversations, newest first, with a filter: title, when it was last sent to, a dot while it is answered. F2 or a
// double click renames, Delete deletes. It follows Conversations by itself. Thread: GUI.
#pragma once

#include <QLineEdit>
#include <QListWidget>
#include <QTimer>
#include <QWidget>

#include "ui/controls.h"
#include "ui/conversations.h"

namespace lathe {

class ConversationList : public QWidget {
    Q_OBJECT

public:
    explicit ConversationList(Conversations& conversations, QWidget* parent = nullptr);
    void set_open(const std::string& id);
    void rename_open();

Q_SIGNALS:
    void chosen(const std::string& id);
    void removal_wanted(const std::string& id);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill();
    void show_menu(const QPoint& place);
    void on_edited(QListWidgetItem* item);
    std::string current() const;
    void retranslate();

    Conversations& conversations_;
    QLineEdit* filter_;
    QListWidget* list_;
    QLabel* nothing_;
    QTimer times_;  // "2 min ago" becomes "3 min ago"
    std::string open_;
};

}  // namespace lathe
