// The conversations, newest first, with a filter: title, when it was last sent to, a dot while it is answered. F2 or a
// double click renames, Delete deletes. It follows Conversations by itself. Thread: GUI.
#pragma once

#include <QTimer>

#include "ui/conversations.h"
#include "ui/filter_list.h"

namespace lathe {

class ConversationList : public FilterList {
    Q_OBJECT

public:
    explicit ConversationList(Conversations& conversations, QWidget* parent = nullptr);
    void set_open(const std::string& id);
    void rename_open();

Q_SIGNALS:
    void chosen(const std::string& id);
    void removal_wanted(const std::string& id);

protected:
    void fill() override;
    void retranslate() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void show_menu(const QPoint& place);
    void on_edited(QListWidgetItem* item);
    std::string current() const { return id_of(list_->currentItem()); }

    Conversations& conversations_;
    QTimer times_;  // "2 min ago" becomes "3 min ago"
    std::string open_;
};

}  // namespace lathe
