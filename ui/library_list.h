// The models on this disk, grouped by where they lie, with a filter: name, parameters · size · numbers, and why one
// cannot be opened. Arrows choose, Enter activates. Thread: GUI.
#pragma once

#include "ui/filter_list.h"
#include "ui/library.h"

namespace lathe {

class LibraryList : public FilterList {
    Q_OBJECT

public:
    explicit LibraryList(const Library& library, QWidget* parent = nullptr);
    // Says nothing of it.
    void set_current(const std::string& path) { select(path); }

Q_SIGNALS:
    void chosen(const std::string& path);  // or clicked again
    void activated();                      // the chosen one, by Enter or a double click

protected:
    void fill() override;
    void retranslate() override;

private:
    void add_header(const QString& title, qsizetype count);
    void add_row(const ModelEntry& model);

    const Library& library_;
};

}  // namespace lathe
