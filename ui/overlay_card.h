// The curves of the ticked runs in a card, with what they are drawn against: steps, tokens or time, smoothed, a
// baseline. Thread: GUI.
#pragma once

#include <QSettings>
#include <QSlider>

#include "ui/cards.h"
#include "ui/overlay_plot.h"
#include "ui/run_overlay.h"

namespace lathe {

class OverlayCard : public Card {
    Q_OBJECT

public:
    OverlayCard(const RunOverlay& overlay, QSettings& settings, QWidget* parent = nullptr);
    void refresh();
    void set_theme(const Theme& theme) { plot_->set_theme(theme); }
    void retranslate();
    const OverlayPlot& plot() const { return *plot_; }
    std::string baseline() const { return baseline_->currentData().toString().toStdString(); }

private:
    void fill_baselines();
    void keep();

    const RunOverlay& overlay_;
    QSettings& settings_;
    OverlayPlot* plot_;
    QLabel* hint_;
    Segments* axis_;
    QLabel* smoothing_word_;
    QSlider* smoothing_;
    DropDown* baseline_;
    Segments* kind_;  // the baseline as a reference, or the difference from it
};

}  // namespace lathe
