// The actions that have keys, and with a filter every other one, too. A row takes new keys in its place: a click or
// Enter, then the keys, Enter. It follows KeyBindings by itself. Thread: GUI.
#pragma once

#include "ui/filter_list.h"
#include "ui/key_bindings.h"

namespace lathe {

class KeyList : public FilterList {
    Q_OBJECT

public:
    explicit KeyList(KeyBindings& bindings, QWidget* parent = nullptr);
    void fill() override;

protected:
    void retranslate() override;
    void changeEvent(QEvent* event) override;

private:
    void edit(QListWidgetItem* item);
    void say(const QString& obstacle);
    void set_height();

    KeyBindings& bindings_;
    QLabel* says_;  // what to do, or why the keys are not taken
};

}  // namespace lathe
