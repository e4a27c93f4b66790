// The data sets of the workspace with a filter, below them what is in the trash. Arrows choose. Thread: GUI.
#pragma once

#include "ui/datasets.h"
#include "ui/filter_list.h"

namespace lathe {

class DatasetList : public FilterList {
    Q_OBJECT

public:
    explicit DatasetList(const Datasets& datasets, QWidget* parent = nullptr);
    // Says nothing of it.
    void set_current(const QString& name);

Q_SIGNALS:
    void chosen(const QString& name);
    void restore_wanted(const QString& name);  // of one in the trash
    void empty_wanted();                       // the trash

protected:
    void fill() override;
    void retranslate() override;

private:
    void add_group(const QString& title, const std::vector<DatasetEntry>& entries);
    void choose(const QListWidgetItem* item);

    const Datasets& datasets_;
    QString current_;
    QPushButton* empty_;
};

}  // namespace lathe
