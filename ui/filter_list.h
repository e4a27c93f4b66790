// A list with a field above it that filters its rows, each with an id of its own, and a word where no row is left.
// Thread: GUI.
#pragma once

#include <QLineEdit>
#include <QListWidget>
#include <string>

#include "ui/controls.h"

namespace lathe {

// Every word of the filter is somewhere in the text.
bool has_words(const QString& text, const QString& filter);

class FilterList : public QWidget {
    Q_OBJECT

protected:
    // id_role: of the rows' ids, texts.
    FilterList(int id_role, QWidget* parent);
    // The rows that the filter leaves, whenever its text changes.
    virtual void fill() = 0;
    // At the end of a subclass's constructor, and after every change of language.
    virtual void retranslate() = 0;
    void changeEvent(QEvent* event) override;

    std::string id_of(const QListWidgetItem* item) const;  // "": none
    // None where no row has it. Tells nobody.
    void select(const std::string& id);

    QLineEdit* filter_;
    QListWidget* list_;
    QLabel* nothing_;

private:
    const int id_role_;
};

}  // namespace lathe
