// A quantity of a run in a card: its last smoothed value beside the title, the curve, a cross-hair. Thread: GUI.
#pragma once

#include "ui/curve_plot.h"
#include "ui/run_plot_card.h"

namespace lathe {

class CurveCard : public RunPlotCard {
    Q_OBJECT

public:
    using ValueText = std::function<QString(double value)>;
    // key: in the settings and of the files, as learning_rate.
    CurveCard(double MetricPoint::*quantity, const QString& key, const CurvePlot::Look& look, ValueText value_text,
              const CurveSettings& settings, QWidget* parent = nullptr);

    void begin(const RunDetail& run) override;
    void append(const RunDetail& run, int first, int end) override;
    void refresh() override;
    void set_smoothing(double smoothing) { plot_->set_smoothing(smoothing); }
    // Of the card and, for screen readers, of the plot.
    void set_words(const QString& title, const QString& tooltip);
    void retranslate() override;
    const CurvePlot& plot() const { return *plot_; }

protected:
    std::vector<PlotCursor::Line> readout(int64_t index) const override;
    void apply_look() override;

private:
    CurveCard(double MetricPoint::*quantity, const QString& key, CurvePlot* plot, ValueText value_text,
              const CurveSettings& settings, QWidget* parent);

    double MetricPoint::*quantity_;
    ValueText value_text_;
    CurvePlot* plot_;
    QString title_, tooltip_;
};

}  // namespace lathe
