// A card around a plot along one run or several: the plot with its cross-hair, zoom and menu, and what of it is kept in
// the settings (curve_settings.h) under the plot's key. Thread: GUI.
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
    virtual void refresh();  // shows what has changed
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
    // Whose zoom is seen, and against what: that of before is kept.
    void show_zoom_of(const std::string& owner, RunAxis axis);
    // Of the card, the plot for screen readers and the files; `of`: whose plot it is, in words and in names of files.
    void set_names(const QString& title, const QString& description, const QString& of = {}, const QString& stem = {});
    const StepPlot& plot() const { return *plot_; }
    const CurveSettings& settings() const { return settings_; }
    const QString& key() const { return key_; }

private:
    void keep_zoom();

    StepPlot* plot_;
    const QString key_;
    CurveSettings settings_;
    PlotCursor* cursor_;
    PlotMenu* menu_;
    std::string zoom_owner_;
    QTimer keep_;  // the zoom, once it rests
    bool keep_due_ = false;
};

}  // namespace lathe
