// The tensors of a model with a filter, and how the values of the chosen one spread: beside them, or below where there
// is little room. Thread: GUI.
#pragma once

#include <QBoxLayout>
#include <QLineEdit>
#include <QTimer>
#include <QTreeView>

#include "ui/histogram_view.h"
#include "ui/tensor_model.h"

namespace lathe {

class TensorTable : public QWidget {
    Q_OBJECT

public:
    explicit TensorTable(QWidget* parent = nullptr);
    void set_tensors(const std::vector<TensorRow>& tensors);
    HistogramView* histogram() const { return histogram_; }

Q_SIGNALS:
    void chosen(const std::string& tensor);  // by the user, once he stays on it

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void choose_again();
    void retranslate();

    TensorModel* model_;
    QLineEdit* filter_;
    QTreeView* table_;
    HistogramView* histogram_;
    QBoxLayout* parts_;
    QTimer soon_;
    std::string chosen_;
};

}  // namespace lathe
