// A card around a plot along a run: the plot with its cross-hair, zoom and menu, and what of it is kept in the settings
// (curve_settings.h) under the plot's key. Rows of a run are appended in their order, as many at a time as the caller
// likes: row i is point i. Thread: GUI.
#pragma once

#include <QTimer>

#include "ui/cards.h"
#include "ui/curve_settings.h"
#include "ui/plot_cursor.h"
#include "ui/plot_menu.h"

namespace lathe {

class PlotCard : public Card {
    Q_OBJECT

public:
    ~PlotCard() override;
    // Another run, or the same anew; it outlives the card or the next call. Its rows come with append().
    virtual void begin(const RunDetail& run);
    // Rows [first, end).
    virtual void append(const RunDetail& run, int first, int end) = 0;
    virtual void refresh();  // shows what was appended
    virtual void set_theme(const Theme& theme);
    virtual void retranslate();
    PlotCursor* cursor() const { return cursor_; }
    PlotMenu* menu() const { return menu_; }

Q_SIGNALS:
    void failed(const lathe::Error& error);  // of saving

protected:
    PlotCard(StepPlot* plot, QString key, const CurveSettings& settings, QWidget* parent);
    // What the cross-hair says of a point.
    virtual std::vector<PlotCursor::Line> readout(int64_t index) const = 0;
    // Log axis and clipping, as the settings have them.
    virtual void apply_look() { plot_->set_log(settings_.log(key_)); }
    // Of the card, the plot for screen readers and the files.
    void set_names(const QString& title, const QString& description);
    PlotCursor::Line place_line(int64_t index) const;
    const CurveSettings& settings() const { return settings_; }
    const QString& key() const { return key_; }
    const RunDetail& run() const { return *run_; }

private:
    void keep_zoom();

    StepPlot* plot_;
    const QString key_;
    CurveSettings settings_;
    PlotCursor* cursor_;
    PlotMenu* menu_;
    const RunDetail* run_;
    std::string shown_run_;
    QTimer keep_;  // the zoom, once it rests
    bool keep_due_ = false;
};

}  // namespace lathe
