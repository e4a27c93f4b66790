// The tensors of a model as a table for a view: name, shape, numbers, size; filtered and sorted here, so that ten
// thousand rows take no time. Thread: GUI.
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "engine/base/model_entry.h"

namespace lathe {

class TensorModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { kName, kShape, kNumbers, kSize, kColumns };
    using QAbstractTableModel::QAbstractTableModel;

    void set_tensors(std::vector<TensorRow> tensors);
    void set_filter(const QString& words);  // in the name or the numbers
    const TensorRow& tensor(int row) const { return tensors_[shown_[static_cast<size_t>(row)]]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    // By size, else by name, with the numbers in names by value.
    void sort(int column, Qt::SortOrder order) override;

private:
    void show();

    std::vector<TensorRow> tensors_;
    std::vector<size_t> shown_;
    QString filter_;
    int column_ = kName;
    Qt::SortOrder order_ = Qt::AscendingOrder;
};

}  // namespace lathe
