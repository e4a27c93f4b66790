// The loss of a run in a card: raw and smoothed training loss, validation, marks, a cross-hair, and the controls of the
// plot. Thread: GUI.
#pragma once

#include <QSlider>

#include "ui/cards.h"
#include "ui/loss_plot.h"
#include "ui/plot_cursor.h"

namespace lathe {

class LossCard : public Card {
    Q_OBJECT

public:
    explicit LossCard(QWidget* parent = nullptr);

    void set_run(const RunDetail& run);
    // metrics [first, end) are new.
    void append(const RunDetail& run, int first);
    void add_validation(const MetricPoint& point);
    void set_marks(const RunDetail& run);
    void refresh();  // shows what was appended
    void set_theme(const Theme& theme);
    void retranslate();
    const LossPlot& plot() const { return *plot_; }

Q_SIGNALS:
    void picture_wanted();
    void table_wanted();

private:
    std::vector<PlotCursor::Line> readout(int64_t index) const;
    void on_slider(int value);
    void show_smoothing();

    LossPlot* plot_;
    QLabel* smoothing_word_;
    QSlider* smoothing_;
    QPushButton* follow_;  // smoothing by the number of points again
    QPushButton* picture_;
    QPushButton* table_;
    bool follows_ = true;
};

}  // namespace lathe
