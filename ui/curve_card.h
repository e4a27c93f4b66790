// A quantity of a run in a card: its last smoothed value beside the title, the curve, a cross-hair. Thread: GUI.
#pragma once

#include "ui/cards.h"
#include "ui/plot_cursor.h"

namespace lathe {

class CurveCard : public Card {
    Q_OBJECT

public:
    using ValueText = std::function<QString(double value)>;
    CurveCard(double MetricPoint::*quantity, const CurvePlot::Look& look, ValueText value_text,
              QWidget* parent = nullptr);

    void set_run(const RunDetail& run);
    // metrics [first, end) are new.
    void append(const RunDetail& run, int first);
    void refresh();  // shows what was appended
    void set_theme(const Theme& theme);
    // Of the card and, for screen readers, of the plot.
    void set_words(const QString& title, const QString& tooltip);

private:
    double MetricPoint::*quantity_;
    ValueText value_text_;
    CurvePlot* plot_;
};

// Planned end of a run's curves: of one that goes on; else 0.
double planned_last_step(const RunDetail& run);
// Both axes of a quantity of a run.
std::vector<double> steps_of(const RunDetail& run);
std::vector<double> values_of(const RunDetail& run, double MetricPoint::*quantity);

}  // namespace lathe
