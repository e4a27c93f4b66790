// The loss of a run in a card: raw and smoothed training loss, validation, marks that can be clicked, a cross-hair, and
// what holds for all curves of the run. Thread: GUI.
#pragma once

#include "ui/curve_bar.h"
#include "ui/loss_plot.h"
#include "ui/mark_panel.h"
#include "ui/run_plot_card.h"

namespace lathe {

class LossCard : public RunPlotCard {
    Q_OBJECT

public:
    explicit LossCard(CurveSettings& settings, QWidget* parent = nullptr);

    void begin(const RunDetail& run) override;
    void append(const RunDetail& run, int first, int end) override;
    void add_validation(int index);              // of a row that is here already
    void marks_changed() { marks_due_ = true; }  // events, samples or checkpoints of the run
    void refresh() override;
    void set_smoothing(double smoothing);
    void retranslate() override;
    const LossPlot& plot() const { return *plot_; }
    CurveBar* bar() const { return bar_; }
    MarkPanel* panel() const { return panel_; }
    // Says what it is, with what can be done.
    void show_mark(PlotMark mark);
    void show_next_mark(int direction);

Q_SIGNALS:
    void picture_wanted();                                      // of all curves
    void table_wanted();                                        // of every step
    void checkpoint_wanted(const QString& page, int64_t step);  // chat, export
    void sample_wanted(int index);
    void event_wanted(int index);

protected:
    std::vector<PlotCursor::Line> readout(int64_t index) const override;
    void apply_look() override;

private:
    LossCard(LossPlot* plot, CurveSettings& settings, QWidget* parent);
    std::vector<MarkPanel::Deed> deeds_of(const PlotMark& mark);

    LossPlot* plot_;
    CurveBar* bar_;
    MarkPanel* panel_;
    QAction* picture_;
    QAction* table_;
    std::vector<PlotMark> validations_;
    std::optional<PlotMark> shown_;
    bool marks_due_ = false;
};

}  // namespace lathe
