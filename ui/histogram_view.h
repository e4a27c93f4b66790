// How the values of a tensor spread: bars from the least to the greatest, and in words mean, deviation, zeros and what
// is not finite. Thread: GUI.
#pragma once

#include <QWidget>
#include <optional>

#include "engine/base/model_entry.h"

namespace lathe {

class HistogramView : public QWidget {
    Q_OBJECT

public:
    explicit HistogramView(QWidget* parent = nullptr);
    // tensor "": none is chosen. Without a histogram `reading` tells whether it is still to come.
    void set_histogram(const std::string& tensor, const std::optional<TensorHistogram>& histogram, bool reading);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    // Stays where there are no bars.
    QString reason() const;
    void paint_bars(QPainter& painter, const QRectF& place) const;
    void name_it();

    QString tensor_;
    std::optional<TensorHistogram> histogram_;
    bool reading_ = false;
};

}  // namespace lathe
